// Facts of items, asked for together: whoever needs an item in the same moment shares one request, and what is known
// is not asked for again. Not for prices that change while somebody looks: a reload asks anew.
import { call } from "../../../shared/client";
import type { Item } from "./types";

const MOST_IDS = 200; // of one request, as the API has it

type Fetch = (ids: string[]) => Promise<Item[]>;

interface Waiting {
  resolve: (item: Item | null) => void;
  reject: (problem: unknown) => void;
}

export class ItemShelf {
  private readonly known = new Map<string, Item | null>();
  private readonly waiting = new Map<string, Waiting[]>();
  private planned = false;

  constructor(private readonly fetchItems: Fetch) {}

  // null: there is no such item.
  get(id: string): Promise<Item | null> {
    const item = this.known.get(id);
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve, reject) => {
      const list = this.waiting.get(id) ?? [];
      list.push({ resolve, reject });
      this.waiting.set(id, list);
      this.plan();
    });
  }

  peek(id: string): Item | null | undefined {
    return this.known.get(id);
  }

  async getAll(ids: readonly string[]): Promise<Item[]> {
    const items = await Promise.all(ids.map((id) => this.get(id)));
    return items.filter((item): item is Item => item !== null);
  }

  private plan(): void {
    if (this.planned) return;
    this.planned = true;
    queueMicrotask(() => {
      this.planned = false;
      const asked = [...this.waiting.keys()];
      for (let begin = 0; begin < asked.length; begin += MOST_IDS)
        void this.ask(asked.slice(begin, begin + MOST_IDS));
    });
  }

  private async ask(ids: string[]): Promise<void> {
    const lists = ids.map((id) => this.waiting.get(id) ?? []);
    for (const id of ids) this.waiting.delete(id);
    try {
      for (const item of await this.fetchItems(ids)) this.known.set(item.item, item);
      ids.forEach((id, index) => {
        const item = this.known.get(id) ?? null;
        this.known.set(id, item);
        for (const each of lists[index] ?? []) each.resolve(item);
      });
    } catch (problem) {
      for (const list of lists) for (const each of list) each.reject(problem);
    }
  }
}

async function fetchItems(ids: string[]): Promise<Item[]> {
  const query = ids.map(encodeURIComponent).join(",");
  return (await call<{ items: Item[] }>(`/v1/items?ids=${query}`)).items;
}

export const shelf = new ItemShelf(fetchItems);
