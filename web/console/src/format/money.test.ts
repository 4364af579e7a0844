import { describe, expect, it } from "vitest";
import { centsOf, moneyText, roughly, unitsText } from "./money";

describe("money", () => {
  it("is told with as many places as it has", () => {
    expect(moneyText(38_000, "en-IE")).toBe("¥380");
    expect(moneyText(650, "zh-CN")).toBe("¥6.50");
  });
  it("of an estimate is told in three figures", () => {
    expect([1_234_567, 65_432, 654, 5].map(roughly)).toEqual([1_230_000, 65_400, 654, 5]);
  });
  it("is read exactly, or not at all", () => {
    expect(["1.15", "1.1", "380", " 0.07 "].map(centsOf)).toEqual([115, 110, 38_000, 7]);
    expect(["", "1.234", "6.5元", "-3", "1e3"].map(centsOf)).toEqual([null, null, null, null, null]);
  });
  it("goes into a field and comes out the same", () => {
    for (const cents of [0, 5, 10, 650, 38_000, 123_456]) expect(centsOf(unitsText(cents))).toBe(cents);
  });
});
