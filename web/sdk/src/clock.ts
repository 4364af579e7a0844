// Wall-clock time of events and of the moments that listeners hear, from the page's monotonic clock. The system's
// clock may be set and the monotonic one may stand still while a laptop sleeps: when the two drift apart by more than
// a second, time goes on from the system's. Milliseconds.

const slackMs = 1000;
const longestUptimeMs = 1e11; // three years; clocks that count from 1970 are beyond

export class WallClock {
  private originMs_: number;

  constructor(
    private readonly systemNow_: () => number = Date.now,
    private readonly monotonicNow_: () => number = () => performance.now(),
  ) {
    this.originMs_ = systemNow_() - monotonicNow_();
  }

  // Of an event's timeStamp. Some browsers stamp synthetic or replayed events with zero or with another clock.
  at(stampMs: number): number {
    return stampMs > 0 && stampMs < longestUptimeMs ? this.originMs_ + stampMs : this.now();
  }

  now(): number {
    return this.originMs_ + this.monotonicNow_();
  }

  // True when the clock had jumped.
  check(): boolean {
    const driftMs = this.systemNow_() - this.now();
    if (Math.abs(driftMs) <= slackMs) return false;
    this.originMs_ += driftMs;
    return true;
  }
}
