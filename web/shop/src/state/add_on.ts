// What was just done in the overlay, so that it can be undone. Only the newest: the cart's own goods stand beside it.
import type { Item } from "../api/types";
import { addToCart, cart, setQuantity } from "./cart";
import { rememberRequest } from "./requests";
import { Store } from "../../../shared/store";

export type AddOnNews = { kind: "added"; items: readonly Item[] } | { kind: "failed" };

export const addOnNews = new Store<AddOnNews | null>(null);

export const say = (news: AddOnNews) => addOnNews.set(news);

// One piece of each: of one item, or of a pair.
export async function putAddOn(items: readonly Item[], request: string | undefined): Promise<void> {
  say({ kind: "added", items });
  await Promise.all(
    items.map((item) => {
      rememberRequest(item.item, request);
      return addToCart(item, 1);
    }),
  );
}

// One piece of each out again; the last one takes its line along.
export function takeBack(items: readonly string[]): void {
  for (const line of cart.view.get().lines.filter((each) => items.includes(each.item)))
    setQuantity(line, line.quantity - 1);
  addOnNews.set(null);
}
