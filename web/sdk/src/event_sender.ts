// One batch to POST /v1/events, and what the answer means for it. Never throws.

import { retryAfterMs } from "./backoff.js";

export type Sent =
  | { kind: "taken" }
  | { kind: "later"; waitMs: number | null; message: string }
  | { kind: "refused"; line: number | null; message: string } // the batch as it is will never be taken
  | { kind: "hopeless"; message: string }; // nor will any part of it

const answerMs = 30_000;
const keptAliveBytes = 60_000; // browsers refuse to keep larger requests alive beyond their page
const laterStatuses = [408, 425, 429];

export const linesType = "application/x-ndjson";

export class EventSender {
  private sending_: AbortController | null = null;
  private stopped_ = false;

  constructor(
    readonly url: string,
    private readonly fetcher_: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  async send(lines: string[]): Promise<Sent> {
    const cancel = (this.sending_ = new AbortController());
    if (this.stopped_) cancel.abort();
    const patience = setTimeout(() => cancel.abort(), answerMs);
    const body = lines.join("\n");
    try {
      const answer = await this.fetcher_(this.url, {
        method: "POST",
        body,
        headers: { "Content-Type": linesType },
        keepalive: body.length < keptAliveBytes,
        signal: cancel.signal,
      });
      return await this.meaning_(answer);
    } catch (error) {
      return { kind: "later", waitMs: null, message: `events could not be sent: ${(error as Error).message}` };
    } finally {
      clearTimeout(patience);
    }
  }

  // At the page's end, when nobody waits for an answer. False: the browser did not take it.
  beacon(lines: string[]): boolean {
    if (typeof navigator === "undefined" || !navigator.sendBeacon || navigator.onLine === false) return false;
    return navigator.sendBeacon(this.url, new Blob([lines.join("\n")], { type: linesType }));
  }

  stop(): void {
    this.stopped_ = true;
    this.sending_?.abort();
  }

  private async meaning_(answer: Response): Promise<Sent> {
    if (answer.ok) return { kind: "taken" };
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; line?: number };
    const message = `POST ${this.url}: ${answer.status} ${problem.detail ?? ""}`.trim();
    if (answer.status >= 500 || laterStatuses.includes(answer.status)) {
      return { kind: "later", waitMs: retryAfterMs(answer.headers.get("Retry-After"), Date.now()), message };
    }
    if (answer.status === 400 || answer.status === 413) {
      return { kind: "refused", line: answer.status === 400 ? (problem.line ?? null) : null, message };
    }
    return { kind: "hopeless", message };
  }
}
