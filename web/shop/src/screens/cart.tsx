import { useEffect } from "react";
import { shelf } from "../api/items";
import type { CartLine, Item } from "../api/types";
import { sumOf } from "../format/money";
import { useSpeech } from "../i18n";
import { AddOn } from "../parts/add_on";
import { CartRow } from "../parts/cart_row";
import { Notice, ProblemNotice } from "../parts/notice";
import { Link } from "../parts/link";
import { OfferBar } from "../parts/offer_bar";
import { Summary } from "../parts/summary";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { cart, piecesOf, tick } from "../state/cart";
import { enter } from "../state/kit";
import { useStore } from "../../../shared/store";
import { useItems } from "../state/use_items";

// `offer`: the promotion whose overlay lies over the cart; `choose`: the goods whose sku is being chosen there.
export function Cart({ offer, choose }: { offer: string | undefined; choose: string | undefined }) {
  const { t } = useSpeech();
  const { lines, loaded, problem } = useStore(cart.view);
  const items = useItems(lines.map(({ item }) => item));
  useEffect(() => {
    enter("cart");
    void cart.load();
  }, []);
  return (
    <div {...marked(0, 0, ACTION.cart)}>
      <header className="screen-head">
        <h1>{t.cart.title}</h1>
        {lines.length > 0 && <p className="quiet">{t.cart.pieces(piecesOf(lines))}</p>}
      </header>
      {!loaded && problem ? (
        <ProblemNotice problem={problem} retry={() => void cart.load()} />
      ) : !loaded && lines.length === 0 ? (
        <CartSkeleton />
      ) : lines.length === 0 ? (
        <EmptyCart />
      ) : (
        <FullCart lines={lines} items={items} rolledBack={problem !== null} />
      )}
      {offer && <AddOn promotion={offer} chooses={choose} />}
    </div>
  );
}

function FullCart({
  lines,
  items,
  rolledBack,
}: {
  lines: CartLine[];
  items: ReadonlyMap<string, Item>;
  rolledBack: boolean;
}) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  const ticked = lines.filter((line) => line.ticked);
  const all = ticked.length === lines.length;
  const priced = ticked.map((line) => ({ ...line, ...priceOf(line, items) }));
  return (
    <div className="cart">
      <div>
        {rolledBack && (
          <p className="warning" role="alert">
            {t.cart.rolledBack}
          </p>
        )}
        <label className="tick-all">
          <input type="checkbox" checked={all} onChange={() => lines.forEach((line) => tick(line, !all))} />
          {t.cart.all}
        </label>
        <ul className="cart-lines">
          {lines.map((line) => (
            <CartRow key={line.item} line={line} item={items.get(line.item) ?? shelf.peek(line.item) ?? undefined} />
          ))}
        </ul>
        <OfferBar />
      </div>
      <Summary cents={sumOf(priced)} currency={currency}>
        {ticked.length > 0 ? (
          <Link
            className="button button-main"
            to={{ at: "checkout" }}
            {...marked(CONTROL.button, BUTTON.checkout, ACTION.cart)}
          >
            {t.cart.checkout(piecesOf(ticked))}
          </Link>
        ) : (
          <p className="quiet">{t.cart.nothingTicked}</p>
        )}
      </Summary>
    </div>
  );
}

export function priceOf(line: CartLine, items: ReadonlyMap<string, Item>): Pick<CartLine, "price"> {
  const price = line.price ?? items.get(line.item)?.price;
  return price ? { price } : {};
}

function EmptyCart() {
  const { t } = useSpeech();
  return (
    <Notice title={t.cart.empty} hint={t.cart.emptyHint} picture="Handbags">
      <Link className="button" to={{ at: "feed" }}>
        {t.cart.browse}
      </Link>
    </Notice>
  );
}

function CartSkeleton() {
  return (
    <ul className="cart-lines skeleton" aria-busy="true">
      {[0, 1, 2].map((each) => (
        <li key={each} className="cart-row">
          <i style={{ width: 84, height: 84 }} />
          <i style={{ width: "60%" }} />
        </li>
      ))}
    </ul>
  );
}
