// What the shopper marked, kept on the device only.
import { isTexts, keep, recall } from "./keep";
import { Store } from "../../../shared/store";

const MOST = 200;

export const favourites = new Store<string[]>(recall("local", "favourites", [], isTexts));

// Whether it is one now.
export function toggleFavourite(item: string): boolean {
  const had = favourites.get().includes(item);
  favourites.update((list) => (had ? list.filter((each) => each !== item) : [item, ...list].slice(0, MOST)));
  keep("local", "favourites", favourites.get());
  return !had;
}
