import { describe, expect, it } from "vitest";
import { VERDICTS } from "../api/posts";
import { EDGE_TYPES, KINDS, SOURCES } from "../api/types";
import { en } from "./en";
import { zh } from "./zh";

// Every place of a text as a path; functions count as texts.
function places(value: unknown, path = ""): [string, unknown][] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([name, each]) => places(each, path ? `${path}.${name}` : name));
  }
  return [[path, value]];
}
const said = (value: unknown): string =>
  typeof value === "function" ? String((value as (...words: unknown[]) => string)(7, 8, 9)) : String(value);

describe("texts", () => {
  it("stand in both languages at the same places", () => {
    expect(places(zh).map(([path]) => path)).toEqual(places(en).map(([path]) => path));
  });
  it("are nowhere empty", () => {
    for (const [path, value] of [...places(en), ...places(zh)]) expect(said(value).trim(), path).not.toBe("");
  });
  it("of Chinese are written in Chinese", () => {
    for (const [path, value] of places(zh)) {
      if (path !== "title") expect(said(value), path).toMatch(/^[^a-zA-Z]*$/);
    }
  });
  it("judge a price in every way that the server does", () => {
    for (const t of [en, zh]) for (const verdict of VERDICTS) expect(t.price.verdict[verdict]).toBeTruthy();
  });
  it("name every kind, source and type of edge", () => {
    for (const t of [en, zh]) {
      for (const kind of KINDS) expect(t.kind[kind]).toBeTruthy();
      for (const source of SOURCES) expect(t.source[source]).toBeTruthy();
      for (const type of EDGE_TYPES) expect(t.joined[type]("甲", "乙")).toContain("甲");
    }
  });
});
