// Lists of scenes with the items' facts. What was shown stays known for as long as the page lives, so that the way
// back from an item leads to the same place.
import { useEffect } from "react";
import { shelf } from "../api/items";
import { askScene } from "../api/scenes";
import { skus } from "../api/skus";
import type { SceneRequest } from "../api/types";
import { cart } from "./cart";
import { goodsOf, idsOf, listOf } from "./proposal";
import { type Page, ScenePages, type Shown } from "./scene_pages";
import { session, shopper } from "./shopper";
import { useStore } from "../../../shared/store";

export interface SceneList extends Shown {
  more: () => void;
  renew: () => void;
}

export const ADD_ON_PAGE = 18;
const kept = new Map<string, ScenePages>();

function pagesOf(key: string, ask: (cursor: string | null) => Promise<Page>): ScenePages {
  const before = kept.get(key);
  if (before) return before;
  const pages = new ScenePages(ask);
  kept.set(key, pages);
  return pages;
}

async function pageOf(scene: string, request: SceneRequest, cursor: string | null): Promise<Page> {
  const answer = await askScene(scene, cursor === null ? request : { ...request, cursor });
  const list = listOf(answer, await shelf.getAll(idsOf(answer)));
  return { list, cursor: answer.cursor ?? null, offer: answer.offer };
}

function usePages(pages: ScenePages): SceneList {
  const shown = useStore(pages.view);
  useEffect(() => pages.begin(), [pages]);
  return { ...shown, more: pages.more, renew: pages.renew };
}

export type Context = Readonly<Record<string, string>>;

export function useSceneList(scene: string, size: number, query?: string, context?: Context): SceneList {
  const request = { shopper, session, size, ...(query !== undefined && { query }), ...(context && { context }) };
  return usePages(pagesOf(`${scene} ${query ?? ""} ${JSON.stringify(context ?? {})}`, (cursor) => pageOf(scene, request, cursor)));
}

// What completes the cart for a promotion; asked for when the server knows the whole cart.
export function useAddOn(promotion: string): SceneList {
  const request = { shopper, session, size: ADD_ON_PAGE, context: { promotion } };
  return usePages(
    pagesOf(`add-on ${promotion}`, async (cursor) => {
      await cart.idle();
      const page = await pageOf("add-on", request, cursor);
      void skus.ask(page.list.flatMap(goodsOf).map(({ item }) => item)).catch(() => undefined); // asked again when it is needed
      return page;
    }),
  );
}
