// The queue of events on their way to the server. Events are stored before they are sent and removed when the server has
// them, so a lost network, a closed tab or a crash in between loses none, and their ids make a repeated one count once.
// One tab at a time sends. Events older than six days are dropped: the server knows ids for seven.

import { Backoff } from "./backoff.js";
import type { EventSender, Sent } from "./event_sender.js";
import { type EventStore, MemoryStore, type StoredLines } from "./event_store.js";
import type { Problem } from "./types.js";

const batchBytes = 48 << 10; // what outlives its page may have 64 KiB in flight
const longestAgeMs = 6 * 86_400_000;

export interface OutboxOptions {
  open(): Promise<EventStore>;
  sender: EventSender;
  problem(problem: Problem): void;
  exclusively?<T>(run: () => Promise<T>): Promise<T>;
  backoff?: Backoff;
  nowMs?(): number;
}

// Groups of lines, each small enough for one request.
export function batches(lines: string[]): string[][] {
  const groups: string[][] = [];
  let bytes = batchBytes;
  for (const line of lines) {
    if (bytes + line.length >= batchBytes) {
      groups.push([]);
      bytes = 0;
    }
    groups[groups.length - 1]!.push(line);
    bytes += line.length + 1;
  }
  return groups;
}

export class Outbox {
  private staged: string[] = [];
  private store: Promise<EventStore>;
  private sending: Promise<void> | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  private readonly backoff: Backoff;
  private readonly nowMs: () => number;

  constructor(private readonly options: OutboxOptions) {
    this.backoff = options.backoff ?? new Backoff();
    this.nowMs = options.nowMs ?? Date.now;
    this.store = options.open().catch((error: unknown) => this.inMemory(error));
  }

  add(lines: string[]): void {
    if (!this.closed) this.staged.push(...lines);
  }

  // Stores what came and tries to send all that is there; ends when it is sent or has to wait. While a try is being
  // waited for, only `now` tries earlier.
  async flush(now = false): Promise<void> {
    if (this.closed) return;
    await this.keepStaged();
    if (this.retry !== undefined && !now) return;
    while (this.sending) await this.sending;
    this.sending = this.exclusively(() => this.sendAll()).finally(() => (this.sending = null));
    await this.sending;
  }

  // The page may end at once: what was not stored yet goes by beacon, and into the store in case that fails.
  leave(): void {
    if (this.closed) return;
    for (const group of batches(this.staged)) this.options.sender.beacon(group);
    void this.keepStaged();
  }

  // The network is back, or the shopper is.
  hurry(): void {
    this.backoff.reset();
    if (this.retry !== undefined) void this.flush(true);
  }

  async close(forget: boolean): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    if (!forget) return;
    this.staged = [];
    this.options.sender.stop();
    await (await this.store).clear().catch(() => undefined);
  }

  private exclusively(run: () => Promise<void>): Promise<void> {
    return this.options.exclusively ? this.options.exclusively(run) : run();
  }

  private async keepStaged(): Promise<void> {
    const groups = batches(this.staged);
    this.staged = [];
    let lost = 0;
    for (const group of groups) lost += await this.keep(group);
    if (lost > 0) this.options.problem({ code: "events_lost", message: `${lost} waiting events gave way to newer ones` });
  }

  private async keep(lines: string[]): Promise<number> {
    const store = await this.store;
    try {
      return await store.append(lines, this.nowMs());
    } catch (error) {
      this.store = Promise.resolve(this.inMemory(error));
      return (await this.store).append(lines, this.nowMs());
    }
  }

  private inMemory(error: unknown): EventStore {
    const why = (error as Error | null)?.message ?? String(error);
    this.options.problem({ code: "storage", message: `events wait in memory, not in IndexedDB: ${why}` });
    return new MemoryStore();
  }

  private async sendAll(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    let most = Infinity; // lines of a try; fewer after a refusal that does not say which line
    for (;;) {
      const record = await this.oldest();
      if (record === null) return;
      const lines = record.lines.slice(0, most);
      const sent = await this.send(record, lines);
      if (this.closed) return;
      if (sent.kind === "later") return this.wait(sent);
      this.backoff.reset();
      const gone = this.settled(lines, sent);
      if (gone.length === 0) most = Math.ceil(lines.length / 2);
      else most = Infinity;
      await this.remove(record, gone);
    }
  }

  private async send(record: StoredLines, lines: string[]): Promise<Sent> {
    if (this.nowMs() - record.atMs > longestAgeMs) return { kind: "hopeless", message: "events waited six days" };
    return this.options.sender.send(lines);
  }

  private wait(sent: Sent & { kind: "later" }): void {
    this.options.problem({ code: "server", message: sent.message });
    this.retry = setTimeout(() => void this.flush(true), Math.max(sent.waitMs ?? 0, this.backoff.next()));
  }

  // The lines that need no other try: all that were taken, and of refused ones those that are to blame.
  private settled(lines: string[], sent: Sent): string[] {
    if (sent.kind === "taken" || sent.kind === "later") return lines;
    let bad = lines;
    if (sent.kind === "refused" && lines.length > 1) bad = sent.line ? lines.slice(sent.line - 1, sent.line) : [];
    if (bad.length > 0) {
      this.options.problem({ code: "event_refused", message: `${sent.message} (${bad.length} events dropped)` });
    }
    return bad;
  }

  private async oldest(): Promise<StoredLines | null> {
    if (this.closed) return null;
    try {
      return await (await this.store).first();
    } catch (error) {
      this.store = Promise.resolve(this.inMemory(error));
      return null;
    }
  }

  // A record that cannot be removed would be sent for ever.
  private async remove(record: StoredLines, gone: string[]): Promise<void> {
    if (gone.length === 0) return;
    const lines = record.lines.filter((line) => !gone.includes(line));
    try {
      await (await this.store).replace({ ...record, lines });
    } catch (error) {
      this.store = Promise.resolve(this.inMemory(error));
    }
  }
}
