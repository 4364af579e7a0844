// Wall-clock time of events and of the moments that listeners hear, from the page's monotonic clock. The system's clock
// may be set and the monotonic one may stand still while a laptop sleeps: when the two drift apart by more than a
// second, time goes on from the system's. Milliseconds.

const slackMs = 1000;

export class WallClock {
  private originMs: number;

  constructor(
    private readonly systemNow: () => number = Date.now,
    private readonly monotonicNow: () => number = () => performance.now(),
  ) {
    this.originMs = systemNow() - monotonicNow();
  }

  // Of an event's timeStamp. Some browsers stamp synthetic or replayed events with zero or another clock.
  at(stampMs: number): number {
    const nowMs = this.monotonicNow();
    return this.originMs + (stampMs > 0 && stampMs <= nowMs ? stampMs : nowMs);
  }

  now(): number {
    return this.originMs + this.monotonicNow();
  }

  // True when the clock had jumped.
  check(): boolean {
    const driftMs = this.systemNow() - this.now();
    if (Math.abs(driftMs) <= slackMs) return false;
    this.originMs += driftMs;
    return true;
  }
}
