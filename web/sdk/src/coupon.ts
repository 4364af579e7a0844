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
  private inside_ = false;
  private wants_ = false;
  private asking_ = false;
  private askedMs_ = -Infinity;
  private stopped_ = false;
  private readonly nowMs_: () => number;

  constructor(private readonly options_: CouponOptions, private readonly services_: CouponServices) {
    this.nowMs_ = services_.nowMs ?? (() => performance.now());
  }

  deviceScored(score: Score): void {
    const probability = score.probabilities[this.options_.target];
    if (score.from !== "device" || probability === undefined) return;
    const inside = probability >= this.options_.low && probability <= this.options_.high;
    if (inside !== this.inside_) this.wants_ = inside;
    this.inside_ = inside;
    if (this.wants_ && this.mayAsk_()) void this.askWithHint_(score.version, probability);
  }

  eventsSent(): void {
    if (this.mayAsk_()) void this.askForScore_();
  }

  stop(): void {
    this.stopped_ = true;
  }

  private mayAsk_(): boolean {
    const intervalMs = this.options_.minIntervalMs ?? defaultIntervalMs;
    return !this.stopped_ && !this.asking_ && this.nowMs_() - this.askedMs_ >= intervalMs;
  }

  private async askWithHint_(version: string, probability: number): Promise<void> {
    const { model, session } = this.services_;
    this.wants_ = false;
    await this.guarded_(async () => {
      await this.services_.sendEvents();
      const { target } = this.options_;
      const gestures = this.services_.gestureCount();
      const decision = await this.ask_({ model, version, session, target, probability, gestures });
      if (decision) this.services_.heard(decision);
      else this.wants_ = this.inside_;
    });
  }

  private async askForScore_(): Promise<void> {
    await this.guarded_(async () => {
      const decision = await this.ask_(null);
      if (!decision) return;
      const { low, high, target } = this.options_;
      const probability = decision.probability;
      if (probability !== null) {
        const version = decision.version;
        this.services_.scored({
          at_ms: this.services_.wallNowMs(), version, probabilities: { [target]: probability }, from: "server",
        });
      }
      const inside = probability === null ? decision.offer : probability >= low && probability <= high;
      if (inside && !this.inside_) this.services_.heard(decision);
      this.inside_ = inside;
    });
  }

  private async guarded_(question: () => Promise<void>): Promise<void> {
    this.asking_ = true;
    this.askedMs_ = this.nowMs_();
    try {
      await question();
    } finally {
      this.asking_ = false;
    }
  }

  private async ask_(hint: Hint | null): Promise<(CouponDecision & { version: string }) | null> {
    const { server, shopper, session } = this.services_;
    const url = `${server}/v1/scenes/${encodeURIComponent(this.options_.scene)}`;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), answerMs);
    try {
      const answer = await (this.services_.fetcher ?? fetch)(url, {
        method: "POST",
        body: JSON.stringify({ shopper, session, ...(hint && { hint }) }),
        headers: { "Content-Type": "application/json" },
        signal: patience.signal,
      });
      if (this.stopped_) return null;
      const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
      if (!answer.ok) throw new Error(`${answer.status} ${String(body["detail"] ?? "")}`.trim());
      return this.decisionOf_(body);
    } catch (error) {
      this.services_.problem({ code: "server", message: `POST ${url}: ${(error as Error).message}` });
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private decisionOf_(body: Record<string, unknown>): (CouponDecision & { version: string }) | null {
    const decision = body["decision"] as CouponDecision | null | undefined;
    if (!decision) return null;
    const models = (body["models"] ?? {}) as Record<string, string>;
    const request_id = String(body["request_id"] ?? "");
    return { ...decision, request_id, version: models[this.services_.model] ?? "" };
  }
}
