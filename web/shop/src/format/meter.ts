// Geometry of the intent meter: pure functions from probabilities to places, so that tests can hold them.

export interface Point {
  x: number;
  y: number;
}

// Small probabilities matter most, so the scale is that of logits between these two, not the share itself.
export const LEAST = 0.01;
export const MOST = 0.9;

const logit = (p: number) => Math.log(p / (1 - p));

// 0 at LEAST and below, 1 at MOST and above.
export function scaleOf(probability: number): number {
  const bounded = Math.min(MOST, Math.max(LEAST, probability));
  return (logit(bounded) - logit(LEAST)) / (logit(MOST) - logit(LEAST));
}

// On a half circle from left (0) over the top to the right (1).
export function onArc(share: number, centre: Point, radius: number): Point {
  const angle = Math.PI * (1 - share);
  return { x: centre.x + radius * Math.cos(angle), y: centre.y - radius * Math.sin(angle) };
}

const at = ({ x, y }: Point) => `${x.toFixed(2)} ${y.toFixed(2)}`;

export function arcPath(from: number, to: number, centre: Point, radius: number): string {
  return `M${at(onArc(from, centre, radius))}A${radius} ${radius} 0 0 1 ${at(onArc(to, centre, radius))}`;
}

export interface Sample {
  at_ms: number;
  probability: number;
}

// A line through the samples, newest at the right edge; the window is `span_ms` wide.
export function curvePath(
  samples: readonly Sample[],
  now_ms: number,
  span_ms: number,
  width: number,
  height: number,
): string {
  return samples
    .filter(({ at_ms }) => at_ms >= now_ms - span_ms && at_ms <= now_ms)
    .map(({ at_ms, probability }, index) => {
      const x = width * (1 - (now_ms - at_ms) / span_ms);
      return `${index === 0 ? "M" : "L"}${at({ x, y: height * (1 - scaleOf(probability)) })}`;
    })
    .join("");
}

// Weights of the newest `most` records as heights from 0 to 1 of the largest; oldest first.
export function heights(weights: readonly number[], most: number): number[] {
  const shown = weights.slice(-most);
  const largest = Math.max(...shown, 0);
  return shown.map((weight) => (largest > 0 ? Math.max(0, weight) / largest : 0));
}
