// The shopper's one cart. Every change goes to the server and, under the id of the event that the server makes of it,
// to the kit: the device's model knows of it, and the journal has it once.
import type { CartChange, CartLine, Item, Money } from "../api/types";
import { CartStore, serverOf } from "./cart_store";
import { flush, tell } from "./kit";
import { requestOf } from "./requests";
import { newId, session, shopper } from "./shopper";

export const cart = new CartStore(serverOf(shopper, session, flush), () => newId("cart"));

const eventId = (patch: string) => `${patch}:0`; // of a patch with one change

function change(of: CartChange, price?: Money): { id: string; done: Promise<boolean> } {
  const { id, done } = cart.apply(of, price);
  return { id: eventId(id), done };
}

export function addToCart(item: Item, quantity: number): Promise<boolean> {
  const { id, done } = change({ item: item.item, add: quantity }, item.price);
  const category = item.category && { category: item.category };
  const found = requestOf(item.item) ?? (item.parent && requestOf(item.parent));
  const request = found && { request: found };
  const price = item.price && { price: item.price };
  tell("cart_add", { id, item: item.item, quantity, ...price, ...category, ...request });
  return done;
}

export function setQuantity(line: CartLine, quantity: number): void {
  if (quantity === line.quantity) return;
  if (quantity <= 0) return removeFromCart(line);
  const more = quantity - line.quantity;
  const { id } = change(more > 0 && line.ticked ? { item: line.item, add: more } : { item: line.item, quantity });
  tell(more > 0 ? "cart_add" : "cart_remove", { id, item: line.item, quantity: Math.abs(more) });
}

export function removeFromCart(line: CartLine): void {
  const { id } = change({ item: line.item, remove: true });
  tell("cart_remove", { id, item: line.item, quantity: line.quantity });
}

export function tick(line: CartLine, ticked: boolean): void {
  if (ticked === line.ticked) return;
  const { id } = change({ item: line.item, ticked });
  tell(ticked ? "cart_tick" : "cart_untick", { id, item: line.item });
}

export const piecesOf = (lines: readonly CartLine[]) => lines.reduce((sum, line) => sum + line.quantity, 0);
