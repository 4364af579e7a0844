// The name of a visit: of one tab, for as long as no half hour passes without anything. Kept in sessionStorage, which
// ends with the tab; where that is not to be had, for as long as the page.

import { randomName } from "./events.js";

export const sessionKey = "inkling-session";
const gapMs = 30 * 60_000;

type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

export function tabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null; // the browser was told to keep nothing
  }
}

export function sessionName(storage: Storage | null, nowMs: number): string {
  let name = "";
  try {
    const [kept, atMs] = (storage?.getItem(sessionKey) ?? "").split(" ");
    if (kept && Math.abs(nowMs - Number(atMs)) < gapMs) name = kept;
  } catch {
    // nothing can be kept
  }
  name ||= randomName();
  keepSession(storage, name, nowMs);
  return name;
}

// It goes on for another half hour.
export function keepSession(storage: Storage | null, name: string, nowMs: number): void {
  try {
    storage?.setItem(sessionKey, `${name} ${Math.round(nowMs)}`);
  } catch {
    // nothing can be kept
  }
}

export function forgetSession(storage: Storage | null): void {
  try {
    storage?.removeItem(sessionKey);
  } catch {
    // nothing was kept
  }
}
