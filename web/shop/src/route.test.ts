import { describe, expect, it } from "vitest";
import { hrefOf, routeOf, screenOf, type Route } from "./route";

const routes: Route[] = [
  { at: "feed" },
  { at: "search", query: "" },
  { at: "search", query: '"desk lamps" OR tea -olive & more?' },
  { at: "item", item: "shop/77 %é" },
  { at: "favourites" },
  { at: "local" },
  { at: "local", pick: "need/空调不制冷 & more@家电" },
  { at: "local", category: "100% 搬家", pick: "tag/a" },
  { at: "cart" },
  { at: "cart", offer: "spend 300 & more" },
  { at: "cart", offer: "spend-300", choose: "shop/77 %é" },
  { at: "checkout" },
  { at: "done", order: "order-1" },
];

describe("an address", () => {
  it("leads back to the same route", () => {
    for (const route of routes) {
      const { pathname, search } = new URL(hrefOf(route), "http://shop");
      expect(routeOf(pathname, search)).toEqual(route);
    }
  });
  it("that nobody made is lost", () => {
    expect(routeOf("/nowhere", "")).toEqual({ at: "lost" });
    expect(routeOf("/item", "")).toEqual({ at: "lost" });
    expect(routeOf("/cart/more", "")).toEqual({ at: "lost" });
  });
  it("of a layer has the screen below it in common with the screen alone", () => {
    expect(screenOf({ at: "cart", offer: "spend-300", choose: "77" })).toBe(screenOf({ at: "cart" }));
    expect(screenOf({ at: "local", pick: "tag/a" })).toBe(screenOf({ at: "local" }));
    expect(screenOf({ at: "local", category: "a" })).not.toBe(screenOf({ at: "local", category: "b" }));
    expect(screenOf({ at: "item", item: "77" })).toBe("/item/77");
  });
  it("of a chooser without an overlay is the cart", () => {
    expect(routeOf("/cart", "?choose=77")).toEqual({ at: "cart" });
  });
  it("with a stray percent sign is read as it stands", () => {
    expect(routeOf("/item/100%", "")).toEqual({ at: "item", item: "100%" });
  });
});
