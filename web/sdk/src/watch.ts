// Everything that goes on while consent is granted: made when it is, ended when it is withdrawn or the application stops.
// Joins the parts; each part says itself what it does.

import type { Browser } from "./browser.js";
import { Capture } from "./capture.js";
import { WallClock } from "./clock.js";
import { CouponAsker } from "./coupon.js";
import { loadDevice } from "./device.js";
import { DeviceGestures } from "./device_gestures.js";
import type { Edge } from "./edge.js";
import { EventSender } from "./event_sender.js";
import { EventWriter, checkedFields } from "./events.js";
import { Lifecycle } from "./lifecycle.js";
import { Meter } from "./meter.js";
import { Outbox } from "./outbox.js";
import { Pages } from "./pages.js";
import { RawSamples } from "./raw_samples.js";
import { Recorder, type Sink } from "./recorder.js";
import { SampleRing, phase } from "./sample_ring.js";
import { sessionName, tabStorage } from "./session.js";
import type { Settings } from "./settings.js";
import type { ActionFields, ActionName, PageFields, Problem, Score, ViewAttention } from "./types.js";

const pumpMs = 4; // of an idle moment; a frame has 16
const decideMs = 10_000; // how long samples wait for the core
const sendFirstMs = 2000; // how long a question about a coupon waits for events to be sent

export class Watch {
  private readonly clock = new WallClock();
  private readonly ring = new SampleRing();
  private readonly loading = new AbortController();
  private readonly events: EventWriter;
  private readonly recorder: Recorder;
  private readonly capture: Capture;
  private readonly pages: Pages;
  private readonly outbox: Outbox;
  private readonly meter: Meter;
  private readonly coupon: CouponAsker | null;
  private readonly lifecycle: Lifecycle;
  private readonly work: () => void;
  private device: { edge: Edge; gestures: DeviceGestures } | null = null;
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private decideTimer: ReturnType<typeof setTimeout> | undefined;
  private ended = false;

  constructor(private readonly settings: Settings, private readonly browser: Browser) {
    const session = settings.session ?? sessionName(tabStorage(), this.clock.now());
    this.events = new EventWriter(settings.shopper, session);
    this.outbox = new Outbox({
      open: () => browser.openStore(settings.server),
      sender: new EventSender(`${settings.server}/v1/events`),
      problem: this.problem,
      exclusively: browser.exclusively as <T>(run: () => Promise<T>) => Promise<T>,
    });
    this.recorder = new Recorder(this.ring, (lines) => this.outbox.add(lines), (error) => this.broken(error));
    this.work = browser.whenIdle(() => this.read());
    this.capture = new Capture(browser.window, this.ring, this.clock, () => this.wake(), () => this.screenPx[1]);
    this.pages = this.newPages();
    this.meter = new Meter(settings.scoreEveryMs, () => this.deviceScore(), (score) => this.scored(score));
    this.coupon = this.newCoupon(session);
    this.lifecycle = this.newLifecycle();
    this.begin();
  }

  page(kind: string, fields: PageFields): void {
    const { item, category, request, price } = fields;
    const known = { item, category, request, price } as ActionFields;
    this.pages.enter(String(kind), checkedFields(known), this.browser.visible());
    this.wake();
  }

  action(name: ActionName, fields: ActionFields): void {
    const checked = checkedFields(fields);
    if (name !== "view" && name !== "click") this.pages.actsOn(checked.item);
    this.tell(name, this.pages.kind, checked);
  }

  score(): Score | null {
    if (this.device) this.recorder.pump(Infinity);
    return this.meter.read();
  }

  explain(): ViewAttention[] | null {
    this.recorder.pump(Infinity);
    try {
      return this.device?.edge.explain(this.clock.now()) ?? null;
    } catch (error) {
      this.recorder.sink = this.broken(error);
      return null;
    }
  }

  async flush(now = true): Promise<void> {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.recorder.finish(false);
    await this.outbox.flush(now);
  }

  async stop(): Promise<void> {
    this.pages.leave();
    this.decide();
    this.recorder.finish(true);
    this.end();
    await this.outbox.flush(true);
    await this.outbox.close(false);
  }

  // Consent is withdrawn: nothing more is sent, and nothing stays.
  async forget(): Promise<void> {
    this.end();
    await this.outbox.close(true);
  }

  private begin(): void {
    this.lifecycle.listen();
    this.capture.listen();
    void this.outbox.flush(); // what an earlier visit left
    if (this.settings.wasmFolder === null) return this.use(new RawSamples(this.events));
    this.decideTimer = setTimeout(() => this.decide(), decideMs);
    void this.loadCore(this.settings.wasmFolder);
  }

  private end(): void {
    this.ended = true;
    this.lifecycle.silence();
    this.capture.silence();
    this.loading.abort();
    this.coupon?.stop();
    this.meter.stop();
    clearTimeout(this.flushTimer);
    clearTimeout(this.decideTimer);
    this.device = null;
    this.recorder.clear();
  }

