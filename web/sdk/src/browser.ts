// What the kit uses of a browser, in one place, so that tests can stand in for it and so that a browser without one
// of these still runs the rest.

import type { CaptureTarget } from "./capture.js";
import { cacheName } from "./device.js";
import type { EdgeLoader } from "./edge.js";
import { type EventStore, IndexedStore } from "./event_store.js";
import { whenIdle } from "./idle.js";
import { forgetSession, tabStorage } from "./session.js";

const openMs = 3000;

export interface Browser {
  window: CaptureTarget;
  document: CaptureTarget;
  screenPx(): [number, number];
  visible(): boolean;
  whenIdle(run: () => void): () => void;
  openStore(server: string): Promise<EventStore>;
  exclusively(run: () => Promise<void>): Promise<void>;
  loadEdge: EdgeLoader;
  forget(server: string): void;
}

function databaseName(server: string): string {
  return `inkling-sdk ${server}`;
}

function removeDatabase(server: string): void {
  try {
    indexedDB.deleteDatabase(databaseName(server));
  } catch {
    // there is no such storage, so nothing is kept in it
  }
}

async function openDatabase(server: string): Promise<EventStore> {
  return IndexedStore.open(indexedDB, databaseName(server));
}

// Some private windows neither open a database nor say that they will not.
function inVain(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("it did not open in time")), openMs));
}

// With the lock that all tabs share; without where there are no locks, or not for this page.
async function exclusively(run: () => Promise<void>): Promise<void> {
  let ran = false;
  const once = () => {
    ran = true;
    return run();
  };
  await navigator.locks?.request("inkling-sdk", once).catch(() => undefined);
  if (!ran) await run();
}

export function thisBrowser(loadEdge: EdgeLoader): Browser {
  return {
    window: window as unknown as CaptureTarget,
    document: document as unknown as CaptureTarget,
    screenPx: () => [window.innerWidth, window.innerHeight],
    visible: () => document.visibilityState !== "hidden",
    whenIdle,
    openStore: (server) => Promise.race([openDatabase(server), inVain()]),
    exclusively,
    loadEdge,
    forget(server) {
      removeDatabase(server);
      forgetSession(tabStorage());
      void globalThis.caches?.delete(cacheName).catch(() => undefined);
    },
  };
}
