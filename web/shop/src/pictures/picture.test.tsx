import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { paletteOf } from "./palette";
import { Picture, VIEWS } from "./picture";
import { drawnAs, SHAPES, shapeOf } from "./shapes";

const draw = (item: string, kind: string, view: (typeof VIEWS)[number] = "front", colour?: string) =>
  renderToStaticMarkup(<Picture item={item} category={["Top", kind]} view={view} colour={colour} />);

describe("a picture", () => {
  it("is the same for the same item, always", () => {
    for (const kind of Object.keys(SHAPES)) expect(draw("item-7", kind)).toBe(draw("item-7", kind));
    expect(paletteOf("item-7").main).toBe("hsl(262 30% 52%)"); // pinned: yesterday's pictures are today's
  });
  it("differs from kind to kind", () => {
    const drawn = new Set(Object.keys(SHAPES).map((kind) => draw("item-7", kind)));
    expect(drawn.size).toBe(43);
  });
  it("differs from item to item of a kind, in most cases", () => {
    const drawn = new Set(Array.from({ length: 50 }, (_, number) => draw(`item-${number}`, "Mugs")));
    expect(drawn.size).toBeGreaterThan(35);
  });
  it("differs from view to view", () => {
    expect(new Set(VIEWS.map((view) => draw("item-7", "Cameras", view))).size).toBe(VIEWS.length);
  });
  it("takes the catalogue's colour where it has one", () => {
    expect(paletteOf("item-7", "Red").main).toBe(paletteOf("item-8", "red").main);
    expect(paletteOf("item-7", "no such colour").main).toBe(paletteOf("item-7").main);
  });
  it("of a post is what its service is done with", () => {
    const post = (template: string) => drawnAs({ kind: "post", category: ["Mugs"], attributes: { template } });
    expect(shapeOf(post("moving"))).toBe(SHAPES["Moving van"]);
    expect(shapeOf(post("dog walking"))).toBe(SHAPES["Toolbox"]);
    expect(drawnAs({ kind: "goods", category: ["Kitchen", "Mugs"] })).toEqual(["Kitchen", "Mugs"]);
  });
  it("is a parcel for a kind that nobody drew", () => {
    expect(shapeOf(["Strange", "Things"])).toBe(shapeOf([]));
    expect(shapeOf(["Fashion", "Dresses"])).toBe(SHAPES["Dresses"]);
  });
  it("fetches nothing", () => {
    for (const kind of Object.keys(SHAPES)) expect(draw("item-7", kind)).not.toMatch(/href|url\(|<image|http/);
  });
});
