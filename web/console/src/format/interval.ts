// Where the prices of an estimate stand on a line from 0 to 1. The scale is that of ratios, on which twice as dear is as
// far to one side as half as dear to the other, because that is how the estimate is made.
import type { Interval } from "../api/posts";

export interface Places {
  farLow: number;
  low: number;
  middle: number;
  high: number;
  farHigh: number;
  quote: number | null;
}

const MARGIN = 0.04; // of the line, free at both ends

export function placesOf(interval: Interval, quoteCents: number | null): Places {
  const { far_low_cents, low_cents, middle_cents, high_cents, far_high_cents } = interval;
  const log = (cents: number) => Math.log(Math.max(1, cents));
  const quoted = quoteCents !== null && quoteCents > 0 ? [log(quoteCents)] : [];
  const first = Math.min(log(far_low_cents), ...quoted);
  const last = Math.max(log(far_high_cents), ...quoted);
  const reach = last - first;
  const place = (at: number) => (reach > 0 ? MARGIN + ((at - first) / reach) * (1 - 2 * MARGIN) : 0.5);
  return {
    farLow: place(log(far_low_cents)),
    low: place(log(low_cents)),
    middle: place(log(middle_cents)),
    high: place(log(high_cents)),
    farHigh: place(log(far_high_cents)),
    quote: quoted[0] === undefined ? null : place(quoted[0]),
  };
}

// Labels of a given width (all shares of the line), moved as little as needed to overlap nowhere and stand on the line.
// `wanted`: their middles, in order.
export function spread(wanted: readonly number[], width: number): number[] {
  const middles = [...wanted];
  for (let i = 0; i < middles.length; ++i) {
    const least = i === 0 ? width / 2 : middles[i - 1]! + width;
    middles[i] = Math.max(middles[i]!, least);
  }
  for (let i = middles.length - 1; i >= 0; --i) {
    const most = i === middles.length - 1 ? 1 - width / 2 : middles[i + 1]! - width;
    middles[i] = Math.min(middles[i]!, most);
  }
  return middles;
}
