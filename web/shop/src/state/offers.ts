// What the server's quote means for the page. Savings are shown as the server states them, never computed here; only
// the way to the next step is foretold while a change is under way, where every ticked line counts for the promotion.
import type { Offers, PromotionQuote } from "../api/types";
import { sumOf } from "../format/money";
import { cart } from "./cart";
import type { CartView } from "./cart_store";
import { useStore } from "../../../shared/store";

// The one whose step the server calls the nearest; else the one that gives most.
export function foremost({ promotions, banner }: Offers): PromotionQuote | undefined {
  const larger = (a: PromotionQuote, b: PromotionQuote) => savedBy(b) - savedBy(a);
  return promotions.find(({ promotion }) => promotion === banner?.promotion) ?? [...promotions].sort(larger)[0];
}

export const savedBy = (quote: PromotionQuote) => (quote.applied ? quote.saved_now_cents : 0);

export interface Offer {
  quote: PromotionQuote;
  gap_cents: number | undefined; // to the next step; while pending foretold: 0 or less where it should be reached
  pending: boolean; // changes are under way: every number is about to be told anew
}

export function offerOf(view: CartView, quote: PromotionQuote): Offer {
  const pending = view.busy > 0;
  if (!pending || quote.gap_cents === undefined || quote.eligible_cents !== view.told_cents)
    return { quote, gap_cents: quote.gap_cents, pending };
  const shown_cents = sumOf(view.lines.filter((line) => line.ticked));
  return { quote, gap_cents: quote.gap_cents - (shown_cents - view.told_cents), pending };
}

// `promotion` by id, or the foremost one; null where there is none.
export function useOffer(promotion?: string): Offer | null {
  const view = useStore(cart.view);
  const quote =
    promotion === undefined
      ? foremost(view.offers)
      : view.offers.promotions.find((each) => each.promotion === promotion);
  return quote ? offerOf(view, quote) : null;
}

export interface ReceiptRow {
  promotion: string | null; // null: all of them together
  title: string | undefined;
  saved_cents: number;
}

// One row a promotion where they add up to what the server says is saved; else one for all.
export function receiptOf({ promotions, saved_cents }: Offers): ReceiptRow[] {
  if (saved_cents <= 0) return [];
  const counted = promotions.filter((quote) => savedBy(quote) > 0);
  if (counted.reduce((sum, quote) => sum + savedBy(quote), 0) !== saved_cents)
    return [{ promotion: null, title: undefined, saved_cents }];
  return counted.map((quote) => ({
    promotion: quote.promotion,
    title: quote.title,
    saved_cents: savedBy(quote),
  }));
}

// What is left to the next step when goods of that price are added; 0: they reach it. undefined: nothing to reach.
export function shortOf(gap_cents: number | undefined, price_cents: number | undefined): number | undefined {
  if (gap_cents === undefined || price_cents === undefined) return undefined;
  return Math.max(0, gap_cents - price_cents);
}
