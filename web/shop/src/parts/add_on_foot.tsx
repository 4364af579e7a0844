// The running gap at the bottom of the overlay, what was just added, and the way to pay.
import { useEffect } from "react";
import { useSpeech } from "../i18n";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { addOnNews, say, takeBack } from "../state/add_on";
import { cart, piecesOf } from "../state/cart";
import type { Offer } from "../state/offers";
import { useStore } from "../../../shared/store";
import { Link } from "./link";
import { OfferLine, OfferProgress } from "./offer_line";

const SHOWN_MS = 6_000;

export function AddOnFoot({ offer }: { offer: Offer }) {
  const { t } = useSpeech();
  const { lines } = useStore(cart.view);
  const pieces = piecesOf(lines.filter((line) => line.ticked));
  return (
    <footer className="add-on-foot">
      <News />
      <OfferProgress offer={offer} />
      <div className="add-on-sum">
        <OfferLine offer={offer} running />
        {pieces > 0 && (
          <Link
            className="button button-main"
            to={{ at: "checkout" }}
            {...marked(CONTROL.button, BUTTON.checkout, ACTION.cart)}
          >
            {t.cart.checkout(pieces)}
          </Link>
        )}
      </div>
    </footer>
  );
}

function News() {
  const { t } = useSpeech();
  const news = useStore(addOnNews);
  const { problem, loaded } = useStore(cart.view);
  useEffect(() => {
    if (problem && loaded) say({ kind: "failed" }); // whatever change it was
  }, [problem, loaded]);
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => addOnNews.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div className="add-on-news" role="status">
      {news?.kind === "failed" && <p>{t.cart.rolledBack}</p>}
      {news?.kind === "added" && (
        <p>
          <span>{t.offer.added(news.items.map((item) => item.title ?? item.item).join(" + "))}</span>
          <button onClick={() => takeBack(news.items.map(({ item }) => item))}>{t.cart.undo}</button>
        </p>
      )}
    </div>
  );
}
