// How far a promotion is: what is saved now, how much more saves how much. The line turns when a step is reached.
import { useEffect, useRef, useState } from "react";
import { useSpeech } from "../i18n";
import { cart } from "../state/cart";
import { type Offer, savedBy } from "../state/offers";
import { useStore } from "../../../shared/store";
import { Amount, Filled } from "./filled";
import { Icon } from "./icon";

// How often a step was reached while the line was looked at. What the server has not confirmed does not count.
function useTurns({ quote, pending }: Offer): number {
  const before = useRef({ promotion: quote.promotion, step: quote.step });
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    if (pending) return;
    const { promotion, step } = before.current;
    before.current = { promotion: quote.promotion, step: quote.step };
    if (promotion === quote.promotion && quote.step > step) setTurns((count) => count + 1);
  }, [quote.promotion, quote.step, pending]);
  return turns;
}

// `running`: below the promotion's own name, where how far it is says more than the name again.
export function OfferLine({ offer, running = false }: { offer: Offer; running?: boolean }) {
  const { t } = useSpeech();
  const { quote, pending } = offer;
  const turns = useTurns(offer);
  const saved = savedBy(quote) > 0;
  const looks = ["offer-line", saved && "offer-saved", pending && "pending", turns > 0 && "offer-turned"];
  return (
    <div key={turns} className={looks.filter(Boolean).join(" ")} aria-busy={pending} data-promotion={quote.promotion}>
      <span className="offer-sign">
        <Icon name={saved ? "check" : "gift"} />
      </span>
      <div className="offer-words">
        <p className="offer-first">{saved ? <SavedNow offer={offer} /> : <ToNext offer={offer} />}</p>
        <p className="offer-second">
          {saved ? <ToNext offer={offer} /> : running ? <SoFar offer={offer} /> : (quote.title ?? t.offer.title)}
        </p>
      </div>
    </div>
  );
}

function SavedNow({ offer: { quote } }: { offer: Offer }) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  return (
    <Filled
      text={t.offer.saved}
      places={{ now: <Amount cents={savedBy(quote)} currency={currency} name="saved" /> }}
    />
  );
}

function ToNext({ offer: { quote, gap_cents, pending } }: { offer: Offer }) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  const { more_cents } = quote;
  if (gap_cents === undefined || more_cents === undefined) return <>{t.offer.top}</>;
  if (pending && gap_cents <= 0) return <>{t.offer.checking}</>;
  const gap = <Amount cents={gap_cents} currency={currency} name="gap" />;
  const win = <Amount cents={more_cents} currency={currency} name="more" />;
  return <Filled text={savedBy(quote) > 0 ? t.offer.another : t.offer.more} places={{ gap, win }} />;
}

function SoFar({ offer: { quote, gap_cents } }: { offer: Offer }) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  const { threshold_cents } = quote;
  if (threshold_cents === undefined || gap_cents === undefined) return null;
  const have = <Amount cents={threshold_cents - gap_cents} currency={currency} name="counted" />;
  const goal = <Amount cents={threshold_cents} currency={currency} name="threshold" />;
  return <Filled text={t.offer.soFar} places={{ have, goal }} />;
}

// From the beginning of the ladder to its next step.
export function OfferProgress({ offer: { quote, gap_cents } }: { offer: Offer }) {
  const { t } = useSpeech();
  const { threshold_cents } = quote;
  const done = threshold_cents === undefined || gap_cents === undefined ? 1 : 1 - gap_cents / threshold_cents;
  const percent = Math.round(100 * Math.min(1, Math.max(0, done)));
  return (
    <div
      className="offer-progress"
      role="progressbar"
      aria-label={t.offer.progress}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i style={{ transform: `scaleX(${percent / 100})` }} />
    </div>
  );
}

// Tells readers what a step saves once the server has said so.
export function OfferNews({ offer }: { offer: Offer }) {
  const turns = useTurns(offer);
  return (
    <p className="unseen" role="status">
      {turns > 0 && savedBy(offer.quote) > 0 && <SavedNow offer={offer} />}
    </p>
  );
}
