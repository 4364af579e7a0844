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
  private fields_: PageFields = {};
  private open_ = false;
  private told_ = false;
  private stayMs_ = 0; // before `since`, not told yet
  private sinceMs_: number | null = null; // null: not looked at

  constructor(
    private readonly kinds_: readonly string[],
    private readonly listener_: PageListener,
    private readonly nowMs_: () => number,
    private readonly which_: "all" | "views" = "all",
  ) {}

  enter(kind: string, fields: PageFields, visible: boolean): void {
    this.leave();
    this.kind = kind;
    this.fields_ = fields;
    this.open_ = true;
    this.told_ = false;
    this.stayMs_ = 0;
    if (visible) this.show();
  }

  leave(): void {
    if (!this.open_) return;
    this.hide();
    this.open_ = false;
  }

  hide(): void {
    if (!this.open_ || this.sinceMs_ === null) return;
    this.pause_();
    this.listener_.left(); // ends the stroke under way, so that its gesture stands before what is told
    this.tellStay_();
  }

  show(): void {
    if (!this.open_ || this.sinceMs_ !== null) return;
    this.sinceMs_ = this.nowMs_();
    this.listener_.entered(Math.max(0, this.kinds_.indexOf(this.kind)));
  }

  // Models learn that an item was viewed before something is done with it, so the view is told first.
  actsOn(item: string | undefined): void {
    if (!this.open_ || this.told_ || this.fields_.item === undefined || this.fields_.item !== item) return;
    const visible = this.sinceMs_ !== null;
    this.pause_();
    this.tellStay_();
    if (visible) this.sinceMs_ = this.nowMs_();
  }

  private pause_(): void {
    if (this.sinceMs_ === null) return;
    this.stayMs_ += Math.max(0, this.nowMs_() - this.sinceMs_);
    this.sinceMs_ = null;
  }

  private tellStay_(): void {
    const isView = this.fields_.item !== undefined && !this.told_;
    const stay_ms = Math.round(this.stayMs_);
    if (!isView && (this.which_ === "views" || (this.told_ && stay_ms < shortestStayMs))) return;
    this.told_ = true;
    this.stayMs_ = 0;
    this.listener_.tell(isView ? "view" : "page_leave", this.kind, { ...this.fields_, stay_ms });
  }
}
