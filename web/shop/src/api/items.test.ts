import { describe, expect, it } from "vitest";
import { ItemShelf } from "./items";

describe("the shelf", () => {
  it("asks once for what is wanted in the same moment", async () => {
    const asked: string[][] = [];
    const shelf = new ItemShelf(async (ids) => (asked.push(ids), ids.map((item) => ({ item }))));
    await Promise.all([shelf.getAll(["a", "b"]), shelf.get("a"), shelf.get("c")]);
    expect(asked).toEqual([["a", "b", "c"]]);
    await shelf.get("b");
    expect(asked).toHaveLength(1);
  });
  it("asks for at most 200 at once", async () => {
    const sizes: number[] = [];
    const shelf = new ItemShelf(async (ids) => (sizes.push(ids.length), ids.map((item) => ({ item }))));
    await shelf.getAll(Array.from({ length: 450 }, (_, number) => `item-${number}`));
    expect(sizes).toEqual([200, 200, 50]);
  });
  it("says null for what there is not, and leaves it out of lists", async () => {
    const shelf = new ItemShelf(async () => [{ item: "a" }]);
    expect(await shelf.get("gone")).toBeNull();
    expect(await shelf.getAll(["gone", "a"])).toEqual([{ item: "a" }]);
  });
  it("asks again after a failure", async () => {
    let works = false;
    const shelf = new ItemShelf(async (ids) => {
      if (!works) throw new Error("offline");
      return ids.map((item) => ({ item }));
    });
    await expect(shelf.get("a")).rejects.toThrow("offline");
    works = true;
    expect(await shelf.get("a")).toEqual({ item: "a" });
  });
});
