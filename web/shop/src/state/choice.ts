// Choosing one sku of goods by its attributes: which of them differ, what can still be had, what is chosen.
import type { Item } from "../api/types";

export type Chosen = Readonly<Record<string, string>>;

export interface Trait {
  name: string;
  values: string[]; // in the order of the skus
}

export const forSale = (sku: Item) => sku.on_sale !== false && sku.stock !== 0;

export function traitsOf(skus: readonly Item[]): Trait[] {
  const names = [...new Set(skus.flatMap((sku) => Object.keys(sku.attributes ?? {})))];
  return names
    .map((name) => ({ name, values: [...new Set(skus.map((sku) => sku.attributes?.[name] ?? ""))] }))
    .filter(({ values }) => values.length > 1 && values.every((value) => value !== ""));
}

const fits = (sku: Item, chosen: Chosen) =>
  Object.entries(chosen).every(([name, value]) => sku.attributes?.[name] === value);

// Whether something is for sale with this value and all else that is chosen.
export function canChoose(skus: readonly Item[], chosen: Chosen, name: string, value: string): boolean {
  return skus.some((sku) => forSale(sku) && fits(sku, { ...chosen, [name]: value }));
}

// Chosen completely: the one sku.
export function skuOf(skus: readonly Item[], chosen: Chosen): Item | undefined {
  const names = traitsOf(skus).map(({ name }) => name);
  if (names.some((name) => chosen[name] === undefined)) return undefined;
  return skus.find((sku) => forSale(sku) && fits(sku, chosen));
}

// A value that does not go with what is chosen takes its place: what it rules out is chosen anew.
export function choose(skus: readonly Item[], chosen: Chosen, name: string, value: string): Chosen {
  const kept = Object.entries(chosen).filter(([each]) => each !== name);
  let next: Chosen = { [name]: value };
  for (const [other, had] of kept) if (canChoose(skus, next, other, had)) next = { ...next, [other]: had };
  return next;
}

// Where a trait leaves no choice it is chosen already.
export function firstChoice(skus: readonly Item[]): Chosen {
  const open = skus.filter(forSale);
  const single = traitsOf(skus).flatMap(({ name }) => {
    const values = [...new Set(open.map((sku) => sku.attributes?.[name] ?? ""))];
    return values.length === 1 ? [[name, values[0]!] as const] : [];
  });
  return Object.fromEntries(single);
}
