import type { ViewAttention } from "inkling-sdk";
import { heights } from "../format/meter";
import { useSpeech } from "../i18n";

const SHOWN = 24;

// How much weight the model gives to each of the last records, a bar each.
export function Attention({ views }: { views: readonly ViewAttention[] }) {
  const { t } = useSpeech();
  const shown = views.filter(({ intra }) => intra && intra.length > 0);
  if (shown.length === 0) return null;
  return (
    <section className="attention">
      <h3>{t.meter.attention}</h3>
      {shown.map(({ view, intra = [] }) => (
        <div key={view} className="attention-row">
          <span>{t.meter.views[view] ?? view}</span>
          <div className="bars" aria-hidden="true">
            {heights(intra, SHOWN).map((height, index, all) => (
              <i
                key={index}
                style={{
                  height: `${8 + 92 * height}%`,
                  opacity: 0.35 + 0.65 * height,
                  gridColumn: SHOWN - all.length + index + 1,
                }}
              />
            ))}
          </div>
        </div>
      ))}
      <p className="quiet attention-axis" aria-hidden="true">
        <span>{t.meter.oldest}</span>
        <span>{t.meter.newest}</span>
      </p>
    </section>
  );
}
