// The strip that leads to the overlay: under the cart, and above the buttons of an item's page on a phone.
import { useSpeech } from "../i18n";
import { go, openLayer } from "../route";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { cart } from "../state/cart";
import { useOffer } from "../state/offers";
import { useStore } from "../../../shared/store";
import { Icon } from "./icon";
import { OfferLine, OfferNews, OfferProgress } from "./offer_line";

export function OfferBar() {
  const { t } = useSpeech();
  const offer = useOffer();
  if (!offer) return null;
  return (
    <div className="offer-bar">
      <button
        className="offer-open"
        onClick={() => openLayer({ at: "cart", offer: offer.quote.promotion })}
        {...marked(CONTROL.button, BUTTON.more, ACTION.cart)}
      >
        <OfferLine offer={offer} />
        <span className="offer-go">
          <span>{t.offer.open}</span>
          <Icon name="forward" />
        </span>
      </button>
      <OfferProgress offer={offer} />
      <OfferNews offer={offer} />
    </div>
  );
}

export function OfferStrip() {
  const offer = useOffer();
  const { lines } = useStore(cart.view);
  if (!offer || !lines.some((line) => line.ticked)) return null;
  const open = () => {
    go({ at: "cart" });
    openLayer({ at: "cart", offer: offer.quote.promotion });
  };
  return (
    <button className="offer-strip" onClick={open} {...marked(CONTROL.button, BUTTON.openCart, ACTION.detail)}>
      <OfferLine offer={offer} />
      <Icon name="forward" />
    </button>
  );
}
