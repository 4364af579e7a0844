// Loads the core of the device (apps/edge compiled to wasm) and speaks its C ABI (apps/edge/inkling_edge.h): the one
// place that knows addresses in its memory. Not for applications. Loader errors are EdgeError with the ABI's status where
// the core said no, and whatever fetch and WebAssembly throw otherwise. Works in browsers and in Node.

import type { Edge, EdgeInfo, EdgeLoader, GestureBatch } from "./edge.js";
import type { ViewAttention } from "./types.js";

const abi = 1;
const sampleBytes = 32;
const mostSamples = 1024; // of one call
const statuses = ["ok", "invalid", "unsupported", "corrupt", "full"] as const;

export class EdgeError extends Error {
  constructor(readonly status: number, sentence: string) {
    super(`${statuses[status] ?? "status " + status}: ${sentence}`);
    this.name = "EdgeError";
  }
}

// The C ABI; numbers are addresses, sizes and statuses.
interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  inkling_edge_abi(): number;
  inkling_edge_create(bytes: number, size: number, out: number): number;
  inkling_edge_free(edge: number): void;
  inkling_edge_error(edge: number): number;
  inkling_edge_info(edge: number): number;
  inkling_edge_target_count(edge: number): number;
  inkling_edge_screen(edge: number, width: number, height: number): number;
  inkling_edge_samples(edge: number, samples: number, count: number): number;
  inkling_edge_event(edge: number, json: number, bytes: number): number;
  inkling_edge_score(edge: number, now: number, probs: number, count: number): number;
  inkling_edge_explain(edge: number, now: number): number;
  inkling_edge_take_gestures(edge: number): number;
  inkling_edge_alloc(bytes: number): number;
  inkling_edge_dealloc(address: number): void;
}

// (module (func (result v128) i32.const 0 i8x16.splat)) and a drop: valid only where there is SIMD.
const simdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

export function hasSimd(): boolean {
  return WebAssembly.validate(simdProbe);
}

// What the core imports can do nothing but report: it writes no files and ends only when memory is used up.
function importsFor(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, (...args: number[]) => number>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function") continue;
    const answer = name === "emscripten_notify_memory_growth" ? 0 : 52; // ENOSYS
    (imports[from] ??= {})[name] = () => answer;
    if (name === "proc_exit" || name === "abort") {
      imports[from][name] = (code) => {
        throw new Error(`the core of the device ended (${code})`);
      };
    }
  }
  return imports;
}

async function compile(source: URL | BufferSource): Promise<WebAssembly.Module> {
  if (!(source instanceof URL)) return WebAssembly.compile(source);
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`GET ${source.pathname}: ${answer.status}`);
  // Some servers do not know the type that compileStreaming insists on.
  const isTyped = answer.headers.get("Content-Type")?.startsWith("application/wasm");
  return isTyped ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

class WasmEdge implements Edge {
  readonly info: EdgeInfo;
  private bytes: Uint8Array;
  private room = 0; // address of a buffer that calls use again
  private roomBytes = 0;
  private readonly edge: number;
  private readonly targets: number;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  constructor(private readonly core: Exports, packageBytes: ArrayBuffer) {
    this.bytes = new Uint8Array(core.memory.buffer);
    this.edge = this.create(new Uint8Array(packageBytes));
    this.info = JSON.parse(this.text(core.inkling_edge_info(this.edge))) as EdgeInfo;
    this.targets = core.inkling_edge_target_count(this.edge);
  }

  screen(widthPx: number, heightPx: number): void {
    this.check(this.core.inkling_edge_screen(this.edge, widthPx, heightPx));
  }

  samples(packed: Uint8Array): void {
    for (let first = 0; first < packed.byteLength; first += mostSamples * sampleBytes) {
      const part = packed.subarray(first, first + mostSamples * sampleBytes);
      const address = this.put(part);
      this.check(this.core.inkling_edge_samples(this.edge, address, Math.floor(part.byteLength / sampleBytes)));
    }
  }

  event(json: string): void {
    const bytes = this.encoder.encode(json);
    const address = this.put(bytes);
    this.check(this.core.inkling_edge_event(this.edge, address, bytes.byteLength));
  }

  score(nowMs: number): Float32Array {
    const address = this.reserve(this.targets * 4);
    this.check(this.core.inkling_edge_score(this.edge, nowMs, address, this.targets));
    return new Float32Array(this.memory().slice(address, address + this.targets * 4).buffer);
  }

  explain(nowMs: number): ViewAttention[] {
    const address = this.core.inkling_edge_explain(this.edge, nowMs);
    if (address === 0) this.check(1);
    return JSON.parse(this.text(address)) as ViewAttention[];
  }

  takeGestures(): GestureBatch[] {
    const batches: GestureBatch[] = [];
    for (;;) {
      const address = this.core.inkling_edge_take_gestures(this.edge);
      if (address === 0) return batches;
      batches.push(JSON.parse(this.text(address)) as GestureBatch);
    }
  }

  free(): void {
    this.core.inkling_edge_free(this.edge);
    this.core.inkling_edge_dealloc(this.room);
    this.room = this.roomBytes = 0;
  }

  private create(packageBytes: Uint8Array): number {
    const address = this.core.inkling_edge_alloc(packageBytes.byteLength + 8);
    if (address === 0) throw new EdgeError(4, "there is no memory for the package.");
    const out = (address + packageBytes.byteLength + 3) & ~3;
    this.memory().set(packageBytes, address);
    const status = this.core.inkling_edge_create(address, packageBytes.byteLength, out);
    const edge = new DataView(this.core.memory.buffer).getUint32(out, true);
    this.core.inkling_edge_dealloc(address);
    if (status !== 0) throw new EdgeError(status, this.text(this.core.inkling_edge_error(0)));
    return edge;
  }

  // A view of the memory as it is now: growing detaches the one before.
  private memory(): Uint8Array {
    if (this.bytes.buffer !== this.core.memory.buffer) this.bytes = new Uint8Array(this.core.memory.buffer);
    return this.bytes;
  }

  private reserve(size: number): number {
    if (size <= this.roomBytes) return this.room;
    this.core.inkling_edge_dealloc(this.room);
    this.roomBytes = Math.max(size, 4096);
    this.room = this.core.inkling_edge_alloc(this.roomBytes);
    if (this.room !== 0) return this.room;
    this.roomBytes = 0;
    throw new EdgeError(4, `there is no memory for ${size} bytes.`);
  }

  private put(bytes: Uint8Array): number {
    const address = this.reserve(bytes.byteLength);
    this.memory().set(bytes, address);
    return address;
  }

  private text(address: number): string {
    const memory = this.memory();
    return this.decoder.decode(memory.subarray(address, memory.indexOf(0, address)));
  }

  private check(status: number): void {
    if (status !== 0) throw new EdgeError(status, this.text(this.core.inkling_edge_error(this.edge)));
  }
}

export const loadEdge: EdgeLoader = async (source, packageBytes) => {
  const module = await compile(hasSimd() ? source.simd : source.plain);
  const instance = await WebAssembly.instantiate(module, importsFor(module));
  const core = instance.exports as unknown as Exports;
  core._initialize?.();
  if (core.inkling_edge_abi() !== abi) {
    throw new EdgeError(2, `the core has ABI ${core.inkling_edge_abi()}, this kit speaks ${abi}.`);
  }
  return new WasmEdge(core, packageBytes);
};
