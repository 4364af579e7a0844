// Stand-ins for a browser and for the core, for tests only.

import type { Browser } from "./browser.js";
import type { CaptureTarget } from "./capture.js";
import type { Edge, GestureBatch } from "./edge.js";
import { MemoryStore } from "./event_store.js";
import { type Sample, phase, samplesIn } from "./sample_ring.js";
import type { ViewAttention } from "./types.js";

export class FakeTarget implements CaptureTarget {
  readonly listeners = new Map<string, Set<(event: never) => void>>();
  readonly options: AddEventListenerOptions[] = [];

  addEventListener(type: string, listener: (event: never) => void, options: AddEventListenerOptions): void {
    this.options.push(options);
    if (!this.listeners.has(type)) this.listeners.set(type, new Set());
    this.listeners.get(type)!.add(listener);
  }
  removeEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.get(type)?.delete(listener);
  }
  fire(type: string, event: object = {}): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ isTrusted: true, ...event } as never);
  }
  count(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0);
  }
}

export function finger(id: number, x: number, y: number): object {
  return { identifier: id, clientX: x, clientY: y };
}
export function touch(stampMs: number, ...fingers: object[]): object {
  return { timeStamp: stampMs, target: null, changedTouches: fingers };
}
export function mouse(stampMs: number, x: number, y: number): object {
  return { timeStamp: stampMs, target: null, pointerType: "mouse", pointerId: 1, clientX: x, clientY: y };
}
export function controlled(text: string | null): object {
  return { closest: () => (text === null ? null : { getAttribute: () => text }) };
}

export class FakeEdgeError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

// Makes one tap of every lifted finger; its score is what `probability` says.
export class FakeEdge implements Edge {
  readonly info = {
    abi: 1, model: "dipn", version: "v3", precision: "int8",
    targets: [{ name: "purchase_1h", horizon_ms: 3_600_000 }], memory_bytes: 1000,
  };
  probability = 0.01;
  folded: string[] = []; // what the core folded, in its order
  seen: Sample[] = [];
  screens: [number, number][] = [];
  freed = 0;
  fails: unknown = null;
  private taps_: number[][] = [];

  screen(width: number, height: number): void {
    this.screens.push([width, height]);
  }
  samples(packed: Uint8Array): void {
    this.failing_();
    for (const sample of samplesIn(packed)) {
      this.seen.push(sample);
      if (sample.phase !== phase.up) continue;
      this.taps_.push([Math.round(sample.atMs), 1, 2, sample.page, sample.event, sample.button]);
      this.folded.push("gesture");
    }
  }
  event(json: string): void {
    this.failing_();
    this.folded.push((JSON.parse(json) as { action: string }).action);
  }
  score(): Float32Array {
    this.failing_();
    return new Float32Array([this.probability]);
  }
  explain(): ViewAttention[] {
    return [{ view: "tap", rows: 1, intra: [1], inter: [] }];
  }
  takeGestures(): GestureBatch[] {
    if (this.taps_.length === 0) return [];
    const taps = this.taps_.map(([at, ...rest]) => [at! - this.taps_[0]![0]!, ...rest]);
    const batch: GestureBatch = { ts_ms: this.taps_[0]![0]!, pointer: "touch", swipes: [], taps };
    this.taps_ = [];
    return [batch];
  }
  free(): void {
    ++this.freed;
  }
  private failing_(): void {
    if (this.fails !== null) throw this.fails;
  }
}

export class FakeBrowser implements Browser {
  window = new FakeTarget();
  document = new FakeTarget();
  size: [number, number] = [400, 800];
  isVisible = true;
  edge: Edge | Error = new FakeEdge();
  store = new MemoryStore();
  storage: ("open" | "forget")[] = []; // what was done with it, in order
  loads = 0;
  private waiting_: (() => void)[] = [];

  screenPx = (): [number, number] => this.size;
  visible = (): boolean => this.isVisible;
  whenIdle = (run: () => void) => (): void => {
    if (!this.waiting_.includes(run)) this.waiting_.push(run);
  };
  openStore = () => {
    this.storage.push("open");
    return Promise.resolve(this.store);
  };
  exclusively = (run: () => Promise<void>) => run();
  loadEdge = () => {
    ++this.loads;
    return this.edge instanceof Error ? Promise.reject(this.edge) : Promise.resolve(this.edge);
  };
  forget = () => void this.storage.push("forget");

  // The moment when the page has nothing else to do.
  idle(): void {
    for (let turn = 0; this.waiting_.length > 0 && turn < 100; ++turn) this.idleOnce();
  }
  idleOnce(): void {
    this.waiting_.shift()?.();
  }
}

export interface Told {
  type: string;
  id: string;
  ts_ms: number;
  shopper: string;
  session: string;
  action?: string;
  item?: string;
  page?: string;
  stay_ms?: number;
  pointer?: string;
  taps?: number[][];
  samples?: { screen: number[]; rows: number[][] };
}

// A server that takes events and answers scenes and packages, in place of fetch.
export class FakeServer {
  events: Told[] = [];
  posts: Told[][] = [];
  scenes: Record<string, unknown>[] = [];
  urls: string[] = [];
  offline = false;
  answer: (body: string) => Response | null = () => null; // null: events are taken
  probability = 0.3;

  readonly fetch = ((input: unknown, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    this.urls.push(url);
    if (this.offline) return Promise.reject(new TypeError("Failed to fetch"));
    if (url.endsWith("/v1/events")) return Promise.resolve(this.take_(String(init?.body)));
    if (url.includes("/v1/scenes/")) return Promise.resolve(this.decide_(String(init?.body)));
    return Promise.resolve(new Response(new Uint8Array(8), { headers: { ETag: '"a"' } }));
  }) as typeof fetch;

  private take_(body: string): Response {
    const answer = this.answer(body);
    if (answer && !answer.ok) return answer;
    const events = body.split("\n").map((line) => JSON.parse(line) as Told);
    this.posts.push(events);
    this.events.push(...events);
    return Response.json({ accepted: events.length });
  }

  private decide_(body: string): Response {
    this.scenes.push(JSON.parse(body) as Record<string, unknown>);
    const { probability } = this;
    const decision = { offer: true, what: "c", target: "purchase_1h", probability, band: null, reason: "inside_band" };
    return Response.json({ request_id: "r1", models: { dipn: "v2" }, decision });
  }
}
