import { describe, expect, it } from "vitest";
import type { SceneAnswer } from "../api/types";
import { goodsOf, idsOf, listOf, priceOf, shownPrice, titleOf } from "./proposal";

const cup = { item: "cup", title: "Cup", price: { cents: 900, currency: "EUR" } };
const tea = { item: "tea", title: "Tea", price: { cents: 3_150, currency: "EUR" } };
const answer: SceneAnswer = {
  request_id: "r-1",
  items: [
    { item: "tea", score: 2, reasons: ["together_with:cup"], with: "cup" },
    { item: "pot", score: 1, reasons: ["popular_for_gap"], price: { cents: 4_100 } },
  ],
  decision: null,
  degraded: null,
};

describe("the price that is shown", () => {
  it("of a post is in the currency of posts, unless it tells its own", () => {
    expect(shownPrice({ item: "a", kind: "post", price: { cents: 5 } })).toEqual({ cents: 5, currency: "CNY" });
    expect(shownPrice({ item: "a", kind: "post", price: { cents: 5, currency: "EUR" } })?.currency).toBe("EUR");
    expect(shownPrice({ item: "a", price: { cents: 5 } })).toEqual({ cents: 5 });
    expect(shownPrice({ item: "a", kind: "post" })).toBeUndefined();
  });
});

describe("what a scene proposes", () => {
  it("needs the facts of both of a pair, each once", () => {
    expect(idsOf(answer)).toEqual(["tea", "cup", "pot"]);
    const twice = { ...answer, items: [...answer.items, { item: "cup", score: 0, reasons: [] }] };
    expect(idsOf(twice)).toEqual(["tea", "cup", "pot"]);
  });
  it("is a pair where the scene says so, with one title and one price", () => {
    const [pair, alone] = listOf(answer, [tea, cup, { item: "pot" }]);
    expect(goodsOf(pair!)).toEqual([tea, cup]);
    expect(titleOf(pair!)).toBe("Tea + Cup");
    expect(priceOf(pair!)).toEqual({ cents: 4_050, currency: "EUR" });
    expect(pair!.reason).toBe("together_with:cup");
    expect(goodsOf(alone!)).toEqual([{ item: "pot", price: { cents: 4_100 } }]);
    expect(titleOf(alone!)).toBe("pot");
    expect(alone!.request).toBe("r-1");
  });
  it("is nothing where one of a pair is not known any more", () => {
    expect(listOf(answer, [tea, { item: "pot" }]).map(({ item }) => item.item)).toEqual(["pot"]);
  });
  it("has no price where one of a pair has none, or another currency", () => {
    expect(priceOf({ item: tea, with: { item: "cup" } })).toBeUndefined();
    expect(priceOf({ item: tea, with: { ...cup, price: { cents: 900, currency: "USD" } } })).toBeUndefined();
    expect(priceOf({ item: { item: "cup" } })).toBeUndefined();
  });
});
