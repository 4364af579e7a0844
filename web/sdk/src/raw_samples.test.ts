import { describe, expect, it } from "vitest";
import { EventWriter } from "./events.js";
import type { Told } from "./for_test.js";
import { RawSamples } from "./raw_samples.js";
import { SampleRing, phase, pointerKind } from "./sample_ring.js";

type Row = [atMs: number, phase: number, x: number, y: number, pointer?: number, id?: number, context?: number[]];

function raw() {
  const reader = new RawSamples(new EventWriter("ann", "s1"));
  reader.screen(390, 844);
  const ring = new SampleRing(8192);
  const feed = (...rows: Row[]) => {
    for (const [atMs, which, x, y, pointer = 0, id = 0, context = [0, 0, 0, 0]] of rows) {
      ring.write(atMs, which, pointer, id, x, y, context[0]!, context[1]!, context[2]!, context[3]!);
      const run = ring.run(ring.written, 1);
      reader.samples(run);
      ring.release(1);
    }
  };
  const take = (all = false) => reader.take(all).map((line) => JSON.parse(line) as Told);
  return { reader, feed, take };
}
const tap = (atMs: number): Row[] => [[atMs, phase.down, 5, 5], [atMs + 50, phase.up, 5, 5]];

describe("RawSamples", () => {
  it("writes rows as docs/formats.md has them, contexts only where they change", () => {
    const { feed, take } = raw();
    const context = [3, 0, 1, 7];
    feed([1e12, phase.down, 195.4, 675.6, 0, 2, context], [1e12 + 16, phase.move, 196, 600, 0, 2, context],
      [1e12 + 340, phase.up, 199, 211, 0, 2, context]);
    const [event, ...more] = take();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: "gestures", ts_ms: 1e12, shopper: "ann", session: "s1" });
    expect(event!.samples).toEqual({
      screen: [390, 844],
      rows: [[0, 1, 2, 195, 676, 3, 0, 1, 7], [16, 0, 2, 196, 600], [340, 2, 2, 199, 211]],
    });
  });

  it("waits for a finger that is down, unless all must go", () => {
    const { feed, take } = raw();
    feed([1000, phase.down, 1, 1], [1016, phase.move, 1, 30]);
    expect(take()).toEqual([]);
    feed([1032, phase.up, 1, 60]);
    expect(take()[0]!.samples!.rows).toHaveLength(3);
    feed([2000, phase.down, 1, 1]);
    expect(take(true)[0]!.samples!.rows).toHaveLength(1);
  });

  it("keeps each pointer to events of its own", () => {
    const { feed, take } = raw();
    feed(...tap(1000), [1100, phase.move, 5, 5, pointerKind.mouse], ...tap(1200));
    expect(take().map((event) => event.pointer)).toEqual([undefined, "mouse", undefined]);
  });

  it("stays below what the server takes of one event", () => {
    const { feed, take } = raw();
    for (let i = 0; i < 200; ++i) feed(...tap(1000 + i * 100));
    for (let i = 0; i < 300; ++i) feed([30_000 + i * 10, phase.wheel, 0, i % 2 === 0 ? 5 : -5, pointerKind.mouse]);
    for (let i = 0; i < 6000; ++i) feed([50_000 + i * 16, phase.move, i % 300, 5, pointerKind.mouse]);
    for (let i = 0; i < 300; ++i) feed([500_000 + i * 700, phase.move, i % 300, 5, pointerKind.mouse]);
    const events = take();
    expect(events.reduce((sum, event) => sum + event.samples!.rows.length, 0)).toBe(400 + 300 + 6000 + 300);
    for (const { samples } of events) {
      expect(samples!.rows.length).toBeLessThanOrEqual(4096);
      expect(samples!.rows.filter((row) => row[1] === phase.down).length).toBeLessThanOrEqual(50);
      expect(samples!.rows.filter((row) => row[1] === phase.wheel).length).toBeLessThanOrEqual(100);
    }
    const rested = events.filter((event) => event.ts_ms >= 500_000);
    expect(rested.every((event) => event.samples!.rows.length <= 100)).toBe(true);
  });

  it("bounds absurd numbers to integers that the server reads", () => {
    const { feed, take } = raw();
    feed([1000, phase.down, NaN, -1e20], [1016, phase.up, Infinity, 3]);
    expect(take()[0]!.samples!.rows).toEqual([[0, 1, 0, 65535, -65535], [16, 2, 0, 65535, 3]]);
  });

  it("begins another event when the clock jumped by weeks", () => {
    const { feed, take } = raw();
    feed(...tap(1e12), ...tap(1e12 + 40 * 86_400_000));
    expect(take().map((event) => event.ts_ms)).toEqual([1e12, 1e12 + 40 * 86_400_000]);
  });

  it("cuts at a new screen", () => {
    const { reader, feed, take } = raw();
    feed(...tap(1000));
    reader.screen(844, 390);
    feed(...tap(2000));
    expect(take().map((event) => event.samples!.screen)).toEqual([[390, 844], [844, 390]]);
  });

  it("sends no event that holds page marks alone", () => {
    const { feed, take } = raw();
    feed([1000, phase.enter, 0, 0], [2000, phase.leave, 0, 0]);
    expect(take(true)).toEqual([]);
  });
});
