import { describe, expect, it } from "vitest";
import { piecesOf, wordsOf } from "./evidence";

const text = "搬家 15公里 🚚 van";
const evidence = [
  { field: "distance", begin: 7, end: 15 },
  { field: "vehicle", begin: 21, end: 24 },
];
const joined = (now: string) => piecesOf(now, text, evidence).map((piece) => piece.text).join("");
const marked = (now: string) => piecesOf(now, text, evidence).filter(({ field }) => field).map((piece) => [piece.field, piece.text]);

describe("evidence", () => {
  it("cuts a text by bytes of UTF-8, whatever its letters take", () => {
    expect(marked(text)).toEqual([
      ["distance", "15公里"],
      ["vehicle", "van"],
    ]);
    expect(joined(text)).toBe(text);
  });
  it("holds as far as the text is still as it was read", () => {
    expect(marked(`${text} and more`)).toHaveLength(2);
    expect(marked("搬家 15公里, van")).toEqual([["distance", "15公里"]]);
    expect(marked("家 15公里 🚚 van")).toEqual([]);
    for (const now of ["", "搬", "家 15公里 🚚 van", `${text}!`]) expect(joined(now)).toBe(now);
  });
  it("of two that overlap is the first", () => {
    const both = [...evidence, { field: "other", begin: 9, end: 22 }];
    expect(piecesOf(text, text, both).flatMap(({ field }) => field ?? [])).toEqual(["distance", "vehicle"]);
  });
  it("names the words of each field, also those told twice", () => {
    const twice = [...evidence, { field: "distance", begin: 0, end: 6 }];
    expect(wordsOf(text, twice)).toEqual(new Map([["distance", ["15公里", "搬家"]], ["vehicle", ["van"]]]));
  });
});
