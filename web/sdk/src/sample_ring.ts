// Pointer samples between the listeners that hear them and the idle time that reads them: a ring of records as
// inkling_edge_sample (apps/edge/inkling_edge.h) has them, 32 bytes each, so that the core reads them in place.
// Writing allocates nothing. A move that follows the same pointer's last move within 4 ms replaces it, which bounds
// what a 1000 Hz mouse costs. When the ring is full new samples are lost, and counted.

export const recordBytes = 32;
export const phase = { move: 0, down: 1, up: 2, cancel: 3, enter: 4, leave: 5, wheel: 6 } as const;
export const pointerKind = { touch: 0, mouse: 1, pen: 2 } as const;
export const pointerNames = ["touch", "mouse", "pen"] as const;

const densestMs = 4;

export interface Sample {
  atMs: number;
  xPx: number;
  yPx: number;
  id: number;
  page: number;
  action: number;
  event: number;
  button: number;
  phase: number;
  pointer: number;
}

export class SampleRing {
  written = 0; // since the start; positions count on for ever
  read = 0;
  lost = 0;
  private readonly mask_: number;
  private readonly bytes_: Uint8Array;
  private readonly doubles_: Float64Array;
  private readonly floats_: Float32Array;
  private readonly ints_: Int32Array;
  private readonly shorts_: Int16Array;

  constructor(readonly capacity = 4096) {
    if (capacity < 2 || (capacity & (capacity - 1)) !== 0) throw new RangeError("capacity must be a power of two");
    this.mask_ = capacity - 1;
    const buffer = new ArrayBuffer(capacity * recordBytes);
    this.bytes_ = new Uint8Array(buffer);
    this.doubles_ = new Float64Array(buffer);
    this.floats_ = new Float32Array(buffer);
    this.ints_ = new Int32Array(buffer);
    this.shorts_ = new Int16Array(buffer);
  }

  get waiting(): number {
    return this.written - this.read;
  }

  write(
    atMs: number, samplePhase: number, pointer: number, id: number, xPx: number, yPx: number,
    page: number, action: number, event: number, button: number,
  ): void {
    const replaces = samplePhase === phase.move && this.repeatsLast_(atMs, pointer, id | 0);
    if (!replaces && this.waiting === this.capacity) {
      ++this.lost;
      return;
    }
    const record = (replaces ? this.written - 1 : this.written) & this.mask_;
    this.doubles_[record * 4] = atMs;
    this.floats_[record * 8 + 2] = xPx;
    this.floats_[record * 8 + 3] = yPx;
    this.ints_[record * 8 + 4] = id;
    this.shorts_[record * 16 + 10] = page;
    this.shorts_[record * 16 + 11] = action;
    this.shorts_[record * 16 + 12] = event;
    this.shorts_[record * 16 + 13] = button;
    this.bytes_[record * recordBytes + 28] = samplePhase;
    this.bytes_[record * recordBytes + 29] = pointer;
    if (!replaces) ++this.written;
  }

  // The longest run from `read` to `upTo` that lies in one piece, at most `most` records. Valid until the next write.
  run(upTo: number, most: number): Uint8Array {
    const first = this.read & this.mask_;
    const count = Math.max(0, Math.min(upTo - this.read, most, this.capacity - first));
    return this.bytes_.subarray(first * recordBytes, (first + count) * recordBytes);
  }

  release(records: number): void {
    this.read += records;
  }

  clear(): void {
    this.read = this.written;
  }

  private repeatsLast_(atMs: number, pointer: number, id: number): boolean {
    if (this.waiting === 0) return false;
    const last = (this.written - 1) & this.mask_;
    const lastMs = this.doubles_[last * 4]!;
    return this.bytes_[last * recordBytes + 28] === phase.move && this.bytes_[last * recordBytes + 29] === pointer &&
      this.ints_[last * 8 + 4] === id && atMs >= lastMs && atMs - lastMs < densestMs;
  }
}

// For whoever reads records without the core.
export function samplesIn(packed: Uint8Array): Sample[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const samples: Sample[] = [];
  for (let at = 0; at + recordBytes <= packed.byteLength; at += recordBytes) {
    samples.push({
      atMs: view.getFloat64(at, true), xPx: view.getFloat32(at + 8, true), yPx: view.getFloat32(at + 12, true),
      id: view.getInt32(at + 16, true), page: view.getInt16(at + 20, true), action: view.getInt16(at + 22, true),
      event: view.getInt16(at + 24, true), button: view.getInt16(at + 26, true),
      phase: view.getUint8(at + 28), pointer: view.getUint8(at + 29),
    });
  }
  return samples;
}
