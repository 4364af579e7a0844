import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../shared/problem";
import { SkuShelf } from "./skus";

const sku = (item: string, parent: string) => ({ item, parent });

describe("the shelf of skus", () => {
  it("asks once for what is not known, and sorts the answer by goods", async () => {
    const asked: string[][] = [];
    const shelf = new SkuShelf(async (parents) => (asked.push(parents), [sku("a-1", "a"), sku("a-2", "a")]));
    await Promise.all([shelf.ask(["a", "b"]), shelf.ask(["b", "a"])]);
    expect(asked).toEqual([["a", "b"]]);
    expect(shelf.peek("a")).toEqual([sku("a-1", "a"), sku("a-2", "a")]);
    expect(shelf.peek("b")).toEqual([]);
    expect(shelf.peek("c")).toBeUndefined();
  });
  it("knows of none where the catalogue cannot be asked by parent, and asks no more", async () => {
    let asked = 0;
    const shelf = new SkuShelf(async () => {
      asked += 1;
      throw new ApiProblem("refused", "ids: is missing", 400);
    });
    expect(await shelf.get("a")).toEqual([]);
    expect(await shelf.get("b")).toEqual([]);
    expect(asked).toBe(1);
  });
  it("asks again after a failure, and says that it failed", async () => {
    let works = false;
    const shelf = new SkuShelf(async () => {
      if (!works) throw new ApiProblem("offline", "no network");
      return [sku("a-1", "a")];
    });
    await expect(shelf.get("a")).rejects.toThrow("no network");
    expect(shelf.peek("a")).toBeUndefined();
    works = true;
    expect(await shelf.get("a")).toHaveLength(1);
  });
});
