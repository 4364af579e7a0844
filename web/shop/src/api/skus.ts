// Which goods come in several skus, known for as long as the page lives. A catalogue that cannot be asked by parent
// has none. Thread safety: one thread.
import { call } from "../../../shared/client";
import { asProblem } from "../../../shared/problem";
import type { Item } from "./types";

export class SkuShelf {
  private readonly known = new Map<string, Item[]>();
  private readonly asked = new Map<string, Promise<void>>();
  private answered = true; // by parent at all

  constructor(private readonly fetchSkus: (parents: string[]) => Promise<Item[]>) {}

  // undefined: not known yet.
  peek(parent: string): readonly Item[] | undefined {
    return this.known.get(parent);
  }

  async get(parent: string): Promise<readonly Item[]> {
    await this.ask([parent]);
    return this.known.get(parent) ?? [];
  }

  // Whatever of them is not known yet, in one request.
  async ask(parents: readonly string[]): Promise<void> {
    const fresh = parents.filter((parent) => !this.known.has(parent) && !this.asked.has(parent));
    if (fresh.length > 0) {
      const answer = this.fetch(fresh).finally(() => fresh.forEach((parent) => this.asked.delete(parent)));
      fresh.forEach((parent) => this.asked.set(parent, answer));
    }
    await Promise.all(parents.map((parent) => this.asked.get(parent)));
  }

  private async fetch(parents: string[]): Promise<void> {
    const skus = this.answered ? await this.fetchSkus(parents).catch((thrown) => this.refused(thrown)) : [];
    for (const parent of parents) this.known.set(parent, []);
    for (const sku of skus) this.known.get(sku.parent ?? "")?.push(sku);
  }

  private refused(thrown: unknown): Item[] {
    const problem = asProblem(thrown);
    if (problem.kind !== "refused" && problem.kind !== "missing") throw problem;
    this.answered = false;
    return [];
  }
}

async function fetchSkus(parents: string[]): Promise<Item[]> {
  return (await call<{ items: Item[] }>(`/v1/items?parent=${parents.map(encodeURIComponent).join(",")}`)).items;
}

export const skus = new SkuShelf(fetchSkus);
