import { describe, expect, it } from "vitest";
import { Pages } from "./pages.js";

function pages(which: "all" | "views" = "all") {
  const heard: string[] = [];
  const at = { now: 0 };
  const listener = {
    tell: (name: string, page: string, fields: { item?: string; stay_ms?: number }) =>
      void heard.push(`${name} ${page} ${fields.item ?? "-"} ${fields.stay_ms}`),
    entered: (index: number) => void heard.push(`enter ${index}`),
    left: () => void heard.push("leave"),
  };
  return { heard, at, pages: new Pages(["home", "feed", "detail"], listener, () => at.now, which) };
}

describe("Pages", () => {
  it("tells one view of an item's page with its stay, behind the end of its strokes", () => {
    const { heard, at, pages: open } = pages();
    open.enter("detail", { item: "77" }, true);
    at.now = 1234;
    open.enter("feed", {}, true);
    expect(heard).toEqual(["enter 2", "leave", "view detail 77 1234", "enter 1"]);
  });

  it("tells other pages when they are left", () => {
    const { heard, at, pages: open } = pages();
    open.enter("feed", {}, true);
    at.now = 700;
    open.leave();
    open.leave();
    expect(heard).toEqual(["enter 1", "leave", "page_leave feed - 700"]);
  });

  it("does not count hidden time", () => {
    const { heard, at, pages: open } = pages();
    open.enter("detail", { item: "77" }, true);
    at.now = 1000;
    open.hide();
    open.hide();
    at.now = 61_000;
    open.show();
    open.show();
    at.now = 64_000;
    open.leave();
    expect(heard.filter((line) => line !== "leave")).toEqual(
      ["enter 2", "view detail 77 1000", "enter 2", "page_leave detail 77 3000"]);
  });

  it("tells the view before what is done with the item, and once", () => {
    const { heard, at, pages: open } = pages();
    open.enter("detail", { item: "77" }, true);
    at.now = 2000;
    open.actsOn("12");
    open.actsOn("77");
    at.now = 3000;
    open.actsOn("77");
    at.now = 3300;
    open.leave();
    expect(heard).toEqual(["enter 2", "view detail 77 2000", "leave", "page_leave detail 77 1300"]);
  });

  it("adds up short looks at a page that was told already", () => {
    const { heard, at, pages: open } = pages();
    open.enter("detail", { item: "77" }, true);
    for (const leftMs of [1000, 1300, 1600]) {
      open.show();
      at.now = leftMs;
      open.hide();
    }
    expect(heard.filter((line) => line.includes("detail"))).toEqual(["view detail 77 1000", "page_leave detail 77 600"]);
  });

  it("says nothing of a page that never came into sight", () => {
    const { heard, pages: open } = pages();
    open.enter("feed", {}, false);
    open.leave();
    expect(heard).toEqual([]);
  });

  it("gives an unknown kind the index 0", () => {
    const { heard, pages: open } = pages();
    open.enter("elsewhere", {}, true);
    expect(heard).toEqual(["enter 0"]);
  });

  it("tells views alone where that is wanted", () => {
    const { heard, at, pages: open } = pages("views");
    open.enter("feed", {}, true);
    at.now = 5000;
    open.enter("detail", { item: "1" }, true);
    at.now = 9000;
    open.hide();
    open.show();
    at.now = 19_000;
    open.leave();
    expect(heard.filter((line) => line.includes(" - ") || /view|page/.test(line))).toEqual(["view detail 1 4000"]);
  });

  it("never tells a negative stay", () => {
    const { heard, at, pages: open } = pages();
    at.now = 100;
    open.enter("feed", {}, true);
    at.now = 50;
    open.leave();
    expect(heard.at(-1)).toBe("page_leave feed - 0");
  });
});
