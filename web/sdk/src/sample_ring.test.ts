import { describe, expect, it } from "vitest";
import { SampleRing, phase, pointerKind, recordBytes, samplesIn } from "./sample_ring.js";

function move(ring: SampleRing, atMs: number, xPx: number, id = 1): void {
  ring.write(atMs, phase.move, pointerKind.mouse, id, xPx, 0, 0, 0, 0, 0);
}

describe("SampleRing", () => {
  it("lays a record out as inkling_edge.h says", () => {
    const ring = new SampleRing(4);
    ring.write(1.5e12, phase.wheel, pointerKind.pen, -7, 1.5, -2.5, 3, 4, 5, 6);
    const bytes = ring.run(1, 10);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expect(bytes.byteLength).toBe(32);
    expect(view.getFloat64(0, true)).toBe(1.5e12);
    expect([view.getFloat32(8, true), view.getFloat32(12, true)]).toEqual([1.5, -2.5]);
    expect(view.getInt32(16, true)).toBe(-7);
    expect([20, 22, 24, 26].map((at) => view.getInt16(at, true))).toEqual([3, 4, 5, 6]);
    expect([view.getUint8(28), view.getUint8(29)]).toEqual([6, 2]);
  });

  it("gives all records in order over its own edge", () => {
    const ring = new SampleRing(8);
    const seen: number[] = [];
    for (let i = 0; i < 100; ++i) {
      move(ring, i * 10, i);
      if (i % 3 !== 2) continue;
      while (ring.waiting > 0) {
        const run = ring.run(ring.written, 2);
        seen.push(...samplesIn(run).map((sample) => sample.xPx));
        ring.release(run.length / recordBytes);
      }
    }
    expect(seen).toEqual([...Array(99).keys()]);
    expect(ring.lost).toBe(0);
  });

  it("keeps the newest of moves that follow each other within four milliseconds", () => {
    const ring = new SampleRing(64);
    for (let i = 0; i <= 1000; ++i) move(ring, i / 1000, i);
    expect(samplesIn(ring.run(ring.written, 99)).map((sample) => sample.xPx)).toEqual([1000]);
    move(ring, 2, 5, 2); // another pointer
    move(ring, 6, 6, 2);
    ring.write(6, phase.up, pointerKind.mouse, 2, 6, 0, 0, 0, 0, 0);
    move(ring, 6.5, 7, 2);
    expect(ring.written).toBe(5);
  });

  it("loses and counts new samples when nobody reads, and goes on afterwards", () => {
    const ring = new SampleRing(8);
    for (let i = 0; i < 20; ++i) move(ring, i * 10, i);
    expect([ring.waiting, ring.lost]).toEqual([8, 12]);
    ring.release(1);
    move(ring, 1000, 77);
    expect([ring.waiting, ring.lost]).toEqual([8, 12]);
    expect(samplesIn(ring.run(8, 99))[0]!.xPx).toBe(1);
  });

  it("refuses a capacity that is no power of two", () => {
    expect(() => new SampleRing(100)).toThrow(RangeError);
  });
});
