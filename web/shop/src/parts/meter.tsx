// The intent meter: what the model makes of this visit, while it happens. A panel beside the shop on wide screens, a
// sheet from below on phones.
import { percentText, useSpeech } from "../i18n";
import { BAND, TARGET } from "../state/kit";
import { reading } from "../state/scores";
import { meterShown } from "../state/settings";
import { consent } from "../state/shopper";
import { useStore } from "../state/store";
import { Attention } from "./attention";
import { Curves } from "./curves";
import { Gauge } from "./gauge";
import { Icon } from "./icon";

export function Meter() {
  const { t, locale } = useSpeech();
  const { score, history, attention } = useStore(reading);
  const answer = useStore(consent);
  const main = score?.probabilities[TARGET];
  return (
    <aside className="meter" aria-label={t.meter.title}>
      <header className="meter-head">
        <h2>{t.meter.title}</h2>
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
