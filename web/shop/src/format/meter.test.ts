import { describe, expect, it } from "vitest";
import { arcPath, curvePath, heights, LEAST, MOST, onArc, scaleOf } from "./meter";

const centre = { x: 110, y: 112 };

describe("the scale", () => {
  it("goes from the least to the most, and stays there", () => {
    expect(scaleOf(LEAST)).toBe(0);
    expect(scaleOf(MOST)).toBe(1);
    expect(scaleOf(0)).toBe(0);
    expect(scaleOf(1)).toBe(1);
  });
  it("grows with the probability, faster where it is small", () => {
    expect(scaleOf(0.1)).toBeGreaterThan(scaleOf(0.05));
    expect(scaleOf(0.1) - scaleOf(0.05)).toBeGreaterThan(scaleOf(0.55) - scaleOf(0.5));
  });
});

describe("the gauge", () => {
  it("runs from left over the top to the right", () => {
    expect(onArc(0, centre, 88)).toEqual({ x: 22, y: expect.closeTo(112) });
    expect(onArc(0.5, centre, 88)).toEqual({ x: expect.closeTo(110), y: 24 });
    expect(onArc(1, centre, 88)).toEqual({ x: 198, y: expect.closeTo(112) });
  });
  it("is drawn as an arc between two of its points", () => {
    expect(arcPath(0, 1, centre, 88)).toBe("M22.00 112.00A88 88 0 0 1 198.00 112.00");
  });
});

describe("the curve", () => {
  const samples = [
    { at_ms: 0, probability: 0.5 },
    { at_ms: 500, probability: LEAST },
    { at_ms: 1000, probability: MOST },
  ];
  it("ends at the right edge now, with the newest", () => {
    expect(curvePath(samples, 1000, 1000, 300, 100)).toMatch(/L300\.00 0\.00$/);
  });
  it("puts the least at the bottom and halves of time at halves of the width", () => {
    expect(curvePath(samples, 1000, 1000, 300, 100)).toContain("L150.00 100.00");
  });
  it("leaves out what is older than its window", () => {
    expect(curvePath(samples, 1000, 500, 300, 100)).toMatch(/^M0\.00 100\.00L300\.00 0\.00$/);
    expect(curvePath([], 1000, 500, 300, 100)).toBe("");
  });
});

describe("heights of weights", () => {
  it("are shares of the largest that is shown", () => {
    expect(heights([9, 0.1, 0.4, 0.2], 3)).toEqual([0.25, 1, 0.5]);
  });
  it("are nothing where there is no weight", () => {
    expect(heights([0, 0], 5)).toEqual([0, 0]);
    expect(heights([], 5)).toEqual([]);
    expect(heights([-1, 2], 5)).toEqual([0, 1]);
  });
});
