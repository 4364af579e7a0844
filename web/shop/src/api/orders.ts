// An order is the shop's own business, so it is told whether or not the shopper lets the kit look on.
import { call } from "../../../shared/client";
import type { CartLine, Offers } from "./types";

export interface Order {
  id: string;
  shopper: string;
  session: string;
  lines: CartLine[];
  offers: Offers;
  coupon: string | null;
}

export function purchaseLines(order: Order) {
  return order.lines.map(({ item, quantity, price }) => {
    const promotions = promotionsOf(order.offers, item);
    return {
      item,
      quantity,
      ...(price && { price }),
      ...(promotions.length > 0 && { promotions }),
      ...(order.coupon && { coupons: [order.coupon] }),
    };
  });
}

const promotionsOf = ({ lines }: Offers, item: string) =>
  lines.filter((line) => line.item === item).flatMap((line) => line.promotions.map(({ promotion }) => promotion));

// The same order sent again counts once. A coupon is redeemed in the same breath.
export async function placeOrder(order: Order, now_ms: number): Promise<void> {
  const { id, shopper, session, coupon } = order;
  const said = { type: "action", ts_ms: now_ms, shopper, session, page: "checkout" };
  const events: object[] = [{ ...said, id, action: "purchase", lines: purchaseLines(order) }];
  if (coupon) events.push({ ...said, id: `${id}:coupon`, action: "redeem", coupon });
  await call("/v1/events", { method: "POST", body: events });
}
