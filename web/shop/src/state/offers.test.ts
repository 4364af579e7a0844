import { describe, expect, it } from "vitest";
import type { CartLine, PromotionQuote } from "../api/types";
import type { CartView } from "./cart_store";
import { foremost, offerOf, receiptOf, shortOf } from "./offers";

const step: PromotionQuote = {
  promotion: "spend-300",
  title: "30 off from 300",
  eligible_cents: 26_000,
  applied: false,
  step: 0,
  saved_now_cents: 0,
  threshold_cents: 30_000,
  gap_cents: 4_000,
  saved_then_cents: 3_000,
  more_cents: 3_000,
};
const top: PromotionQuote = {
  promotion: "top",
  applied: true,
  eligible_cents: 26_000,
  step: 2,
  saved_now_cents: 5_000,
};
const line = (item: string, cents: number, ticked = true): CartLine => ({ item, quantity: 1, ticked, price: { cents } });

function viewOf(lines: CartLine[], busy = 0): CartView {
  const offers = { saved_cents: 0, promotions: [step], lines: [] };
  return { lines, currency: "EUR", loaded: true, busy, problem: null, told_cents: 26_000, offers };
}

describe("the promotion in front", () => {
  const offersOf = (promotions: PromotionQuote[], promotion?: string) => ({
    saved_cents: 0,
    promotions,
    lines: [],
    banner: promotion === undefined ? {} : { promotion },
  });
  it("is the one that the server calls the nearest", () => {
    expect(foremost(offersOf([top, step], "spend-300"))?.promotion).toBe("spend-300");
  });
  it("without a further step is the one that saves most, and counts", () => {
    const other = { ...top, promotion: "other", saved_now_cents: 9_000, applied: false };
    expect(foremost(offersOf([other, top]))?.promotion).toBe("top");
    expect(foremost(offersOf([]))).toBeUndefined();
  });
});

describe("an offer", () => {
  it("is the quote's own while nothing is under way", () => {
    const offer = offerOf(viewOf([line("a", 99_000)]), step);
    expect([offer.gap_cents, offer.pending]).toEqual([4_000, false]);
  });
  it("foretells the gap of a change under way, and says that it is pending", () => {
    const offer = offerOf(viewOf([line("a", 26_000), line("b", 2_500)], 1), step);
    expect([offer.gap_cents, offer.pending]).toEqual([1_500, true]);
    expect(offerOf(viewOf([line("a", 26_000, false)], 1), step).gap_cents).toBe(30_000);
  });
  it("foretells nothing where not every ticked line counts", () => {
    const some = { ...step, eligible_cents: 20_000, gap_cents: 10_000 };
    const offer = offerOf(viewOf([line("a", 26_000), line("b", 2_500)], 1), some);
    expect([offer.gap_cents, offer.pending]).toEqual([10_000, true]);
  });
});

describe("the receipt", () => {
  it("has a row for each promotion that saves", () => {
    expect(receiptOf({ saved_cents: 5_000, promotions: [step, top], lines: [] })).toEqual([
      { promotion: "top", title: undefined, saved_cents: 5_000 },
    ]);
  });
  it("has one row for all where the promotions do not add up to what is saved", () => {
    const both = [{ ...top }, { ...top, promotion: "other" }];
    expect(receiptOf({ saved_cents: 5_000, promotions: both, lines: [] })).toEqual([
      { promotion: null, title: undefined, saved_cents: 5_000 },
    ]);
    const replaced = { ...top, promotion: "other", applied: false };
    expect(receiptOf({ saved_cents: 5_000, promotions: [top, replaced], lines: [] })).toHaveLength(1);
  });
  it("is empty where nothing is saved", () => {
    expect(receiptOf({ saved_cents: 0, promotions: [step], lines: [] })).toEqual([]);
  });
});

describe("goods", () => {
  it("reach a step that costs no more than they do", () => {
    expect(shortOf(4_000, 4_000)).toBe(0);
    expect(shortOf(4_000, 3_999)).toBe(1);
    expect(shortOf(undefined, 3_999)).toBeUndefined();
  });
});
