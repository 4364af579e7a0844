import { describe, expect, it } from "vitest";
import { WallClock } from "./clock.js";

function clocks() {
  const at = { system: 1_000_000, monotonic: 5000 };
  return { at, clock: new WallClock(() => at.system, () => at.monotonic) };
}

describe("WallClock", () => {
  it("puts a stamp where it belongs on the wall clock", () => {
    const { clock } = clocks();
    expect(clock.at(4000)).toBe(999_000);
  });

  it("takes stamps of another clock for now", () => {
    const { clock } = clocks();
    for (const stamp of [0, -5, 1.7e12, NaN]) expect(clock.at(stamp)).toBe(1_000_000);
  });

  it("does not follow small differences", () => {
    const { at, clock } = clocks();
    at.system += 900;
    expect(clock.check()).toBe(false);
    expect(clock.now()).toBe(1_000_000);
  });

  it.each([3_600_000, -3_600_000])("goes on from a clock that was set by %d ms", (jump) => {
    const { at, clock } = clocks();
    at.system += jump;
    expect(clock.check()).toBe(true);
    expect(clock.now()).toBe(1_000_000 + jump);
    expect(clock.check()).toBe(false);
  });
});
