import { describe, expect, it } from "vitest";
import { fitted, frameOf, placesOf, ROW } from "./layout";

describe("places", () => {
  it("stay within the frame and leave room for labels, however many there are", () => {
    for (const count of [0, 1, 2, 5, 12, 25]) {
      const frame = frameOf(360, count, 110);
      const places = placesOf(count, frame);
      expect(places).toHaveLength(count);
      for (const { x, y, side } of places) {
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(frame.height);
        expect(side === "right" ? frame.width - x : x).toBeGreaterThanOrEqual(110 - 1e-9);
      }
    }
  });
  it("of one side are far enough apart for their labels", () => {
    const places = placesOf(25, frameOf(360, 25, 110));
    for (const side of ["left", "right"]) {
      const ys = places.filter((place) => place.side === side).map(({ y }) => y);
      for (let i = 1; i < ys.length; ++i) expect(ys[i]! - ys[i - 1]!).toBeGreaterThan(0.9 * ROW);
    }
  });
});

describe("fitted", () => {
  it("leaves what fits and cuts at whole characters", () => {
    expect(fitted("abc", 3)).toBe("abc");
    expect(fitted("abcd", 3)).toBe("abc…");
    expect(fitted("家电维修", 8)).toBe("家电维修");
    expect(fitted("家电维修", 7)).toBe("家电维…");
  });
});
