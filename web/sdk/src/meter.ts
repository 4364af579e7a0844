// When to score: after something new only, and at most once in `everyMs`.

import type { Score } from "./types.js";

export class Meter {
  last: Score | null = null;
  private isNew = false;
  private scoredMs = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly everyMs: number,
    private readonly compute: () => Score | null,
    private readonly heard: (score: Score) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  touched(): void {
    this.isNew = true;
    if (this.timer !== undefined) return;
    const waitMs = this.scoredMs + this.everyMs - this.nowMs();
    if (waitMs <= 0) this.refresh();
    else this.timer = setTimeout(() => this.refresh(), waitMs);
  }

  // Up to date, whatever the interval.
  read(): Score | null {
    if (this.isNew) this.refresh();
    return this.last;
  }

  // A score that came from elsewhere.
  put(score: Score): void {
    this.last = score;
    this.heard(score);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isNew = false;
  }

  private refresh(): void {
    this.stop();
    this.scoredMs = this.nowMs();
    const score = this.compute();
    if (score) this.put(score);
  }
}
