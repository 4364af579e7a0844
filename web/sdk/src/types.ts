// What an application says to the kit and hears from it. Names inside events, scores and decisions are the wire names
// of docs/formats.md; everything else is the kit's own.

export type Consent = "granted" | "denied" | "ask";

export interface Money {
  cents: number;
  currency?: string;
}

export const actionNames = [
  "page_enter", "page_leave", "back", "view", "search", "filter", "tag_pick", "click", "favourite", "cart_add",
  "cart_remove", "cart_tick", "cart_untick", "call", "chat", "share", "skip", "checkout", "purchase", "grant",
  "redeem", "expire",
] as const;
export type ActionName = (typeof actionNames)[number];

export interface OrderLine {
  item: string;
  quantity?: number;
  price?: Money;
  promotions?: string[];
  coupons?: string[];
}

/**
 * Members of an "action" event. `page` is filled in by the kit.
 */
export interface ActionFields {
  id?: string; // of the event, where the application's own server tells the same one; counted once
  item?: string;
  category?: string[];
  stay_ms?: number;
  query?: string;
  tag?: string;
  request?: string;
  quantity?: number;
  price?: Money;
  lines?: OrderLine[];
  coupon?: string;
  expires_ms?: number;
}

export interface PageFields {
  item?: string;
  category?: string[];
  request?: string;
  price?: Money;
}

export interface Score {
  at_ms: number;
  version: string;
  /** By target: {"purchase_1h": 0.23} */
  probabilities: Record<string, number>;
  from: "device" | "server";
}

/**
 * What a score rested on: `intra` says how much each of the view's last records counted, oldest first; `inter` how
 * much this view looked at each record of another one.
 */
export interface ViewAttention {
  /** "swipe", "tap" or "browse" */
  view: string;
  rows: number;
  intra: number[];
  inter: { view: string; weights: number[] }[];
}

/**
 * `decision` of a scene's answer, and the answer's request id.
 */
export interface CouponDecision {
  offer: boolean;
  what: string | null;
  target: string | null;
  probability: number | null;
  band: { low: number; high: number } | null;
  reason: string;
  score_from?: "server" | "device";
  hint?: string;
  request_id: string;
}

export type ProblemCode =
  | "bad_call" // an argument was wrong; the call did nothing
  | "event_refused" // the server or the core refused an event; it was dropped
  | "events_lost" // a bound was reached; the oldest went
  | "samples_lost" // pointer samples came faster than they could be read
  | "storage" // the browser's storage is not to be had; events wait in memory
  | "server" // the server did not answer as it should; tried again later where that helps
  | "device"; // no score on this device; raw samples are sent instead

export interface Problem {
  code: ProblemCode;
  message: string;
}

export interface CouponOptions {
  scene: string;
  target: string;
  /** The band, both ends inside */
  low: number;
  high: number;
  /** Between two questions; 30,000 */
  minIntervalMs?: number;
}

export interface Options {
  /** "" is the page's own origin */
  server: string;
  shopper: string;
  session?: string;
  /** "ask": nothing happens before setConsent("granted") */
  consent?: Consent;
  model?: string;
  precision?: "float" | "fp16" | "int8";
  /** The folder with both wasm files; "" switches the device's own score off */
  wasm?: string | URL;
  coupon?: CouponOptions;
  /** Page kinds in the order of their index; the first is 0 */
  pages?: readonly string[];
  /** "views": pages without an item are not told */
  pageEvents?: "all" | "views";
  /** How often to send what waits; 10,000 */
  flushEveryMs?: number;
  /** Between two scores, at least; 500 */
  scoreEveryMs?: number;
  onScore?(score: Score): void;
  /** Every decision of the scene: look at `offer` */
  onCoupon?(decision: CouponDecision): void;
  onProblem?(problem: Problem): void;
}

export interface Inkling {
  setConsent(consent: "granted" | "denied"): void;
  page(kind: string, fields?: PageFields): void;
  action(name: ActionName, fields?: ActionFields): void;
  search(query: string): void;
  score(): Score | null;
  explain(): ViewAttention[] | null;
  flush(): Promise<void>;
  stop(): Promise<void>;
}
