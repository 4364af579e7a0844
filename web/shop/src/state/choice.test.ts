import { describe, expect, it } from "vitest";
import { canChoose, choose, firstChoice, skuOf, traitsOf } from "./choice";

const sku = (colour: string, size: string, stock = 5) => ({
  item: `${colour}-${size}`,
  stock,
  attributes: { colour, size, material: "cotton" },
});
const skus = [sku("white", "S"), sku("white", "L", 0), sku("teal", "S"), sku("teal", "L")];

describe("choosing a sku", () => {
  it("asks for what differs between them", () => {
    expect(traitsOf(skus)).toEqual([
      { name: "colour", values: ["white", "teal"] },
      { name: "size", values: ["S", "L"] },
    ]);
  });
  it("is done once everything is chosen, and not before", () => {
    expect(skuOf(skus, { colour: "teal" })).toBeUndefined();
    expect(skuOf(skus, { colour: "teal", size: "L" })?.item).toBe("teal-L");
  });
  it("never ends at what is sold out", () => {
    expect(canChoose(skus, { colour: "white" }, "size", "L")).toBe(false);
    expect(skuOf(skus, { colour: "white", size: "L" })).toBeUndefined();
  });
  it("drops a choice that the newest rules out, and keeps the others", () => {
    expect(choose(skus, { colour: "white" }, "size", "L")).toEqual({ size: "L" });
    expect(choose(skus, { colour: "teal", size: "S" }, "size", "L")).toEqual({ size: "L", colour: "teal" });
  });
  it("begins with what leaves no choice", () => {
    expect(firstChoice([sku("white", "S"), sku("white", "L"), sku("teal", "L", 0)])).toEqual({ colour: "white" });
    expect(firstChoice(skus)).toEqual({});
  });
});
