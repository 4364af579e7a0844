import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { whenIdle } from "./idle.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestIdleCallback", (run: () => void) => setTimeout(run, 1));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("whenIdle", () => {
  it("runs once for any number of calls, soon, and never within one", () => {
    const run = vi.fn();
    const wake = whenIdle(run);
    for (let i = 0; i < 1000; ++i) wake();
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(101);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("runs in a message of its own where there are no idle callbacks", () => {
    vi.stubGlobal("requestIdleCallback", undefined);
    const ports: { onmessage: () => void }[] = [];
    vi.stubGlobal("MessageChannel", class {
      port1 = { onmessage: () => undefined as void };
      port2 = { postMessage: () => setTimeout(() => this.port1.onmessage(), 1) };
      constructor() {
        ports.push(this.port1);
      }
    });
    const run = vi.fn();
    const wake = whenIdle(run);
    for (let i = 0; i < 100; ++i) wake();
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(110);
    expect(run).toHaveBeenCalledTimes(1);
    expect(ports).toHaveLength(1);
  });

  it("starts one timer for a burst, and none is left when it is over", () => {
    const run = vi.fn();
    const wake = whenIdle(run);
    const starts = vi.spyOn(globalThis, "setInterval");
    for (let i = 0; i < 500; ++i) {
      wake();
      vi.advanceTimersByTime(16);
    }
    expect(starts).toHaveBeenCalledTimes(1);
    expect(run.mock.calls.length).toBeGreaterThan(70);
    vi.advanceTimersByTime(5000);
    expect(vi.getTimerCount()).toBe(0);
    wake();
    vi.advanceTimersByTime(101);
    expect(starts).toHaveBeenCalledTimes(2);
  });
});
