// The application's handle, and the gate of consent: what watches the shopper exists only while consent is granted.

import type { Browser } from "./browser.js";
import { BadCall } from "./events.js";
import type { Settings } from "./settings.js";
import type { ActionFields, ActionName, Inkling, PageFields, Score, ViewAttention } from "./types.js";
import { Watch } from "./watch.js";

export class Kit implements Inkling {
  private watch: Watch | null = null;
  private here: { kind: string; fields: PageFields } | null = null; // for a consent that comes later
  private stopped = false;

  constructor(
    private readonly settings: Settings,
    private readonly browser: Browser,
    private readonly onStop: () => void = () => undefined,
  ) {
    if (settings.consent === "granted") this.setConsent("granted");
    if (settings.consent === "denied") this.setConsent("denied");
  }

  setConsent(consent: "granted" | "denied"): void {
    if (this.stopped) return;
    if (consent === "granted") {
      if (this.watch) return;
      this.watch = new Watch(this.settings, this.browser);
      if (this.here) this.page(this.here.kind, this.here.fields);
      return;
    }
    const watch = this.watch;
    this.watch = null;
    const forget = () => this.browser.forget(this.settings.server);
    if (watch) void watch.forget().then(forget);
    else forget();
  }

  page(kind: string, fields: PageFields = {}): void {
    this.here = { kind, fields };
    this.checked((watch) => watch.page(kind, fields));
  }

  action(name: ActionName, fields: ActionFields = {}): void {
    this.checked((watch) => watch.action(name, fields));
  }

  search(query: string): void {
    this.action("search", { query });
  }

  score(): Score | null {
    return this.watch?.score() ?? null;
  }

  explain(): ViewAttention[] | null {
    return this.watch?.explain() ?? null;
  }

  async flush(): Promise<void> {
    await this.watch?.flush();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.onStop();
    const watch = this.watch;
    this.watch = null;
    await watch?.stop();
  }

  // A wrong argument is told to onProblem: a shop must not stop because of what watches it.
  private checked(call: (watch: Watch) => void): void {
    if (this.watch === null) return;
    try {
      call(this.watch);
    } catch (error) {
      if (!(error instanceof BadCall)) throw error;
      this.settings.onProblem?.({ code: "bad_call", message: error.message });
    }
  }
}
