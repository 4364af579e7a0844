// The pages of one list of a scene, one after the other, each item once. Asked anew from the beginning, it shows the
// old list until the new one is there. Thread safety: one thread.
import { type ApiProblem, asProblem } from "../../../shared/problem";
import type { PromotionQuote } from "../api/types";
import type { Listed } from "../parts/card";
import { Store } from "../../../shared/store";

export interface Page {
  list: Listed[];
  cursor: string | null;
  offer?: PromotionQuote | undefined;
}

export interface Shown {
  list: Listed[];
  waiting: boolean;
  ended: boolean;
  problem: ApiProblem | null;
  offer: PromotionQuote | undefined; // of the first page: what the list was made for
}

export class ScenePages {
  readonly view = new Store<Shown>({ list: [], waiting: true, ended: false, problem: null, offer: undefined });
  private cursor: string | null = null;
  private busy = false;
  private round = 0;

  constructor(private readonly ask: (cursor: string | null) => Promise<Page>) {}

  begin = (): void => {
    if (this.view.get().list.length === 0) this.more();
  };

  more = (): void => {
    if (!this.busy && !this.view.get().ended) void this.next(this.cursor);
  };

  // Whatever is under way is thrown away.
  renew = (): void => {
    this.round += 1;
    void this.next(null);
  };

  private async next(cursor: string | null): Promise<void> {
    const { round } = this;
    this.busy = true;
    this.view.update((shown) => ({ ...shown, waiting: true, problem: null }));
    try {
      const page = await this.ask(cursor);
      if (round === this.round) this.show(cursor === null, page);
    } catch (thrown) {
      if (round === this.round)
        this.view.update((shown) => ({ ...shown, waiting: false, problem: asProblem(thrown) }));
    }
    if (round === this.round) this.busy = false;
  }

  private show(first: boolean, page: Page): void {
    this.cursor = page.cursor;
    this.view.update((shown) => {
      const before = first ? [] : shown.list;
      const known = new Set(before.map(({ item }) => item.item));
      return {
        list: [...before, ...page.list.filter(({ item }) => !known.has(item.item))],
        waiting: false,
        ended: page.cursor === null,
        problem: null,
        offer: first ? page.offer : shown.offer,
      };
    });
  }
}
