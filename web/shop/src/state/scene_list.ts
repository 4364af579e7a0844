// The pages of one scene, one after the other: asked for by cursor, with the items' facts. A new question throws the old
// answers away, also those that are still under way.
import { useCallback, useEffect, useRef, useState } from "react";
import { shelf } from "../api/items";
import { asProblem, type ApiProblem } from "../api/problem";
import { askScene } from "../api/scenes";
import type { SceneRequest } from "../api/types";
import type { Listed } from "../parts/card";
import { session, shopper } from "./shopper";

export interface SceneList {
  list: Listed[];
  waiting: boolean;
  ended: boolean;
  problem: ApiProblem | null;
  more: () => void;
}

type Shown = Omit<SceneList, "more"> & { cursor: string | null };
const START: Shown = { list: [], waiting: true, ended: false, problem: null, cursor: null };

// What was shown stays known for as long as the page lives, so that the way back from an item leads to the same place.
const kept = new Map<string, Shown>();

async function nextPage(scene: string, request: SceneRequest): Promise<Pick<Shown, "list" | "cursor">> {
  const answer = await askScene(scene, request);
  const items = await shelf.getAll(answer.items.map(({ item }) => item));
  const reasons = new Map(answer.items.map(({ item, reasons: [first] }) => [item, first]));
  return {
    list: items.map((item) => ({ item, reason: reasons.get(item.item), request: answer.request_id })),
    cursor: answer.cursor ?? null,
  };
}

export function useSceneList(scene: string, size: number, query?: string): SceneList {
  const key = `${scene} ${query ?? ""}`;
  const [shown, setShown] = useState<Shown>(() => kept.get(key) ?? START);
  const current = useRef({ key: "", busy: false });

  const show = useCallback((of: string, next: Shown) => {
    kept.set(of, next);
    if (current.current.key === of) setShown(next);
  }, []);

  const ask = useCallback(
    async (of: string, before: Shown) => {
      current.current.busy = true;
      show(of, { ...before, waiting: true, problem: null });
      const request: SceneRequest = { shopper, session, size };
      if (before.cursor !== null) request.cursor = before.cursor;
      if (query !== undefined) request.query = query;
      try {
        const page = await nextPage(scene, request);
        const known = new Set(before.list.map(({ item }) => item.item));
        const list = [...before.list, ...page.list.filter(({ item }) => !known.has(item.item))];
        show(of, { list, waiting: false, ended: page.cursor === null, problem: null, cursor: page.cursor });
      } catch (thrown) {
        show(of, { ...before, waiting: false, problem: asProblem(thrown) });
      }
      if (current.current.key === of) current.current.busy = false;
    },
    [scene, size, query, show],
  );

  useEffect(() => {
    const before = kept.get(key) ?? START;
    current.current = { key, busy: false };
    setShown(before);
    if (before.list.length === 0) void ask(key, START);
  }, [key, ask]);

  const more = useCallback(() => {
    const before = kept.get(key) ?? START;
    if (!current.current.busy && !before.ended) void ask(key, before);
  }, [key, ask]);

  return { ...shown, more };
}
