// How many, and into the cart. On a phone it stays at the bottom of the screen.
import { useEffect, useState } from "react";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { addToCart } from "../state/cart";
import { Icon } from "./icon";
import { OfferStrip } from "./offer_bar";
import { Stepper } from "./stepper";
import { toast } from "./toast";

const ADDED_MS = 2_200;

export function Buy({ item }: { item: Item }) {
  const { t } = useSpeech();
  const [pieces, setPieces] = useState(1);
  const [added, setAdded] = useState(0); // counts additions, so that each one shows
  useEffect(() => {
    if (added === 0) return;
    const timer = setTimeout(() => setAdded(0), ADDED_MS);
    return () => clearTimeout(timer);
  }, [added]);
  const add = async () => {
    setAdded(added + 1);
    if (await addToCart(item, pieces)) return;
    setAdded(0);
    toast(t.cart.rolledBack);
  };
  const sold = item.on_sale === false || item.stock === 0;
  return (
    <div className="buy">
      <OfferStrip />
      <Stepper value={pieces} onChange={setPieces} pageAction={ACTION.detail} />
      <button
        className="button button-main"
        disabled={sold}
        onClick={() => void add()}
        {...marked(CONTROL.button, BUTTON.cartAdd, ACTION.detail)}
      >
        <Icon name={added ? "check" : "cart"} />
        <span aria-live="polite">{sold ? t.item.soldOut : added ? t.item.added : t.item.addToCart}</span>
      </button>
    </div>
  );
}
