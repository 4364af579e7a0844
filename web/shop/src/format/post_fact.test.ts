import { describe, expect, it } from "vitest";
import type { TemplateField } from "../api/templates";
import { factName, factText, type Words } from "./post_fact";

const words: Words = { yes: "yes", no: "no", locale: "en-IE", language: "en", currency: "CNY" };
const field = (kind: TemplateField["kind"], more: object = {}): TemplateField => ({
  field: "a",
  name: { en: "A", zh: "甲" },
  kind,
  ...more,
});

describe("a fact of a post", () => {
  it("is told in its template's words and units", () => {
    const vehicle = field("choice", { options: [{ option: "van", name: { en: "van", zh: "面包车" } }] });
    expect(factText(vehicle, "van", { ...words, language: "zh" })).toBe("面包车");
    expect(factText(field("number", { unit: "km" }), "1004.2", words)).toBe("1,004.2 km");
    expect(factText(field("number"), "2", words)).toBe("2");
    expect(factText(field("money"), "65000", words)).toBe("¥650.00");
    expect(factText(field("flag"), "false", words)).toBe("no");
    expect(factText(field("text"), "15", words)).toBe("15");
    expect(factName(vehicle, { ...words, language: "zh" })).toBe("甲");
  });
  it("that is not of its kind stands as it is", () => {
    expect(factText(field("number"), "far", words)).toBe("far");
    expect(factText(field("money"), "", words)).toBe("");
    expect(factText(field("choice", { options: [] }), "raft", words)).toBe("raft");
  });
});
