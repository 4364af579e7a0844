// The queue of events on their way to the server. Events are stored before they are sent and removed when the server
// has them, so a lost network, a closed tab or a crash in between loses none, and their ids make a repeated one count
// once. One tab at a time sends. Events older than six days are dropped: the server knows ids for seven.

import { Backoff } from "./backoff.js";
import type { EventSender, Sent } from "./event_sender.js";
import { type EventStore, MemoryStore, type StoredLines } from "./event_store.js";
import type { Problem } from "./types.js";

const batchBytes = 48 << 10; // what outlives its page may have 64 KiB in flight
const mostRefusals = 20; // of one flush; a device whose clock is wrong by days has every event refused
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
  private staged_: string[] = [];
  private store_: Promise<EventStore>;
  private sending_: Promise<void> | null = null;
  private retry_: ReturnType<typeof setTimeout> | undefined;
  private closed_ = false;
  private readonly backoff_: Backoff;
  private readonly nowMs_: () => number;

  constructor(private readonly options_: OutboxOptions) {
    this.backoff_ = options_.backoff ?? new Backoff();
    this.nowMs_ = options_.nowMs ?? Date.now;
    this.store_ = options_.open().catch((error: unknown) => this.inMemory_(error));
  }

  add(lines: string[]): void {
    if (!this.closed_) this.staged_.push(...lines);
  }

  // Stores what came and tries to send all that is there; ends when it is sent or has to wait. While a try is being
  // waited for, only `now` tries earlier.
  async flush(now = false): Promise<void> {
    if (this.closed_) return;
    await this.keepStaged_();
    if (this.retry_ !== undefined && !now) return;
    while (this.sending_) await this.sending_;
    this.sending_ = this.exclusively_(() => this.sendAll_()).finally(() => (this.sending_ = null));
    await this.sending_;
  }

  // The page may end at once: what was not stored yet goes by beacon, and into the store in case that fails.
  leave(): void {
    if (this.closed_) return;
    for (const group of batches(this.staged_)) this.options_.sender.beacon(group);
    void this.keepStaged_();
  }

  // The network is back, or the shopper is.
  hurry(): void {
    this.backoff_.reset();
    if (this.retry_ !== undefined) void this.flush(true);
  }

  async close(forget: boolean): Promise<void> {
    this.closed_ = true;
    clearTimeout(this.retry_);
    if (!forget) return;
    this.staged_ = [];
    this.options_.sender.stop();
    await (await this.store_).clear().catch(() => undefined);
  }

  private exclusively_(run: () => Promise<void>): Promise<void> {
    return this.options_.exclusively ? this.options_.exclusively(run) : run();
  }

  private async keepStaged_(): Promise<void> {
    const groups = batches(this.staged_);
    this.staged_ = [];
    let lost = 0;
    for (const group of groups) lost += await this.keep_(group);
    const message = `${lost} waiting events gave way to newer ones`;
    if (lost > 0) this.options_.problem({ code: "events_lost", message });
  }

  private async keep_(lines: string[]): Promise<number> {
    const store = await this.store_;
    try {
      return await store.append(lines, this.nowMs_());
    } catch (error) {
      this.store_ = Promise.resolve(this.inMemory_(error));
      return (await this.store_).append(lines, this.nowMs_());
    }
  }

  private inMemory_(error: unknown): EventStore {
    const why = (error as Error | null)?.message ?? String(error);
    this.options_.problem({ code: "storage", message: `events wait in memory, not in IndexedDB: ${why}` });
    return new MemoryStore();
  }

  private async sendAll_(): Promise<void> {
    clearTimeout(this.retry_);
    this.retry_ = undefined;
    let most = Infinity; // lines of a try; fewer after a refusal that does not say which line
    let refusals = 0;
    for (;;) {
      const record = await this.oldest_();
      if (record === null) return;
      const lines = record.lines.slice(0, most);
      const sent = await this.send_(record, lines);
      if (this.closed_) return;
      if (sent.kind === "later") return this.wait_(sent);
      this.backoff_.reset();
      if (sent.kind === "refused") ++refusals;
      const gone = this.settled_(lines, sent, refusals > mostRefusals);
      if (gone.length === 0) most = Math.ceil(lines.length / 2);
      else most = Infinity;
      await this.remove_(record, gone);
    }
  }

  private async send_(record: StoredLines, lines: string[]): Promise<Sent> {
    if (this.nowMs_() - record.atMs > longestAgeMs) return { kind: "hopeless", message: "events waited six days" };
    return this.options_.sender.send(lines);
  }

  private wait_(sent: Sent & { kind: "later" }): void {
    this.options_.problem({ code: "server", message: sent.message });
    this.retry_ = setTimeout(() => void this.flush(true), Math.max(sent.waitMs ?? 0, this.backoff_.next()));
  }

  // The lines that need no other try: all that were taken, and of refused ones those that are to blame.
  private settled_(lines: string[], sent: Sent, enough: boolean): string[] {
    if (sent.kind === "taken" || sent.kind === "later") return lines;
    let bad = lines;
    if (sent.kind === "refused" && lines.length > 1 && !enough) bad = sent.line ? lines.slice(sent.line - 1, sent.line) : [];
    if (bad.length > 0) {
      this.options_.problem({ code: "event_refused", message: `${sent.message} (${bad.length} events dropped)` });
    }
    return bad;
  }

  private async oldest_(): Promise<StoredLines | null> {
    if (this.closed_) return null;
    try {
      return await (await this.store_).first();
    } catch (error) {
      this.store_ = Promise.resolve(this.inMemory_(error));
      return null;
    }
  }

  // A record that cannot be removed would be sent for ever.
  private async remove_(record: StoredLines, gone: string[]): Promise<void> {
    if (gone.length === 0) return;
    const lines = record.lines.filter((line) => !gone.includes(line));
    try {
      await (await this.store_).replace({ ...record, lines });
    } catch (error) {
      this.store_ = Promise.resolve(this.inMemory_(error));
    }
  }
}
