// Loads the core of the device (apps/edge compiled to wasm) and speaks its C ABI (apps/edge/inkling_edge.h): the one
// place that knows addresses in its memory. Not for applications. Loader errors are EdgeError with the ABI's status where
// the core said no, and whatever fetch and WebAssembly throw otherwise. Works in browsers and in Node.

import type { Edge, EdgeInfo, EdgeLoader, GestureBatch } from "./edge.js";
import { Unpackable, packEvent } from "./packed_event.js";
import type { ViewAttention } from "./types.js";

const abi = 2;
const sampleBytes = 32;
const mostSamples = 1024; // of one call
const statuses = ["ok", "invalid", "unsupported", "corrupt", "full"] as const;

// The core of a page has no sentences (inkling_edge.h); only this file's own refusals come with one.
export class EdgeError extends Error {
  constructor(readonly status: number, sentence = "the core of the device refused it") {
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
  inkling_edge_info(edge: number): number;
  inkling_edge_target_count(edge: number): number;
  inkling_edge_screen(edge: number, width: number, height: number): number;
  inkling_edge_samples(edge: number, samples: number, count: number): number;
  inkling_edge_event_packed(edge: number, event: number, bytes: number): number;
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

function pack(json: string): Uint8Array | null {
  try {
    return packEvent(json);
  } catch (error) {
    if (!(error instanceof Unpackable || error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new EdgeError(1, error.message);
  }
}

class WasmEdge implements Edge {
  readonly info: EdgeInfo;
  private bytes_: Uint8Array;
  private room_ = 0; // address of a buffer that calls use again
  private roomBytes_ = 0;
  private readonly edge_: number;
  private readonly targets_: number;
  private readonly decoder_ = new TextDecoder();

  constructor(private readonly core_: Exports, packageBytes: ArrayBuffer) {
    this.bytes_ = new Uint8Array(core_.memory.buffer);
    this.edge_ = this.create_(new Uint8Array(packageBytes));
    this.info = JSON.parse(this.text_(core_.inkling_edge_info(this.edge_))) as EdgeInfo;
    this.targets_ = core_.inkling_edge_target_count(this.edge_);
  }

  screen(widthPx: number, heightPx: number): void {
    this.check_(this.core_.inkling_edge_screen(this.edge_, widthPx, heightPx));
  }

  samples(packed: Uint8Array): void {
    for (let first = 0; first < packed.byteLength; first += mostSamples * sampleBytes) {
      const part = packed.subarray(first, first + mostSamples * sampleBytes);
      const address = this.put_(part);
      this.check_(this.core_.inkling_edge_samples(this.edge_, address, Math.floor(part.byteLength / sampleBytes)));
    }
  }

  event(json: string): void {
    const packed = pack(json);
    if (packed) this.check_(this.core_.inkling_edge_event_packed(this.edge_, this.put_(packed), packed.byteLength));
  }

  score(nowMs: number): Float32Array {
    const address = this.reserve_(this.targets_ * 4);
    this.check_(this.core_.inkling_edge_score(this.edge_, nowMs, address, this.targets_));
    return new Float32Array(this.memory_().slice(address, address + this.targets_ * 4).buffer);
  }

  explain(nowMs: number): ViewAttention[] {
    const address = this.core_.inkling_edge_explain(this.edge_, nowMs);
    if (address === 0) this.check_(1);
    return JSON.parse(this.text_(address)) as ViewAttention[];
  }

  takeGestures(): GestureBatch[] {
    const batches: GestureBatch[] = [];
    for (;;) {
      const address = this.core_.inkling_edge_take_gestures(this.edge_);
      if (address === 0) return batches;
      batches.push(JSON.parse(this.text_(address)) as GestureBatch);
    }
  }

  free(): void {
    this.core_.inkling_edge_free(this.edge_);
    this.core_.inkling_edge_dealloc(this.room_);
    this.room_ = this.roomBytes_ = 0;
  }

  private create_(packageBytes: Uint8Array): number {
    const address = this.core_.inkling_edge_alloc(packageBytes.byteLength + 8);
    if (address === 0) throw new EdgeError(4, "there is no memory for the package.");
    const out = (address + packageBytes.byteLength + 3) & ~3;
    this.memory_().set(packageBytes, address);
    const status = this.core_.inkling_edge_create(address, packageBytes.byteLength, out);
    const edge = new DataView(this.core_.memory.buffer).getUint32(out, true);
    this.core_.inkling_edge_dealloc(address);
    if (status !== 0) throw new EdgeError(status);
    return edge;
  }

  // A view of the memory as it is now: growing detaches the one before.
  private memory_(): Uint8Array {
    if (this.bytes_.buffer !== this.core_.memory.buffer) this.bytes_ = new Uint8Array(this.core_.memory.buffer);
    return this.bytes_;
  }

  private reserve_(size: number): number {
    if (size <= this.roomBytes_) return this.room_;
    this.core_.inkling_edge_dealloc(this.room_);
    this.roomBytes_ = Math.max(size, 4096);
    this.room_ = this.core_.inkling_edge_alloc(this.roomBytes_);
    if (this.room_ !== 0) return this.room_;
    this.roomBytes_ = 0;
    throw new EdgeError(4, `there is no memory for ${size} bytes.`);
  }

  private put_(bytes: Uint8Array): number {
    const address = this.reserve_(bytes.byteLength);
    this.memory_().set(bytes, address);
    return address;
  }

  private text_(address: number): string {
    const memory = this.memory_();
    return this.decoder_.decode(memory.subarray(address, memory.indexOf(0, address)));
  }

  private check_(status: number): void {
    if (status !== 0) throw new EdgeError(status);
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
