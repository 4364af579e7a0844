// What the scene add-on proposes: a few in front, the others as a list that goes on.
import type { Ref } from "react";
import { useSpeech } from "../i18n";
import type { Offer } from "../state/offers";
import type { SceneList } from "../state/scene_list";
import { AddOnCard } from "./add_on_card";
import { CardSkeleton } from "./card";
import { Endless } from "./endless";

const FRONT = 6;

interface Props {
  picks: SceneList;
  offer: Offer;
}

export function FrontPicks({ picks, offer, more }: Props & { more: () => void }) {
  const { t } = useSpeech();
  const front = picks.list.slice(0, FRONT);
  const waiting = picks.waiting && front.length === 0;
  if (front.length === 0 && !waiting) return null; // the feed says why
  return (
    <section className="add-on-front" aria-label={t.offer.front} aria-busy={waiting}>
      <header className="add-on-part">
        <h3>{t.offer.front}</h3>
        <NewPicks picks={picks} offer={offer} />
        <button className="add-on-link" onClick={more}>
          {t.offer.seeMore}
        </button>
      </header>
      <ul className="rail">
        {front.map((listed) => (
          <li key={listed.item.item}>
            <AddOnCard listed={listed} offer={offer} />
          </li>
        ))}
        {waiting && [0, 1, 2, 3].map((each) => <li key={each}>{<CardSkeleton />}</li>)}
      </ul>
    </section>
  );
}

export function AddOnFeed({ picks, offer, at }: Props & { at: Ref<HTMLElement> }) {
  const { t } = useSpeech();
  const rest = picks.list.slice(FRONT);
  const all = picks.list.length <= FRONT && picks.ended && !picks.problem;
  return (
    <section ref={at} className="add-on-feed" aria-label={t.offer.feed} tabIndex={-1}>
      <header className="add-on-part">
        <h3>{t.offer.feed}</h3>
        <NewPicks picks={picks} offer={offer} />
      </header>
      {all && <p className="quiet">{picks.list.length === 0 ? t.offer.nothing : t.offer.thatIsAll}</p>}
      {!all && (
        <Endless
          scene={{ ...picks, list: rest }}
          label={t.offer.feed}
          card={(listed) => <AddOnCard listed={listed} offer={offer} />}
        />
      )}
    </section>
  );
}

// Shown where the list was made for another gap than there is now. What is shown stays until it is asked for.
function NewPicks({ picks, offer }: Props) {
  const { t } = useSpeech();
  const old = !offer.pending && picks.offer !== undefined && picks.offer.gap_cents !== offer.quote.gap_cents;
  const wanted = old && offer.quote.gap_cents !== undefined;
  return (
    <button className="add-on-link add-on-new" hidden={!wanted} disabled={picks.waiting} onClick={picks.renew}>
      {t.offer.newPicks}
    </button>
  );
}
