// When to ask the coupon scene. With a score of the device: once each time that the score enters the band, and not
// more often than the interval allows. Without: after events were sent, at the same interval; the server's own
// probability is then the score. A question that got no answer is asked again when the interval is over.

import type { CouponDecision, CouponOptions, Problem, Score } from "./types.js";

export const defaultIntervalMs = 30_000;
const answerMs = 10_000;

export interface Hint {
  model: string;
  version: string;
  session: string;
  target: string;
  probability: number;
  gestures: number;
}

export interface CouponServices {
  server: string;
  shopper: string;
  session: string;
  model: string;
  sendEvents(): Promise<void>; // so that the server may score by itself
  gestureCount(): number;
  heard(decision: CouponDecision): void;
  scored(score: Score): void;
  problem(problem: Problem): void;
  fetcher?: typeof fetch;
  nowMs?(): number;
  wallNowMs(): number;
}

export class CouponAsker {
  private inside = false;
  private wants = false;
  private asking = false;
  private askedMs = -Infinity;
  private stopped = false;
  private readonly nowMs: () => number;

  constructor(private readonly options: CouponOptions, private readonly services: CouponServices) {
    this.nowMs = services.nowMs ?? (() => performance.now());
  }

  deviceScored(score: Score): void {
    const probability = score.probabilities[this.options.target];
    if (score.from !== "device" || probability === undefined) return;
    const inside = probability >= this.options.low && probability <= this.options.high;
    if (inside !== this.inside) this.wants = inside;
    this.inside = inside;
    if (this.wants && this.mayAsk()) void this.askWithHint(score.version, probability);
  }

  eventsSent(): void {
    if (this.mayAsk()) void this.askForScore();
  }

  stop(): void {
    this.stopped = true;
  }

  private mayAsk(): boolean {
    const intervalMs = this.options.minIntervalMs ?? defaultIntervalMs;
    return !this.stopped && !this.asking && this.nowMs() - this.askedMs >= intervalMs;
  }

  private async askWithHint(version: string, probability: number): Promise<void> {
    const { model, session } = this.services;
    this.wants = false;
    await this.guarded(async () => {
      await this.services.sendEvents();
      const { target } = this.options;
      const gestures = this.services.gestureCount();
      const decision = await this.ask({ model, version, session, target, probability, gestures });
      if (decision) this.services.heard(decision);
      else this.wants = this.inside;
    });
  }

  private async askForScore(): Promise<void> {
    await this.guarded(async () => {
      const decision = await this.ask(null);
      if (!decision) return;
      const { low, high, target } = this.options;
      const probability = decision.probability;
      if (probability !== null) {
        const version = decision.version;
        this.services.scored({
          at_ms: this.services.wallNowMs(), version, probabilities: { [target]: probability }, from: "server",
        });
      }
      const inside = probability === null ? decision.offer : probability >= low && probability <= high;
      if (inside && !this.inside) this.services.heard(decision);
      this.inside = inside;
    });
  }

  private async guarded(question: () => Promise<void>): Promise<void> {
    this.asking = true;
    this.askedMs = this.nowMs();
    try {
      await question();
    } finally {
      this.asking = false;
    }
  }

  private async ask(hint: Hint | null): Promise<(CouponDecision & { version: string }) | null> {
    const { server, shopper, session } = this.services;
    const url = `${server}/v1/scenes/${encodeURIComponent(this.options.scene)}`;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), answerMs);
    try {
      const answer = await (this.services.fetcher ?? fetch)(url, {
        method: "POST",
        body: JSON.stringify({ shopper, session, ...(hint && { hint }) }),
        headers: { "Content-Type": "application/json" },
        signal: patience.signal,
      });
      if (this.stopped) return null;
      const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
      if (!answer.ok) throw new Error(`${answer.status} ${String(body["detail"] ?? "")}`.trim());
      return this.decisionOf(body);
    } catch (error) {
      this.services.problem({ code: "server", message: `POST ${url}: ${(error as Error).message}` });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private decisionOf(body: Record<string, unknown>): (CouponDecision & { version: string }) | null {
    const decision = body["decision"] as CouponDecision | null | undefined;
    if (!decision) return null;
    const models = (body["models"] ?? {}) as Record<string, string>;
    const request_id = String(body["request_id"] ?? "");
    return { ...decision, request_id, version: models[this.services.model] ?? "" };
  }
}
