// What was just done in the overlay, so that it can be undone. Only the newest: the cart's own goods stand beside it.
import type { Item } from "../api/types";
import { addToCart, cart, setQuantity } from "./cart";
import { rememberRequest } from "./requests";
import { Store } from "./store";

export type AddOnNews = { kind: "added"; item: Item } | { kind: "failed" };

export const addOnNews = new Store<AddOnNews | null>(null);

export const say = (news: AddOnNews) => addOnNews.set(news);

export async function putAddOn(item: Item, request: string | undefined): Promise<void> {
  rememberRequest(item.item, request);
  say({ kind: "added", item });
  await addToCart(item, 1);
}

// One piece out again; the last one takes the line along.
export function takeBack(item: string): void {
  const line = cart.view.get().lines.find((each) => each.item === item);
  if (line) setQuantity(line, line.quantity - 1);
  addOnNews.set(null);
}
