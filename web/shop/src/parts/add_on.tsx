// The overlay over the cart that completes it for a promotion: front picks, the cart's own goods with their ticks, the
// feed. It shares the cart with the screen below, so a tick counts in both, and nothing in it is reset by one.
import { type RefObject, useEffect, useRef } from "react";
import { useSpeech } from "../i18n";
import { closeLayer, go, hasReturned } from "../route";
import { ACTION, marked } from "../state/app_tables";
import { cart } from "../state/cart";
import { type Offer, useOffer } from "../state/offers";
import { useAddOn } from "../state/scene_list";
import { useStore } from "../../../shared/store";
import { useItems } from "../state/use_items";
import { AddOnFoot } from "./add_on_foot";
import { AddOnFeed, FrontPicks } from "./add_on_picks";
import { CartRow } from "./cart_row";
import { Chooser } from "./chooser";
import { Dialog } from "../../../shared/dialog";
import { Icon } from "./icon";
import { Notice } from "./notice";
import { OfferNews } from "./offer_line";

let place = 0; // how far down it was scrolled, for the way back from an item

export function AddOn({ promotion, chooses }: { promotion: string; chooses: string | undefined }) {
  const { t } = useSpeech();
  const offer = useOffer(promotion);
  const { loaded } = useStore(cart.view);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hasReturned()) scroller.current?.scrollTo({ top: place, behavior: "instant" });
  }, []);
  const close = () => closeLayer({ at: "cart" });
  return (
    <>
      <Dialog className="add-on" label={t.offer.title} close={close}>
        <div className="add-on-page" {...marked(0, 0, ACTION.cart)}>
          <Head promotion={promotion} close={close} />
          {offer ? (
            <Body key={promotion} offer={offer} scroller={scroller} />
          ) : (
            <div className="add-on-scroll">{loaded && <Ended />}</div>
          )}
          {offer && <AddOnFoot offer={offer} />}
          {offer && <OfferNews offer={offer} />}
        </div>
      </Dialog>
      {chooses && <Chooser goods={chooses} close={() => closeLayer({ at: "cart", offer: promotion })} />}
    </>
  );
}

function Head({ promotion, close }: { promotion: string; close: () => void }) {
  const { t } = useSpeech();
  const { promotions } = useStore(cart.view).offers;
  const chosen = promotions.find((each) => each.promotion === promotion);
  return (
    <header className="add-on-head">
      <div className="add-on-title">
        <h2>{t.offer.title}</h2>
        {promotions.length === 1 && chosen?.title && <p className="quiet">{chosen.title}</p>}
      </div>
      <button className="plain" aria-label={t.offer.close} onClick={close}>
        <Icon name="close" />
      </button>
      {promotions.length > 1 && (
        <div className="chips add-on-offers" role="group" aria-label={t.offer.which}>
          {promotions.map((each) => (
            <button
              key={each.promotion}
              className="chip"
              aria-pressed={each.promotion === promotion}
              onClick={() => go({ at: "cart", offer: each.promotion }, "replace")}
            >
              {each.title ?? each.promotion}
            </button>
          ))}
        </div>
      )}
    </header>
  );
}

function Body({ offer, scroller }: { offer: Offer; scroller: RefObject<HTMLDivElement> }) {
  const { t } = useSpeech();
  const picks = useAddOn(offer.quote.promotion);
  const feed = useRef<HTMLElement>(null);
  const toFeed = () => {
    if (!feed.current || !scroller.current) return;
    const above = feed.current.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top;
    scroller.current.scrollBy({ top: above }); // this list alone, and not the page under it
    feed.current.focus({ preventScroll: true });
  };
  return (
    <div
      ref={scroller}
      className="add-on-scroll"
      data-scrolls
      onScroll={() => (place = scroller.current?.scrollTop ?? 0)}
    >
      <FrontPicks picks={picks} offer={offer} more={toFeed} />
      <section className="add-on-own" aria-label={t.offer.own}>
        <h3>{t.offer.own}</h3>
        <OwnGoods />
      </section>
      <AddOnFeed picks={picks} offer={offer} at={feed} />
    </div>
  );
}

function OwnGoods() {
  const { lines } = useStore(cart.view);
  const items = useItems(lines.map(({ item }) => item));
  return (
    <ul className="cart-lines">
      {lines.map((line) => (
        <CartRow key={line.item} line={line} item={items.get(line.item)} />
      ))}
    </ul>
  );
}

function Ended() {
  const { t } = useSpeech();
  const { lines } = useStore(cart.view);
  if (lines.length === 0) return <Notice title={t.cart.empty} hint={t.cart.emptyHint} picture="Handbags" />;
  return <Notice title={t.offer.ended} hint={t.offer.endedHint} picture="Candles" />;
}