  private async loadCore(wasm: URL): Promise<void> {
    const { server, model, precision, shopper } = this.settings;
    try {
      const options = { server, model, precision, shopper, wasm };
      const edge = await loadDevice(options, this.browser.loadEdge, this.loading.signal);
      if (this.ended) return edge.free();
      const gestures = new DeviceGestures(edge, this.events, this.problem);
      this.recorder.finish(true); // of raw samples, had they been read for want of the core
      this.device = { edge, gestures };
      this.use(gestures);
    } catch (error) {
      if (this.ended) return;
      this.problem({ code: "device", message: `no score on this device: ${(error as Error).message}` });
      this.decide();
    }
  }

  private decide(): void {
    if (this.recorder.sink === null) this.use(new RawSamples(this.events));
  }

  private use(sink: Sink): void {
    clearTimeout(this.decideTimer);
    this.recorder.sink = sink;
    sink.screen(...this.screenPx);
    this.wake();
  }

  // The core failed in a way that says nothing about its input: it is not to be trusted any more.
  private broken(error: unknown): Sink {
    const edge = this.device?.edge;
    this.device = null;
    this.problem({ code: "device", message: `the core on this device failed: ${(error as Error).message}` });
    try {
      edge?.free();
    } catch {
      // it is gone either way
    }
    const raw = new RawSamples(this.events);
    raw.screen(...this.screenPx);
    return raw;
  }

  private get screenPx(): [number, number] {
    return this.lifecycle.screenPx;
  }

  private wake(): void {
    if (this.ended) return;
    this.work();
    this.flushTimer ??= setTimeout(() => void this.flushInTime(), this.settings.flushEveryMs);
  }

  private read(): void {
    if (this.ended) return;
    this.clock.check();
    if (this.ring.waiting > this.ring.capacity * 0.75) this.decide();
    if (!this.recorder.pump(pumpMs)) this.work();
    if (this.ring.lost > 0) {
      this.problem({ code: "samples_lost", message: `${this.ring.lost} pointer samples came too fast` });
      this.ring.lost = 0;
    }
    if (this.device) this.meter.touched();
  }

  private async flushInTime(): Promise<void> {
    await this.flush(false);
    if (!this.device && !this.ended) this.coupon?.eventsSent();
  }

  private tell(name: ActionName, page: string, fields: ActionFields): void {
    this.recorder.event(this.events.action(this.clock.now(), name, page, fields));
    this.wake();
  }

  private deviceScore(): Score | null {
    if (this.device === null) return null;
    const { info } = this.device.edge;
    const at_ms = this.clock.now();
    try {
      const probs = this.device.edge.score(at_ms);
      const probabilities: Record<string, number> = {};
      info.targets.forEach((target, i) => (probabilities[target.name] = probs[i] ?? NaN));
      return { at_ms, version: info.version, probabilities, from: "device" };
    } catch (error) {
      this.recorder.sink = this.broken(error);
      return null;
    }
  }

  private scored(score: Score): void {
    this.coupon?.deviceScored(score);
    this.heard(() => this.settings.onScore?.(score));
  }

  private readonly problem = (problem: Problem): void => this.heard(() => this.settings.onProblem?.(problem));

  // An application's callback that throws must not stop the kit; the browser reports it as any other error.
  private heard(call: () => void): void {
    try {
      call();
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }

  private newPages(): Pages {
    return new Pages(this.settings.pages, {
      tell: (name, page, fields) => this.tell(name, page, fields),
      entered: (index) => {
        this.capture.page = index;
        this.capture.mark(phase.enter);
      },
      left: () => this.capture.mark(phase.leave),
    }, () => performance.now(), this.settings.pageEvents);
  }

  private newCoupon(session: string): CouponAsker | null {
    const { coupon, server, shopper, model } = this.settings;
    if (!coupon) return null;
    return new CouponAsker(coupon, {
      server, shopper, session, model,
      sendEvents: () => Promise.race([this.flush(), new Promise<void>((done) => setTimeout(done, sendFirstMs))]),
      gestureCount: () => this.device?.gestures.gestureCount ?? 0,
      heard: (decision) => this.heard(() => this.settings.onCoupon?.(decision)),
      scored: (score) => this.meter.put(score),
      problem: this.problem,
      wallNowMs: () => this.clock.now(),
    });
  }

  private newLifecycle(): Lifecycle {
    return new Lifecycle(this.browser, {
      shown: () => {
        this.clock.check();
        this.pages.show();
        this.outbox.hurry();
      },
      hidden: () => {
        this.pages.hide();
        this.decide();
        this.recorder.finish(true);
        this.outbox.leave();
      },
      resized: (width, height) => this.recorder.screen(width, height),
      online: () => this.outbox.hurry(),
    });
  }
}
