import type { Score } from "inkling-sdk";
import { curvePath, scaleOf } from "../format/meter";
import { percentText, useSpeech } from "../i18n";
import { BAND } from "../state/kit";

const WIDTH = 300;
const HEIGHT = 110;
const SHORTEST_MS = 60_000; // of the time that is shown
const LONGEST_MS = 5 * 60_000;

// One curve for each horizon over the last minutes.
export function Curves({ history, now_ms }: { history: readonly Score[]; now_ms: number }) {
  const { t, locale } = useSpeech();
  const newest = history.at(-1);
  if (!newest) return null;
  const age_ms = now_ms - (history[0]?.at_ms ?? now_ms);
  const span_ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, age_ms));
  const targets = Object.keys(newest.probabilities);
  const name = (target: string) => t.meter.within[target.split("_").at(-1) ?? ""] ?? target;
  const path = (target: string) =>
    curvePath(
      history.map(({ at_ms, probabilities }) => ({ at_ms, probability: probabilities[target] ?? 0 })),
      now_ms,
      span_ms,
      WIDTH,
      HEIGHT,
    );
  const y = (probability: number) => HEIGHT * (1 - scaleOf(probability));
  return (
    <section className="curves">
      <h3>{t.meter.over}</h3>
      <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="curves-band" x="0" width={WIDTH} y={y(BAND.high)} height={y(BAND.low) - y(BAND.high)} />
        {targets.map((target, index) => (
          <path key={target} className={`curve curve-${index}`} d={path(target)} />
        ))}
      </svg>
      <ul className="curves-legend">
        {targets.map((target, index) => (
          <li key={target}>
            <i className={`swatch curve-${index}`} /> {name(target)}{" "}
            <b>{percentText(newest.probabilities[target] ?? 0, locale)}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
