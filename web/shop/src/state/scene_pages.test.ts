import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../shared/problem";
import { type Page, ScenePages } from "./scene_pages";

const page = (items: string[], cursor: string | null = null, gap_cents = 0): Page => ({
  list: items.map((item) => ({ item: { item } })),
  cursor,
  offer: { promotion: "p", applied: false, eligible_cents: 0, step: 0, saved_now_cents: 0, gap_cents },
});
const shown = (pages: ScenePages) => pages.view.get().list.map(({ item }) => item.item);
const settled = () => new Promise((done) => setTimeout(done, 0)); // every answer here is there already

// Answers when told to.
function slow() {
  const waiting: ((page: Page) => void)[] = [];
  const pages = new ScenePages(() => new Promise((resolve) => waiting.push(resolve)));
  return { pages, waiting };
}

describe("the pages of a scene", () => {
  it("follow one another by cursor, each item once, until there is none", async () => {
    const asked: (string | null)[] = [];
    const pages = new ScenePages(async (cursor) => {
      asked.push(cursor);
      return cursor === null ? page(["a", "b"], "2") : page(["b", "c"]);
    });
    pages.begin();
    await settled();
    pages.more();
    await settled();
    pages.more();
    await settled();
    expect(asked).toEqual([null, "2"]);
    expect(shown(pages)).toEqual(["a", "b", "c"]);
    expect(pages.view.get().ended).toBe(true);
  });
  it("are asked for one at a time", async () => {
    const { pages, waiting } = slow();
    pages.begin();
    pages.more();
    expect(waiting).toHaveLength(1);
  });
  it("begun again keep what is there", async () => {
    let asked = 0;
    const pages = new ScenePages(async () => page([`item-${++asked}`], "more"));
    pages.begin();
    await settled();
    pages.begin();
    await settled();
    expect(asked).toBe(1);
  });
  it("asked anew show the old list until the new one is there, and what it is for", async () => {
    const { pages, waiting } = slow();
    pages.begin();
    waiting[0]!(page(["a"], "1", 4_000));
    await settled();
    pages.renew();
    expect(shown(pages)).toEqual(["a"]);
    expect(pages.view.get().offer?.gap_cents).toBe(4_000);
    waiting[1]!(page(["x"], null, 900));
    await settled();
    expect(shown(pages)).toEqual(["x"]);
    expect(pages.view.get().offer?.gap_cents).toBe(900);
  });
  it("asked anew throw away the page that is still under way", async () => {
    const { pages, waiting } = slow();
    pages.begin();
    pages.renew();
    waiting[1]!(page(["new"], "1"));
    await settled();
    waiting[0]!(page(["old"], "1"));
    await settled();
    expect(shown(pages)).toEqual(["new"]);
    pages.more();
    expect(waiting).toHaveLength(3);
  });
  it("of a scene that fails keep what they have, say why, and try again", async () => {
    let works = false;
    const pages = new ScenePages(async () => {
      if (!works) throw new ApiProblem("busy", "not now", 503);
      return page(["a"]);
    });
    pages.begin();
    await settled();
    expect(pages.view.get().problem?.kind).toBe("busy");
    works = true;
    pages.more();
    await settled();
    expect(shown(pages)).toEqual(["a"]);
    expect(pages.view.get().problem).toBeNull();
  });
});
