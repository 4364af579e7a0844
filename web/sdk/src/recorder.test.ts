import { describe, expect, it } from "vitest";
import { DeviceGestures } from "./device_gestures.js";
import { EventWriter } from "./events.js";
import { FakeEdge, FakeEdgeError } from "./for_test.js";
import { Recorder, type Sink } from "./recorder.js";
import { SampleRing, phase } from "./sample_ring.js";
import type { Problem } from "./types.js";

function recorder() {
  const ring = new SampleRing(1024);
  const sent: string[] = [];
  const problems: Problem[] = [];
  const edge = new FakeEdge();
  const events = new EventWriter("ann", "s1");
  const spare: Sink = { screen() {}, samples() {}, event: () => true, take: () => [], free() {} };
  const at = { now: 0, step: 0 };
  const broken: unknown[] = [];
  const written = new Recorder(ring, (lines) => sent.push(...lines), (error) => (broken.push(error), spare),
    () => (at.now += at.step));
  const gestures = new DeviceGestures(edge, events, (problem) => problems.push(problem));
  const tap = (ms: number) => {
    ring.write(ms, phase.down, 0, 0, 1, 1, 0, 0, 0, 0);
    ring.write(ms + 50, phase.up, 0, 0, 1, 1, 0, 0, 0, 0);
  };
  const tell = (name: "view" | "search") => written.event(events.action(1, name, "", {}));
  const order = () => sent.map((line) => {
    const event = JSON.parse(line) as { action?: string; taps?: number[] };
    return event.action ?? `taps ${event.taps!.length}`;
  });
  return { ring, sent, problems, edge, written, gestures, tap, tell, order, at, broken, spare };
}

describe("Recorder", () => {
  it("sends in the order in which the core folds", () => {
    const { written, gestures, tap, tell, order, edge } = recorder();
    written.sink = gestures;
    tap(1000);
    tap(2000);
    tell("view");
    tell("search");
    tap(3000);
    written.finish(true);
    expect(order()).toEqual(["taps 2", "view", "search", "taps 1"]);
    expect(edge.folded).toEqual(["gesture", "gesture", "view", "search", "gesture"]);
  });

  it("keeps everything until it is known who reads", () => {
    const { written, gestures, tap, tell, order } = recorder();
    tap(1000);
    tell("view");
    expect(written.pump(4)).toBe(true);
    expect(order()).toEqual([]);
    written.sink = gestures;
    written.pump(Infinity);
    expect(order()).toEqual(["taps 1", "view"]);
  });

  it("stops when its time is up and goes on later", () => {
    const { written, gestures, tap, at, ring } = recorder();
    written.sink = gestures;
    for (let i = 0; i < 300; ++i) tap(i * 100);
    at.step = 3;
    expect(written.pump(4)).toBe(false);
    expect(ring.waiting).toBeGreaterThan(0);
    while (!written.pump(4)) continue;
    expect(ring.waiting).toBe(0);
  });

  it("does not send what the core refuses", () => {
    const { written, gestures, edge, tell, order, problems } = recorder();
    written.sink = gestures;
    edge.fails = new FakeEdgeError(1, "category: too deep");
    tell("view");
    written.pump(Infinity);
    edge.fails = null;
    tell("search");
    written.pump(Infinity);
    expect(order()).toEqual(["search"]);
    expect(problems).toEqual([{ code: "event_refused", message: "category: too deep" }]);
  });

  it("takes gestures when the core is full, and goes on", () => {
    const { written, gestures, edge, tap, order } = recorder();
    written.sink = gestures;
    tap(1000);
    written.pump(Infinity);
    const samples = edge.samples.bind(edge);
    let full = true;
    edge.samples = (packed) => {
      if (full) {
        full = false;
        throw new FakeEdgeError(4, "full");
      }
      samples(packed);
    };
    tap(2000);
    written.finish(true);
    expect(order()).toEqual(["taps 1", "taps 1"]);
    expect(gestures.gestureCount).toBe(2);
  });

  it("goes on with another reader when the core breaks, and still sends events", () => {
    const { written, gestures, edge, tap, tell, order, broken, spare } = recorder();
    written.sink = gestures;
    edge.fails = new Error("unreachable executed");
    tap(1000);
    tell("view");
    written.finish(true);
    expect(broken).toHaveLength(1);
    expect(written.sink).toBe(spare);
    expect(order()).toEqual(["view"]);
  });
});
