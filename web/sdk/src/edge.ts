// What the kit needs of the core that runs on the device (apps/edge compiled to wasm; src/wasm.ts loads it). Not for
// applications. All calls are synchronous; none is safe after free().

import type { ViewAttention } from "./types.js";

export interface EdgeInfo {
  abi: number;
  model: string;
  version: string;
  precision: string;
  targets: { name: string; horizon_ms: number }[];
  memory_bytes: number;
}

// Members of a "gestures" event.
export interface GestureBatch {
  ts_ms: number;
  pointer: "touch" | "mouse" | "pen";
  swipes: number[][];
  taps: number[][];
}

export interface Edge {
  readonly info: EdgeInfo;
  screen(widthPx: number, heightPx: number): void;
  samples(packed: Uint8Array): void; // records of 32 bytes, as SampleRing lays them out
  event(json: string): void;
  score(nowMs: number): Float32Array;
  explain(nowMs: number): ViewAttention[];
  takeGestures(): GestureBatch[];
  free(): void;
}

// An Edge's error has the status of inkling_edge.h; anything else that it throws means that the core is broken.
export const edgeStatus = { invalid: 1, unsupported: 2, corrupt: 3, full: 4 } as const;

export function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" ? status : null;
}

export type EdgeLoader = (
  source: { simd: URL | BufferSource; plain: URL | BufferSource },
  packageBytes: ArrayBuffer,
) => Promise<Edge>;
