import { describe, expect, it } from "vitest";
import { Capture, parseControl } from "./capture.js";
import { WallClock } from "./clock.js";
import { FakeTarget, controlled, finger, mouse, touch } from "./for_test.js";
import { SampleRing, phase, pointerKind, samplesIn } from "./sample_ring.js";

function listening() {
  const target = new FakeTarget();
  const ring = new SampleRing(1024);
  let woken = 0;
  const clock = new WallClock(() => 1_000_000, () => 5000);
  const capture = new Capture(target, ring, clock, () => ++woken, () => 800);
  capture.listen();
  return { target, ring, capture, woken: () => woken, samples: () => samplesIn(ring.run(ring.written, 1024)) };
}

describe("Capture", () => {
  it("listens passively to pointers and the wheel and to nothing else", () => {
    const { target } = listening();
    expect([...target.listeners.keys()].sort()).toEqual(["pointercancel", "pointerdown", "pointermove", "pointerup",
      "touchcancel", "touchend", "touchmove", "touchstart", "wheel"]);
    expect(target.options.every((options) => options.passive === true)).toBe(true);
  });

  it("takes every listener away again", () => {
    const { target, capture, samples } = listening();
    capture.silence();
    expect(target.count()).toBe(0);
    target.fire("touchstart", touch(1, finger(0, 1, 1)));
    expect(samples()).toEqual([]);
  });

  it("hears a finger from down to up on the wall clock", () => {
    const { target, samples, woken } = listening();
    target.fire("touchstart", touch(4000, finger(0, 10, 20)));
    target.fire("touchmove", touch(4016, finger(0, 10, 60)));
    target.fire("touchend", touch(4032, finger(0, 10, 60)));
    expect(samples().map(({ atMs, phase, yPx }) => [atMs, phase, yPx])).toEqual(
      [[999_000, 1, 20], [999_016, 0, 60], [999_032, 2, 60]]);
    expect(woken()).toBe(3);
  });

  it("hears each of several fingers", () => {
    const { target, samples } = listening();
    target.fire("touchstart", touch(4000, finger(0, 1, 1), finger(1, 9, 9)));
    target.fire("touchcancel", touch(4010, finger(1, 9, 9)));
    expect(samples().map(({ id, phase }) => [id, phase])).toEqual([[0, 1], [1, 1], [1, 3]]);
  });

  it("leaves fingers to touch events and takes mouse and pen from pointer events", () => {
    const { target, samples } = listening();
    target.fire("pointerdown", { ...mouse(4000, 1, 1), pointerType: "touch" });
    target.fire("pointerdown", mouse(4000, 2, 2));
    target.fire("pointermove", { ...mouse(4010, 3, 3), pointerType: "pen" });
    expect(samples().map(({ pointer, xPx }) => [pointer, xPx])).toEqual(
      [[pointerKind.mouse, 2], [pointerKind.pen, 3]]);
  });

  it("ignores events that a script made up", () => {
    const { target, samples } = listening();
    target.fire("touchstart", { ...touch(4000, finger(0, 1, 1)), isTrusted: false });
    target.fire("wheel", { timeStamp: 1, deltaX: 0, deltaY: 1, deltaMode: 0, isTrusted: false });
    target.fire("pointerdown", { ...mouse(4000, 1, 1), isTrusted: false });
    expect(samples()).toEqual([]);
  });

  it("turns lines and pages of a wheel into pixels", () => {
    const { target, samples } = listening();
    for (const deltaMode of [0, 1, 2]) target.fire("wheel", { timeStamp: 4000, deltaX: 1, deltaY: -2, deltaMode });
    expect(samples().map(({ xPx, yPx }) => [xPx, yPx])).toEqual([[1, -2], [16, -32], [800, -1600]]);
  });

  it("writes page and control of the finger's first place into the whole stroke", () => {
    const { target, capture, samples } = listening();
    capture.page = 3;
    const start = { ...touch(4000, finger(0, 1, 1)), target: controlled("4 7 2") };
    target.fire("touchstart", start);
    target.fire("touchmove", { ...touch(4016, finger(0, 1, 40)), target: controlled("9 9 9") });
    for (const { page, action, event, button } of samples()) {
      expect([page, action, event, button]).toEqual([3, 2, 4, 7]);
    }
    target.fire("touchstart", { ...touch(4100, finger(0, 1, 1)), target: controlled(null) });
    expect(samples()[2]).toMatchObject({ action: 0, event: 0, button: 0 });
  });

  it("gives absurd places no place", () => {
    const { target, samples } = listening();
    for (const x of [NaN, Infinity, -Infinity, 1e9]) target.fire("touchstart", touch(4000, finger(0, x, x)));
    expect(samples().every(({ xPx, yPx }) => xPx === 65535 && yPx === 65535)).toBe(true);
  });

  it("bounds the fingers of one event", () => {
    const { target, samples } = listening();
    target.fire("touchstart", touch(4000, ...Array.from({ length: 500 }, (_, i) => finger(i, 1, 1))));
    expect(samples()).toHaveLength(10);
  });

  it("marks page changes", () => {
    const { capture, samples } = listening();
    capture.page = 2;
    capture.mark(phase.enter);
    expect(samples()[0]).toMatchObject({ phase: phase.enter, page: 2, atMs: 1_000_000 });
  });
});

describe("parseControl", () => {
  it("reads event, button and action, and takes what is no index for none", () => {
    expect(parseControl(" 3  7 2 ")).toEqual({ event: 3, button: 7, action: 2 });
    expect(parseControl("3")).toEqual({ event: 3, button: 0, action: 0 });
    expect(parseControl("-1 x 30")).toEqual({ event: 0, button: 0, action: 28 });
    expect(parseControl("99999 1.5")).toEqual({ event: 0, button: 0, action: 0 });
  });
});
