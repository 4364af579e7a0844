import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Unpackable, packEvent } from "./packed_event.js";

const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString("hex");

// apps/edge/packed_event_test.cpp reads the same file: what is packed here is what the core takes it for.
const golden = new URL("../../../tests/golden/edge/packed.jsonl", import.meta.url);

describe("packEvent", () => {
  it("packs as the core's own test reads", () => {
    const lines = readFileSync(golden, "utf8").trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(6);
    for (const line of lines) {
      const { event, packed } = JSON.parse(line) as { event: object; packed: string };
      expect(hex(packEvent(JSON.stringify(event)))).toBe(packed);
    }
  });

  it("packs what changes nothing on a device to nothing", () => {
    for (const type of ["item", "promotion", "campaign", "impression", ""]) {
      expect(packEvent(JSON.stringify({ type, id: "e", ts_ms: 1 }))).toBeNull();
    }
    expect(packEvent("{}")).toBeNull();
  });

  it("refuses members that are no numbers or texts of the format", () => {
    const action = { type: "action", id: "e", ts_ms: 1, shopper: "ann", action: "view" };
    const refused = [{ ts_ms: -1 }, { ts_ms: 1.5 }, { ts_ms: null }, { id: 7 }, { stay_ms: "long" }, { quantity: -2 },
      { price: {} }, { price: { cents: 0.5 } }, { action: "look" }, { category: [3] }, { expires_ms: 1e300 }];
    expect(packEvent(JSON.stringify(action))).not.toBeNull();
    for (const members of refused) {
      expect(() => packEvent(JSON.stringify({ ...action, ...members })), JSON.stringify(members)).toThrow(Unpackable);
    }
  });

  it("packs numbers of more than 32 bits", () => {
    const packed = packEvent(JSON.stringify({ type: "link", id: "", ts_ms: 2 ** 53 - 1 }));
    expect(hex(packed)).toBe("02" + "ffffffffffffff0f" + "000000");
  });
});
