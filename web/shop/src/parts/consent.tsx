// Comes before anything is noted. It does not block the shop: no is as easy as yes, and both are equally large.
import { useSpeech } from "../i18n";
import { answerConsent, consent } from "../state/shopper";
import { useStore } from "../../../shared/store";

export function ConsentBanner() {
  const { t } = useSpeech();
  const answer = useStore(consent);
  if (answer !== "none") return null;
  return (
    <section className="consent" role="region" aria-labelledby="consent-title">
      <h2 id="consent-title">{t.consent.title}</h2>
      <p>{t.consent.text}</p>
      <p className="quiet">{t.consent.without}</p>
      <div className="consent-answers">
        <button className="button" onClick={() => answerConsent("denied")}>
          {t.consent.no}
        </button>
        <button className="button" onClick={() => answerConsent("granted")}>
          {t.consent.yes}
        </button>
      </div>
    </section>
  );
}
