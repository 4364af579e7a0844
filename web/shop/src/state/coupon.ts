// The surprise coupon: granted by the coupon scene, shown until it is used or runs out. What an offer is worth is the
// shop's own rule.
import { discount } from "../format/money";
import { forget, isFlag, keep, recall } from "./keep";
import { Store } from "../../../shared/store";

export const PERCENT_OF: Readonly<Record<string, number>> = { "surprise-coupon": 10 };
export const OWN_TERM_MS = 20 * 60_000; // where the server names no end

export interface Coupon {
  coupon: string;
  percent: number;
  expires_ms: number;
  from: "server" | "device";
  probability: number | null;
}

const isCoupon = (value: unknown): value is Coupon =>
  typeof value === "object" && value !== null && "coupon" in value && "expires_ms" in value && "percent" in value;

export const coupon = new Store<Coupon | null>(recall<Coupon | null>("session", "coupon", null, isCoupon));
export const couponNews = new Store<boolean>(recall("session", "couponNews", false, isFlag)); // whether the popup shows

// One that is held already is no news: its popup would lie over whatever the shopper does now.
export function grantCoupon(granted: Coupon, now_ms: number = Date.now()): void {
  const held = coupon.get();
  if (couponHolds(held, now_ms) && held.coupon === granted.coupon) return;
  keep("session", "coupon", granted);
  coupon.set(granted);
  couponNews.set(true);
}

export function dropCoupon(): void {
  forget("session", "coupon");
  coupon.set(null);
  couponNews.set(false);
}

export function couponHolds(held: Coupon | null, now_ms: number): held is Coupon {
  return held !== null && now_ms < held.expires_ms;
}

// Minor units taken off an order.
export function savingOf(held: Coupon | null, cents: number, now_ms: number): number {
  return couponHolds(held, now_ms) ? discount(cents, held.percent) : 0;
}

couponNews.subscribe(() => keep("session", "couponNews", couponNews.get())); // a reload does not swallow a surprise
