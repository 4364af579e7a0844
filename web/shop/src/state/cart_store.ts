// The cart as the shopper sees it: a change shows at once, the server is told, and what it refuses is rolled back.
// Changes go out one after another, so that the cart that is told last is the newest. Thread safety: one thread.
import { changeCart, readCart } from "../api/carts";
import { ApiProblem, asProblem } from "../../../shared/problem";
import type { Cart, CartChange, CartLine, Money, Offers } from "../api/types";
import { Store } from "../../../shared/store";

export interface CartView {
  lines: CartLine[];
  currency: string | undefined;
  loaded: boolean;
  busy: number; // changes that the server has not answered
  problem: ApiProblem | null;
  told_cents: number; // of the ticked lines, as the server last had them: what the offers are for
  offers: Offers;
}

export const NO_OFFERS: Offers = { saved_cents: 0, promotions: [], lines: [] };
const START: CartView = {
  lines: [],
  currency: undefined,
  loaded: false,
  busy: 0,
  problem: null,
  told_cents: 0,
  offers: NO_OFFERS,
};

export interface CartServer {
  read(): Promise<Cart>;
  change(id: string, changes: CartChange[]): Promise<Cart>;
}

// The lines after a change, as the server will have them.
export function changed(lines: readonly CartLine[], change: CartChange, price?: Money): CartLine[] {
  if ("remove" in change) return lines.filter((line) => line.item !== change.item);
  const known = lines.some((line) => line.item === change.item);
  if ("add" in change && !known) {
    const line: CartLine = { item: change.item, quantity: change.add, ticked: true };
    return [...lines, price ? { ...line, price } : line];
  }
  if ("quantity" in change && change.quantity === 0) return lines.filter((line) => line.item !== change.item);
  return lines.map((line) => {
    if (line.item !== change.item) return line;
    if ("add" in change) return { ...line, quantity: line.quantity + change.add, ticked: true };
    if ("quantity" in change) return { ...line, quantity: change.quantity };
    return { ...line, ticked: change.ticked };
  });
}

export class CartStore {
  readonly view = new Store<CartView>(START);
  private told: CartLine[] = []; // as the server last had them
  private readonly pending: { change: CartChange; price: Money | undefined }[] = [];
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly server: CartServer,
    private readonly makeId: () => string,
  ) {}

  load(): Promise<void> {
    return this.next(() => this.server.read());
  }

  // The id under which the change is told; resolves to null when it was rolled back.
  apply(change: CartChange, price?: Money): { id: string; done: Promise<boolean> } {
    const id = this.makeId();
    const entry = { change, price };
    this.pending.push(entry);
    this.show(null);
    const done = this.next(() => this.server.change(id, [change]), entry).then(
      () => this.view.get().problem === null,
    );
    return { id, done };
  }

  // When the server has answered all changes made until now.
  async idle(): Promise<void> {
    await this.queue;
  }

  private next(ask: () => Promise<Cart>, entry?: (typeof this.pending)[number]): Promise<void> {
    const step = this.queue.then(() => this.settle(ask, entry));
    this.queue = step;
    return step;
  }

  private async settle(ask: () => Promise<Cart>, entry?: (typeof this.pending)[number]): Promise<void> {
    let problem: ApiProblem | null = null;
    try {
      const cart = await ask();
      this.told = cart.lines;
      const { currency, ticked_cents: told_cents } = cart;
      const offers = cart.offers && "promotions" in cart.offers ? cart.offers : NO_OFFERS;
      this.view.update((view) => ({ ...view, currency, told_cents, offers, loaded: true }));
    } catch (thrown) {
      problem = asProblem(thrown);
    }
    if (entry) this.pending.splice(this.pending.indexOf(entry), 1);
    this.show(problem);
  }

  // What the server has, and on top what it has not answered yet.
  private show(problem: ApiProblem | null): void {
    let lines = this.told;
    for (const { change, price } of this.pending) lines = changed(lines, change, price);
    this.view.update((view) => ({ ...view, lines, busy: this.pending.length, problem }));
  }
}

// `before` goes first: what led to a change stands before it in the journal.
export function serverOf(shopper: string, session: string, before: () => Promise<void>): CartServer {
  return {
    read: () => readCart(shopper),
    change: async (id, changes) => {
      await before();
      return changeCart(shopper, session, id, changes);
    },
  };
}
