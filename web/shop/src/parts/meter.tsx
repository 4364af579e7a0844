// The intent meter: what the model makes of this visit, while it happens. A panel beside the shop on wide screens; on
// phones a small one in the corner, which opens a sheet from below.
import { useState } from "react";
import { arcPath, scaleOf } from "../format/meter";
import { percentText, useSpeech } from "../i18n";
import { BAND, TARGET } from "../state/kit";
import { reading } from "../state/scores";
import { meterShown } from "../state/settings";
import { consent } from "../state/shopper";
import { useStore } from "../../../shared/store";
import { Attention } from "./attention";
import { Curves } from "./curves";
import { Gauge } from "./gauge";
import { Icon } from "./icon";

export function Meter() {
  const [open, setOpen] = useState(false);
  return (
    <>
      {!open && <Small open={() => setOpen(true)} />}
      <Whole hidden={!open} fold={() => setOpen(false)} />
    </>
  );
}

const RING = { x: 22, y: 22 };

function Small({ open }: { open: () => void }) {
  const { t, locale } = useSpeech();
  const probability = useStore(reading).score?.probabilities[TARGET];
  const text = probability === undefined ? "–" : percentText(probability, locale);
  return (
    <button className="meter-small" aria-label={`${t.meter.open}. ${t.meter.gauge(text)}`} onClick={open}>
      <svg className="gauge" viewBox="0 0 44 26" aria-hidden="true">
        <path className="gauge-track" d={arcPath(0, 1, RING, 18)} />
        {probability !== undefined && (
          <path className="gauge-value" d={arcPath(0, Math.max(scaleOf(probability), 0.01), RING, 18)} />
        )}
      </svg>
      <data value={probability ?? ""}>{text}</data>
    </button>
  );
}

function Whole({ hidden, fold }: { hidden: boolean; fold: () => void }) {
  const { t, locale } = useSpeech();
  const { score, history, attention } = useStore(reading);
  const answer = useStore(consent);
  const main = score?.probabilities[TARGET];
  return (
    <aside className={hidden ? "meter meter-folded" : "meter"} aria-label={t.meter.title}>
      <header className="meter-head">
        <h2>{t.meter.title}</h2>
        <button className="plain meter-fold" aria-label={t.meter.fold} onClick={fold}>
          <Icon name="minus" />
        </button>
        <button className="plain" aria-label={t.meter.close} onClick={() => meterShown.set(false)}>
          <Icon name="close" />
        </button>
      </header>
      {score === null || main === undefined ? (
        <p className="quiet meter-waiting">{answer === "granted" ? t.meter.waiting : t.meter.off}</p>
      ) : (
        <>
          <Gauge probability={main} low={BAND.low} high={BAND.high} text={percentText(main, locale)} />
          <p className="meter-source" data-from={score.from}>
            {t.meter.from[score.from]} · {t.meter.version(score.version)}
          </p>
          <Curves history={history} now_ms={score.at_ms} />
          {attention && <Attention views={attention} />}
        </>
      )}
    </aside>
  );
}
