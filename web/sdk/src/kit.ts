// The application's handle, and the gate of consent: what watches the shopper exists only while consent is granted.

import type { Browser } from "./browser.js";
import { BadCall } from "./events.js";
import type { Settings } from "./settings.js";
import type { ActionFields, ActionName, Inkling, PageFields, Score, ViewAttention } from "./types.js";
import { Watch } from "./watch.js";

export class Kit implements Inkling {
  private watch_: Watch | null = null;
  private here_: { kind: string; fields: PageFields } | null = null; // for a consent that comes later
  private granted_ = false;
  private forgetting_ = false;
  private stopped_ = false;

  constructor(
    private readonly settings_: Settings,
    private readonly browser_: Browser,
    private readonly onStop_: () => void = () => undefined,
  ) {
    if (settings_.consent === "granted") this.setConsent("granted");
    if (settings_.consent === "denied") this.setConsent("denied");
  }

  setConsent(consent: "granted" | "denied"): void {
    if (this.stopped_) return;
    this.granted_ = consent === "granted";
    if (!this.granted_) this.forget_();
    else if (!this.forgetting_) this.begin_();
  }

  page(kind: string, fields: PageFields = {}): void {
    this.here_ = { kind, fields };
    this.checked_((watch) => watch.page(kind, fields));
  }

  action(name: ActionName, fields: ActionFields = {}): void {
    this.checked_((watch) => watch.action(name, fields));
  }

  search(query: string): void {
    this.action("search", { query });
  }

  score(): Score | null {
    return this.watch_?.score() ?? null;
  }

  explain(): ViewAttention[] | null {
    return this.watch_?.explain() ?? null;
  }

  async flush(): Promise<void> {
    await this.watch_?.flush();
  }

  async stop(): Promise<void> {
    this.stopped_ = true;
    this.onStop_();
    const watch = this.watch_;
    this.watch_ = null;
    await watch?.stop();
  }

  private begin_(): void {
    if (this.watch_) return;
    this.watch_ = new Watch(this.settings_, this.browser_);
    if (this.here_) this.page(this.here_.kind, this.here_.fields);
  }

  // A consent that comes while things are being removed waits, so that its own things are not removed.
  private forget_(): void {
    const watch = this.watch_;
    this.watch_ = null;
    if (this.forgetting_) return;
    this.forgetting_ = true;
    void Promise.resolve(watch?.forget()).finally(() => {
      this.browser_.forget(this.settings_.server);
      this.forgetting_ = false;
      if (this.granted_ && !this.stopped_) this.begin_();
    });
  }

  // A wrong argument is told to onProblem: a shop must not stop because of what watches it.
  private checked_(call: (watch: Watch) => void): void {
    if (this.watch_ === null) return;
    try {
      call(this.watch_);
    } catch (error) {
      if (!(error instanceof BadCall)) throw error;
      this.settings_.onProblem?.({ code: "bad_call", message: error.message });
    }
  }
}
