import { describe, expect, it } from "vitest";
import { placesOf, spread } from "./interval";

const interval = { far_low_cents: 100, low_cents: 200, middle_cents: 400, high_cents: 800, far_high_cents: 1600 };

describe("an interval", () => {
  it("is drawn by ratios: twice as dear is as far as half as dear", () => {
    const { farLow, low, middle, high, farHigh, quote } = placesOf(interval, null);
    expect(middle).toBeCloseTo(0.5);
    expect(middle - low).toBeCloseTo(high - middle);
    expect(farLow).toBeCloseTo(0.04);
    expect(farHigh).toBeCloseTo(0.96);
    expect(quote).toBeNull();
  });
  it("makes room for a quote far outside of it", () => {
    const dear = placesOf(interval, 1_000_000);
    expect(dear.quote).toBeCloseTo(0.96);
    expect(dear.farHigh).toBeLessThan(0.5);
    expect(placesOf(interval, 1).quote).toBeCloseTo(0.04);
    expect(placesOf(interval, 0).quote).toBeNull();
  });
  it("of one price stands in the middle", () => {
    const flat = { far_low_cents: 5, low_cents: 5, middle_cents: 5, high_cents: 5, far_high_cents: 5 };
    expect(placesOf(flat, null).middle).toBe(0.5);
  });
});

describe("labels", () => {
  it("stay where they are wanted as long as they fit", () => {
    expect(spread([0.2, 0.5, 0.8], 0.2)).toEqual([0.2, 0.5, 0.8]);
  });
  it("move apart, and onto the line", () => {
    for (const wanted of [[0.01, 0.02, 0.03], [0.97, 0.98, 0.99], [0.4, 0.5, 0.52]]) {
      const [a = 0, b = 0, c = 0] = spread(wanted, 0.3);
      expect(b - a).toBeGreaterThanOrEqual(0.2999);
      expect(c - b).toBeGreaterThanOrEqual(0.2999);
      expect(a).toBeGreaterThanOrEqual(0.1499);
      expect(c).toBeLessThanOrEqual(0.8501);
    }
  });
});
