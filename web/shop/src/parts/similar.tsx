// Other goods of the same kind, as the search finds them by title.
import { useEffect, useState } from "react";
import { shelf } from "../api/items";
import { askScene } from "../api/scenes";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { marked } from "../state/app_tables";
import { session, shopper } from "../state/shopper";
import { Card, type Listed } from "./card";

const SHOWN = 12;

async function similarTo(item: Item, signal: AbortSignal): Promise<Listed[]> {
  const leaf = item.category?.at(-1);
  if (!leaf) return [];
  const request = { shopper, session, size: SHOWN + 1, query: `"${leaf.toLowerCase()}"` };
  const answer = await askScene("goods-search", request, signal);
  const ids = answer.items.map((each) => each.item).filter((id) => id !== item.item);
  const items = await shelf.getAll(ids.slice(0, SHOWN));
  return items.map((each) => ({ item: each, request: answer.request_id }));
}

export function Similar({ item }: { item: Item }) {
  const { t } = useSpeech();
  const [list, setList] = useState<Listed[]>([]);
  useEffect(() => {
    const left = new AbortController();
    similarTo(item, left.signal).then(setList, () => setList([])); // the page is whole without it
    return () => left.abort();
  }, [item]);
  if (list.length === 0) return null;
  return (
    <section className="similar" aria-label={t.item.similar}>
      <h2>{t.item.similar}</h2>
      <ul className="rail" {...marked(0, 0)}>
        {list.map((listed) => (
          <li key={listed.item.item}>
            <Card listed={listed} />
          </li>
        ))}
      </ul>
    </section>
  );
}
