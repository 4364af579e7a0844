import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../shared/problem";
import type { Cart, CartChange, CartLine } from "../api/types";
import { CartStore, changed, type CartServer } from "./cart_store";

const cartOf = (lines: CartLine[]): Cart => ({ shopper: "ann", lines, ticked_cents: 0, currency: "EUR" });

// Answers when it is told to; keeps what a real server would.
class SlowServer implements CartServer {
  lines: CartLine[] = [{ item: "a", quantity: 1, ticked: true }];
  asked: CartChange[] = [];
  private readonly waiting: ((works: boolean) => void)[] = [];

  read = async () => cartOf(this.lines);

  change = (_id: string, changes: CartChange[]): Promise<Cart> =>
    new Promise((resolve, reject) => {
      this.asked.push(...changes);
      this.waiting.push((works) => {
        if (!works) return reject(new ApiProblem("busy", "not now", 503));
        for (const each of changes) this.lines = changed(this.lines, each);
        resolve(cartOf(this.lines));
      });
    });

  async answer(works: boolean): Promise<void> {
    while (this.waiting.length === 0) await Promise.resolve();
    this.waiting.shift()!(works);
  }
}

async function loaded(): Promise<{ server: SlowServer; store: CartStore }> {
  const server = new SlowServer();
  let ids = 0;
  const store = new CartStore(server, () => `id-${++ids}`);
  await store.load();
  return { server, store };
}

const items = (store: CartStore) =>
  store.view.get().lines.map(({ item, quantity, ticked }) => `${quantity} ${item}${ticked ? "" : " off"}`);

describe("the cart", () => {
  it("shows a change before the server has answered", async () => {
    const { server, store } = await loaded();
    const { done } = store.apply({ item: "b", add: 2 });
    expect(items(store)).toEqual(["1 a", "2 b"]);
    expect(store.view.get().busy).toBe(1);
    await server.answer(true);
    expect(await done).toBe(true);
    expect(items(store)).toEqual(["1 a", "2 b"]);
    expect(store.view.get().busy).toBe(0);
  });

  it("rolls back what the server refuses, and says so", async () => {
    const { server, store } = await loaded();
    const { done } = store.apply({ item: "a", remove: true });
    expect(items(store)).toEqual([]);
    await server.answer(false);
    expect(await done).toBe(false);
    expect(items(store)).toEqual(["1 a"]);
    expect(store.view.get().problem?.kind).toBe("busy");
  });

  it("rolls back the one refused change and keeps the others", async () => {
    const { server, store } = await loaded();
    const refused = store.apply({ item: "b", add: 1 });
    const taken = store.apply({ item: "a", ticked: false });
    await server.answer(false);
    await refused.done;
    expect(items(store)).toEqual(["1 a off"]);
    await server.answer(true);
    await taken.done;
    expect(items(store)).toEqual(["1 a off"]);
  });

  it("sends changes one after another, in their order", async () => {
    const { server, store } = await loaded();
    store.apply({ item: "a", quantity: 2 });
    const last = store.apply({ item: "a", quantity: 5 });
    await new Promise((done) => setTimeout(done, 0)); // whatever could go out has gone out
    expect(server.asked).toEqual([{ item: "a", quantity: 2 }]);
    await server.answer(true);
    expect(items(store)).toEqual(["5 a"]); // the second is not answered yet and shows nevertheless
    await server.answer(true);
    await last.done;
    expect(server.asked).toEqual([
      { item: "a", quantity: 2 },
      { item: "a", quantity: 5 },
    ]);
    expect(items(store)).toEqual(["5 a"]);
  });

  it("keeps what it has when it cannot be read", async () => {
    const { server, store } = await loaded();
    server.read = () => Promise.reject(new ApiProblem("offline", "no network"));
    await store.load();
    expect(items(store)).toEqual(["1 a"]);
    expect(store.view.get().problem?.kind).toBe("offline");
  });
});

describe("offers", () => {
  const offers = { saved_cents: 3_000, promotions: [], lines: [] };
  it("stay as the server told them last while a change is under way, beside the amount they are for", async () => {
    const { server, store } = await loaded();
    server.read = async () => ({ ...cartOf(server.lines), ticked_cents: 26_000, offers });
    await store.load();
    const { done } = store.apply({ item: "a", ticked: false });
    expect(store.view.get()).toMatchObject({ busy: 1, told_cents: 26_000, offers });
    await server.answer(true);
    await done;
    expect(store.view.get()).toMatchObject({ busy: 0, told_cents: 0, offers: { saved_cents: 0 } });
  });
  it("are those of before once a change was refused", async () => {
    const { server, store } = await loaded();
    server.read = async () => ({ ...cartOf(server.lines), offers });
    await store.load();
    const { done } = store.apply({ item: "a", ticked: false });
    await server.answer(false);
    await done;
    expect(store.view.get()).toMatchObject({ busy: 0, offers });
  });
});

describe("a cart that cannot be quoted", () => {
  it("is a cart without offers", async () => {
    const { server, store } = await loaded();
    server.read = async () => ({ ...cartOf(server.lines), offers: { refused: "lines[1]: is in USD" } });
    await store.load();
    expect(store.view.get()).toMatchObject({ loaded: true, problem: null, offers: { promotions: [] } });
  });
});

describe("being idle", () => {
  it("waits for every change made until then", async () => {
    const { server, store } = await loaded();
    store.apply({ item: "a", ticked: false });
    let idle = false;
    const waited = store.idle().then(() => (idle = true));
    await new Promise((done) => setTimeout(done, 0)); // whatever could happen has happened
    expect(idle).toBe(false);
    await server.answer(true);
    await waited;
    expect(server.lines[0]?.ticked).toBe(false);
  });
});

describe("a change", () => {
  const lines: CartLine[] = [{ item: "a", quantity: 1, ticked: false }];
  it("that adds to a line ticks it, as the server does", () => {
    expect(changed(lines, { item: "a", add: 2 })).toEqual([{ item: "a", quantity: 3, ticked: true }]);
  });
  it("of the quantity leaves the tick", () => {
    expect(changed(lines, { item: "a", quantity: 4 })).toEqual([{ item: "a", quantity: 4, ticked: false }]);
    expect(changed(lines, { item: "a", quantity: 0 })).toEqual([]);
  });
  it("of what is not in the cart changes nothing, but adding", () => {
    expect(changed(lines, { item: "b", ticked: true })).toEqual(lines);
    expect(changed(lines, { item: "b", add: 1 })).toHaveLength(2);
  });
});
