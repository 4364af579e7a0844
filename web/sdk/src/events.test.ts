import { describe, expect, it } from "vitest";
import { BadCall, EventWriter, checkedFields } from "./events.js";
import type { ActionFields, ActionName } from "./types.js";

const read = (json: string) => JSON.parse(json) as Record<string, unknown>;

describe("EventWriter", () => {
  it("writes an action in the form of docs/formats.md", () => {
    const events = new EventWriter("ann", "s1");
    const json = events.action(1735690060000.4, "cart_add", "detail", { item: "77", quantity: 2 });
    const { id, ...rest } = read(json);
    expect(id).toMatch(/^sdk-[0-9a-z]{14}-1$/);
    expect(rest).toEqual({
      type: "action", ts_ms: 1735690060000, shopper: "ann", session: "s1", action: "cart_add", page: "detail",
      item: "77", quantity: 2,
    });
  });

  it("gives every event of every page load an id of its own", () => {
    const ids = new Set<unknown>();
    for (let load = 0; load < 50; ++load) {
      const events = new EventWriter("ann", "s1");
      for (let i = 0; i < 50; ++i) ids.add(read(events.action(1, "back", "", {}))["id"]);
    }
    expect(ids.size).toBe(2500);
  });

  it("names the pointer of gestures unless it is a finger", () => {
    const events = new EventWriter("ann", "s1");
    const batch = { ts_ms: 5, swipes: [], taps: [[0, 1, 2, 3, 4, 5]] };
    expect(read(events.gestures({ ...batch, pointer: "touch" }))).not.toHaveProperty("pointer");
    expect(read(events.gestures({ ...batch, pointer: "pen" }))).toMatchObject({ pointer: "pen", taps: batch.taps });
  });

  it("refuses an action that does not exist", () => {
    const events = new EventWriter("ann", "s1");
    expect(() => events.action(1, "buy" as ActionName, "", {})).toThrow(/"buy" does not exist; expected one of/);
  });
});

describe("checkedFields", () => {
  it("lets no member through that the format does not name", () => {
    const form = { item: "77", email: "ann@example.org", password: "secret", page: "x" } as ActionFields;
    expect(checkedFields(form)).toEqual({ item: "77" });
    const line = { item: "1", price: { cents: 5, card: "4111" }, note: "for ann" } as never;
    expect(checkedFields({ lines: [line] })).toEqual({ lines: [{ item: "1", price: { cents: 5 } }] });
  });

  it.each([
    [{ item: "" }, "item"], [{ item: 77 }, "item"], [{ item: "ä".repeat(65) }, "item"],
    [{ category: ["a", 1] }, "category[1]"], [{ category: "Shoes" }, "category"], [{ quantity: 0 }, "quantity"],
    [{ quantity: NaN }, "quantity"], [{ price: { cents: -1 } }, "price.cents"],
    [{ price: { cents: 5, currency: "euro" } }, "price.currency"], [{ lines: [{}] }, "lines[0].item"],
  ])("refuses %j by the name of what is wrong", (fields, name) => {
    expect(() => checkedFields(fields as ActionFields)).toThrow(BadCall);
    expect(() => checkedFields(fields as ActionFields)).toThrow(name);
  });

  it("cuts an overlong query", () => {
    expect(checkedFields({ query: "x".repeat(10_000) }).query).toHaveLength(500);
  });
});
