import { useSpeech } from "../i18n";
import { arcPath, onArc, scaleOf } from "../format/meter";

const CENTRE = { x: 110, y: 112 };
const RADIUS = 88;

export function Gauge({
  probability,
  low,
  high,
  text,
}: {
  probability: number;
  low: number;
  high: number;
  text: string;
}) {
  const { t } = useSpeech();
  const share = scaleOf(probability);
  const word = probability < low ? t.meter.below : probability < high ? t.meter.inside : t.meter.above;
  const tip = onArc(share, CENTRE, RADIUS);
  return (
    <div className="gauge">
      <svg viewBox="0 0 220 124" role="img" aria-label={t.meter.gauge(text)}>
        <path className="gauge-track" d={arcPath(0, 1, CENTRE, RADIUS)} />
        <path className="gauge-band" d={arcPath(scaleOf(low), scaleOf(high), CENTRE, RADIUS + 14)} />
        <path className="gauge-value" d={arcPath(0, Math.max(share, 0.004), CENTRE, RADIUS)} />
        <circle className="gauge-tip" cx={tip.x} cy={tip.y} r="9" />
      </svg>
      <p className="gauge-number" aria-hidden="true">
        {text}
      </p>
      <p className="gauge-word">{word}</p>
      <p className="quiet gauge-legend">
        <i className="swatch swatch-band" /> {t.meter.band}
      </p>
    </div>
  );
}
