// Which page the shopper looks at, and for how long: time while the page is hidden does not count. What is told:
//   a page with an item   one `view` with its stay, when it is left, hidden or acted on (whichever comes first);
//   every other page      `page_leave` with its stay, when it is left or hidden.
// A page that comes back into sight goes on; what was looked at since is told by another `page_leave`. There is no
// `page_enter`: ts_ms - stay_ms of what is told says when a page was entered.

import type { ActionFields, ActionName, PageFields } from "./types.js";

const shortestStayMs = 500; // of a page that was told already

export interface PageListener {
  tell(name: ActionName, page: string, fields: ActionFields): void;
  entered(kindIndex: number): void;
  left(): void;
}

export class Pages {
  kind = "";
  private fields: PageFields = {};
  private open = false;
  private told = false;
  private stayMs = 0; // before `since`, not told yet
  private sinceMs: number | null = null; // null: not looked at

  constructor(
    private readonly kinds: readonly string[],
    private readonly listener: PageListener,
    private readonly nowMs: () => number,
    private readonly which: "all" | "views" = "all",
  ) {}

  enter(kind: string, fields: PageFields, visible: boolean): void {
    this.leave();
    this.kind = kind;
    this.fields = fields;
    this.open = true;
    this.told = false;
    this.stayMs = 0;
    if (visible) this.show();
  }

  leave(): void {
    if (!this.open) return;
    this.hide();
    this.open = false;
  }

  hide(): void {
    if (!this.open || this.sinceMs === null) return;
    this.pause();
    this.listener.left(); // ends the stroke under way, so that its gesture stands before what is told
    this.tellStay();
  }

  show(): void {
    if (!this.open || this.sinceMs !== null) return;
    this.sinceMs = this.nowMs();
    this.listener.entered(Math.max(0, this.kinds.indexOf(this.kind)));
  }

  // Models learn that an item was viewed before something is done with it, so the view is told first.
  actsOn(item: string | undefined): void {
    if (!this.open || this.told || this.fields.item === undefined || this.fields.item !== item) return;
    const visible = this.sinceMs !== null;
    this.pause();
    this.tellStay();
    if (visible) this.sinceMs = this.nowMs();
  }

  private pause(): void {
    if (this.sinceMs === null) return;
    this.stayMs += Math.max(0, this.nowMs() - this.sinceMs);
    this.sinceMs = null;
  }

  private tellStay(): void {
    const isView = this.fields.item !== undefined && !this.told;
    const stay_ms = Math.round(this.stayMs);
    if (!isView && (this.which === "views" || (this.told && stay_ms < shortestStayMs))) return;
    this.told = true;
    this.stayMs = 0;
    this.listener.tell(isView ? "view" : "page_leave", this.kind, { ...this.fields, stay_ms });
  }
}
