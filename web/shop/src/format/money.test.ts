import { describe, expect, it } from "vitest";
import { discount, minorUnits, moneyText, priceParts, sumOf } from "./money";

describe("money", () => {
  it("is written by the rules of language and currency", () => {
    expect(moneyText({ cents: 123456, currency: "EUR" }, "en-IE")).toBe("€1,234.56");
    expect(moneyText({ cents: 123456, currency: "EUR" }, "zh-CN")).toBe("€1,234.56");
    expect(moneyText({ cents: -250, currency: "EUR" }, "en-IE")).toBe("-€2.50");
  });
  it("knows currencies without minor units", () => {
    expect(minorUnits("JPY")).toBe(1);
    expect(moneyText({ cents: 1250, currency: "JPY" }, "en-IE")).toBe("¥1,250");
  });
  it("is the marketplace's own without a code", () => {
    expect(moneyText({ cents: 99 }, "en-IE")).toBe("€0.99");
    expect(moneyText({ cents: 99, currency: "" }, "en-IE")).toBe("€0.99");
  });
  it("falls into parts that make the whole again", () => {
    for (const [cents, locale] of [
      [7, "en-IE"],
      [123456789, "zh-CN"],
      [4999, "de-DE"],
    ] as const) {
      const { before, whole, fraction, after } = priceParts({ cents, currency: "EUR" }, locale);
      expect(before + whole + fraction + after).toBe(moneyText({ cents, currency: "EUR" }, locale));
    }
    expect(priceParts({ cents: 123456, currency: "EUR" }, "en-IE")).toEqual({
      before: "€",
      whole: "1,234",
      fraction: ".56",
      after: "",
    });
  });
  it("adds up lines, those without a price as nothing", () => {
    expect(sumOf([{ price: { cents: 250 }, quantity: 3 }, { quantity: 2 }])).toBe(750);
  });
  it("rounds a discount in the shopper's favour, in whole minor units", () => {
    expect(discount(1001, 10)).toBe(101);
    expect(discount(1000, 10)).toBe(100);
    expect(discount(0, 10)).toBe(0);
  });
});
