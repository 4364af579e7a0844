// The one place where the shop speaks to inkling-sdk. Without consent the kit is not even started.
import type { ActionFields, ActionName, CouponDecision, Inkling, PageFields } from "inkling-sdk";
import { start } from "inkling-sdk";
import { readShopper } from "../api/shoppers";
import { PAGES, type PageKind } from "./app_tables";
import { grantCoupon, OWN_TERM_MS, PERCENT_OF } from "./coupon";
import { tellScore } from "./scores";
import { consent, session, shopper } from "./shopper";

export const TARGET = "purchase_1h";
export const BAND = { low: 0.2, high: 0.4 }; // of web/shop/coupon.yaml: outside it the scene need not be asked

const LONGEST_FLUSH_MS = 2_000;

let kit: Inkling | null = null;
let page: [PageKind, PageFields] = ["home", {}];

async function onCoupon(decision: CouponDecision): Promise<void> {
  const what = decision.what;
  if (!decision.offer || what === null) return;
  const expires_ms = (await grantedUntil(what)) ?? Date.now() + OWN_TERM_MS;
  const from = decision.score_from ?? "server";
  grantCoupon({ coupon: what, percent: PERCENT_OF[what] ?? 5, expires_ms, from, probability: decision.probability });
}

// The end of the grant that the server journaled; null where it tells none.
async function grantedUntil(what: string): Promise<number | null> {
  try {
    const { coupons } = await readShopper(shopper);
    return coupons.filter((each) => each.coupon === what && !each.redeemed).at(-1)?.expires_ms ?? null;
  } catch {
    return null;
  }
}

async function begin(): Promise<void> {
  const started = await start({
    server: "",
    shopper,
    session,
    consent: "granted",
    pages: PAGES,
    pageEvents: "views",
    wasm: "/edge/",
    flushEveryMs: 5_000,
    coupon: { scene: "coupon", target: TARGET, ...BAND, minIntervalMs: 10_000 },
    onScore: (score) => tellScore(score, kit?.explain() ?? null),
    onCoupon: (decision) => void onCoupon(decision),
    onProblem: (problem) => console.warn(`inkling: ${problem.code}: ${problem.message}`),
  });
  if (consent.get() !== "granted") return void started.stop();
  kit = started;
  kit.page(...page);
}

export function watchConsent(): void {
  const follow = () => {
    if (consent.get() === "granted" && kit === null) void begin();
    if (consent.get() === "denied" && kit !== null) {
      kit.setConsent("denied");
      void kit.stop();
      kit = null;
    }
  };
  consent.subscribe(follow);
  follow();
}

export function enter(kind: PageKind, fields: PageFields = {}): void {
  page = [kind, fields];
  kit?.page(kind, fields);
}

export function tell(name: ActionName, fields: ActionFields = {}): void {
  kit?.action(name, fields);
}

export function tellSearch(query: string): void {
  kit?.search(query);
}

// Sends what waits; gives up after a moment, because what comes next does not depend on it.
export async function flush(): Promise<void> {
  if (kit === null) return;
  await Promise.race([kit.flush().catch(() => undefined), new Promise((done) => setTimeout(done, LONGEST_FLUSH_MS))]);
}
