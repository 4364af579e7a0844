import { describe, expect, it } from "vitest";
import type { Field, FieldKind, Template } from "../api/posts";
import { attributesOf, blank, postOf, shownOf, valueOf } from "./draft";

const field = (kind: FieldKind, id: string = kind): Field => ({ field: id, name: { en: id, zh: id }, kind, required: false });

describe("what was typed", () => {
  it("is told as a number, as cents, or with its unit as it stands", () => {
    expect(valueOf(field("number"), "15")).toBe(15);
    expect(valueOf(field("number"), " 4.2 ")).toBe(4.2);
    expect(valueOf(field("number"), "15 公里")).toBe("15 公里");
    expect(valueOf(field("money"), "6.5")).toBe(650);
    expect(valueOf(field("money"), "6.5元")).toBe("6.5元");
    expect(valueOf(field("text"), "15")).toBe("15");
    expect(valueOf(field("flag"), false)).toBe(false);
  });
  it("is told as not there when it was emptied, and not at all when it was left to the text", () => {
    const form: Template = { template: "t", name: { en: "", zh: "" }, price: null, fields: [field("number"), field("text"), field("flag")] };
    expect(attributesOf(form, { number: " ", text: null, unknown: "x" })).toEqual({ number: null, text: null });
  });
  it("shows what the text says in the form's own units", () => {
    expect(shownOf(field("money"), 650)).toBe("6.5");
    expect(shownOf(field("number"), 0.4999999999)).toBe("0.5");
    expect(shownOf(field("flag"), false)).toBe(false);
    expect(shownOf(field("text"), undefined)).toBeNull();
    expect(shownOf(field("text"), null)).toBeNull();
  });
});

describe("a draft", () => {
  it("becomes a post without what is empty", () => {
    const draft = { ...blank(), title: " Move ", text: "  ", category: "Moving > Flats", tags: "fast，, honest、" };
    expect(postOf("moving", draft, { distance_km: 3 })).toEqual({
      template: "moving",
      title: "Move",
      attributes: { distance_km: 3 },
      category: ["Moving", "Flats"],
      tags: ["fast", "honest"],
    });
  });
  it("has an id that nobody else makes", () => {
    expect(new Set(Array.from({ length: 50 }, () => blank().post)).size).toBe(50);
    expect(blank().post).toMatch(/^post-[0-9a-z]{10}$/);
  });
});
