import { describe, expect, it } from "vitest";
import { forgetSession, keepSession, sessionKey, sessionName } from "./session.js";

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const minuteMs = 60_000;

describe("sessionName", () => {
  it("stays over page loads until half an hour passes without anything", () => {
    const tab = storage();
    const name = sessionName(tab, 0);
    expect(sessionName(tab, 29 * minuteMs)).toBe(name);
    keepSession(tab, name, 50 * minuteMs);
    expect(sessionName(tab, 79 * minuteMs)).toBe(name);
    expect(sessionName(tab, 110 * minuteMs)).not.toBe(name);
  });

  it("ends when the clock was set back by more than that", () => {
    const tab = storage();
    const name = sessionName(tab, 1e12);
    expect(sessionName(tab, 1e12 - 31 * minuteMs)).not.toBe(name);
  });

  it("is forgotten", () => {
    const tab = storage();
    const name = sessionName(tab, 0);
    forgetSession(tab);
    expect(tab.kept.has(sessionKey)).toBe(false);
    expect(sessionName(tab, 0)).not.toBe(name);
  });

  it("lasts a page load where nothing can be kept", () => {
    const refuse = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
    expect(sessionName({ getItem: refuse, setItem: refuse, removeItem: refuse }, 0)).toMatch(/^[0-9a-z]{14}$/);
    expect(sessionName(null, 0)).toMatch(/^[0-9a-z]{14}$/);
  });
});
