// What a scene proposes as one entry of a list: an item, or two that are meant together.
import type { Item, Money, SceneAnswer } from "../api/types";
import { POST_CURRENCY } from "../format/money";
import type { Listed } from "../parts/card";

// All ids whose facts a page needs.
export const idsOf = ({ items }: SceneAnswer): string[] => [
  ...new Set(items.flatMap(({ item, with: partner }) => (partner === undefined ? [item] : [item, partner]))),
];

// What is not known any more is left out; so is a pair of which one is not.
export function listOf(answer: SceneAnswer, facts: readonly Item[]): Listed[] {
  const known = new Map(facts.map((item) => [item.item, item]));
  return answer.items.flatMap(({ item: id, with: partner, price, reasons }) => {
    const item = known.get(id);
    const other = partner === undefined ? undefined : known.get(partner);
    if (!item || (partner !== undefined && !other)) return [];
    return [
      {
        item: price ? { ...item, price } : item,
        ...(other && { with: other }),
        reason: reasons[0],
        request: answer.request_id,
      },
    ];
  });
}

export const goodsOf = ({ item, with: partner }: Listed): Item[] => (partner ? [item, partner] : [item]);

// Of one piece of each; undefined where one price is not known, or in another currency.
export function priceOf(listed: Listed): Money | undefined {
  const [first, ...others] = goodsOf(listed).map(({ price }) => price);
  if (!first || others.some((price) => !price || price.currency !== first.currency)) return undefined;
  return { ...first, cents: others.reduce((sum, price) => sum + price!.cents, first.cents) };
}

// As it is shown. A post's price tells no currency of its own.
export const shownPrice = ({ kind, price }: Item): Money | undefined =>
  price && kind === "post" ? { currency: POST_CURRENCY, ...price } : price;

export const titleOf = (listed: Listed): string =>
  goodsOf(listed)
    .map((item) => item.title ?? item.item)
    .join(" + ");
