// When to score: after something new only, and at most once in `everyMs`.

import type { Score } from "./types.js";

export class Meter {
  last: Score | null = null;
  private isNew_ = false;
  private scoredMs_ = -Infinity;
  private timer_: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly everyMs_: number,
    private readonly compute_: () => Score | null,
    private readonly heard_: (score: Score) => void,
    private readonly nowMs_: () => number = () => performance.now(),
  ) {}

  touched(): void {
    this.isNew_ = true;
    if (this.timer_ !== undefined) return;
    const waitMs = this.scoredMs_ + this.everyMs_ - this.nowMs_();
    if (waitMs <= 0) this.refresh_();
    else this.timer_ = setTimeout(() => this.refresh_(), waitMs);
  }

  // Up to date, whatever the interval.
  read(): Score | null {
    if (this.isNew_) this.refresh_();
    return this.last;
  }

  // A score that came from elsewhere.
  put(score: Score): void {
    this.last = score;
    this.heard_(score);
  }

  stop(): void {
    clearTimeout(this.timer_);
    this.timer_ = undefined;
    this.isNew_ = false;
  }

  private refresh_(): void {
    this.stop();
    this.scoredMs_ = this.nowMs_();
    const score = this.compute_();
    if (score) this.put(score);
  }
}
