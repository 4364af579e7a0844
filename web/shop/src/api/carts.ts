import { call } from "../../../shared/client";
import type { Cart, CartChange } from "./types";

const path = (shopper: string) => `/v1/carts/${encodeURIComponent(shopper)}`;

export function readCart(shopper: string): Promise<Cart> {
  return call<Cart>(path(shopper));
}

// `id` makes it safe to send the same change again.
export function changeCart(shopper: string, session: string, id: string, changes: CartChange[]): Promise<Cart> {
  return call<Cart>(path(shopper), { method: "PATCH", body: { id, session, changes } });
}
