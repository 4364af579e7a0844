import { describe, expect, it } from "vitest";
import { TOPICS } from "../state/app_tables";
import { SHAPES } from "../pictures/shapes";
import { en } from "./en";
import { zh } from "./zh";

// Every place of a text as a path; functions count as texts.
function places(value: unknown, path = ""): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, each]) => places(each, path ? `${path}.${name}` : name));
  }
  return [path];
}

const OPEN = /^(categories|search\.hints|search\.tries)\b/; // may differ by language

describe("texts", () => {
  it("stand in both languages at the same places", () => {
    const wanted = places(en).filter((place) => !OPEN.test(place));
    expect(places(zh).filter((place) => !OPEN.test(place))).toEqual(wanted);
  });
  it("are nowhere empty", () => {
    for (const texts of [en, zh]) {
      for (const place of places(texts)) {
        const value = place
          .split(".")
          .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], texts);
        if (typeof value === "string") expect(value.trim(), place).not.toBe("");
      }
    }
  });
  it("of Chinese are written in Chinese", () => {
    const said = JSON.stringify([zh.nav, zh.local, zh.consent, zh.cart, zh.checkout, zh.coupon, zh.problem]);
    expect(said).not.toMatch(/[a-z]{4,}(?![^"]*":)/); // but the members' names
  });
  it("name every kind of goods that is drawn", () => {
    for (const kind of Object.keys(SHAPES)) expect(zh.categories[kind], kind).toBeTruthy();
  });
  it("name every topic of reviews", () => {
    expect(en.reviews.topic).toHaveLength(TOPICS);
    expect(zh.reviews.topic).toHaveLength(TOPICS);
  });
  it("count in the singular and the plural", () => {
    expect(en.cart.pieces(1)).toBe("1 piece");
    expect(en.cart.pieces(1200)).toBe("1,200 pieces");
  });
});
