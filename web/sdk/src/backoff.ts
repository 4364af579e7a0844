// How long to wait before the next try: doubling from one second to five minutes, half of it drawn at random, so that
// the phones of a city do not come back in the same second.

export const firstWaitMs = 1000;
export const longestWaitMs = 300_000;

export class Backoff {
  private tries_ = 0;

  constructor(private readonly random_: () => number = Math.random) {}

  next(): number {
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(this.tries_++, 20));
    return waitMs * (0.5 + 0.5 * this.random_());
  }

  reset(): void {
    this.tries_ = 0;
  }
}

// Of a Retry-After header: seconds or a date. At most an hour.
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (!header) return null;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.max(0, Math.min(waitMs, 3_600_000)) : null;
}
