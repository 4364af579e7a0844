// What is like an item: goods of the same kind, as the search finds them by title; posts that share tags with a post.
import { type ReactNode, useEffect, useState } from "react";
import { shelf } from "../api/items";
import { askScene } from "../api/scenes";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { marked } from "../state/app_tables";
import { idsOf, listOf } from "../state/proposal";
import { session, shopper } from "../state/shopper";
import { Card, type Listed } from "./card";
import { PostCard } from "./post_card";

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

async function postsLike(item: Item, signal: AbortSignal): Promise<Listed[]> {
  const answer = await askScene("similar-posts", { shopper, session, size: SHOWN, context: { item: item.item } }, signal);
  return listOf(answer, await shelf.getAll(idsOf(answer)));
}

export function Similar({ item }: { item: Item }) {
  const { t } = useSpeech();
  return <Rail item={item} label={t.item.similar} find={similarTo} card={(listed) => <Card listed={listed} />} />;
}

export function SimilarPosts({ item }: { item: Item }) {
  const { t } = useSpeech();
  return <Rail item={item} label={t.local.similar} find={postsLike} card={(listed) => <PostCard listed={listed} />} />;
}

interface RailProps {
  item: Item;
  label: string;
  find: (item: Item, signal: AbortSignal) => Promise<Listed[]>;
  card: (listed: Listed) => ReactNode;
}

function Rail({ item, label, find, card }: RailProps) {
  const [list, setList] = useState<Listed[]>([]);
  useEffect(() => {
    const left = new AbortController();
    find(item, left.signal).then(setList, () => setList([])); // the page is whole without it
    return () => left.abort();
  }, [item, find]);
  if (list.length === 0) return null;
  return (
    <section className="similar" aria-label={label}>
      <h2>{label}</h2>
      <ul className="rail" {...marked(0, 0)}>
        {list.map((listed) => (
          <li key={listed.item.item}>
            {card(listed)}
          </li>
        ))}
      </ul>
    </section>
  );
}
