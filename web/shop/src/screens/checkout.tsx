import { useEffect, useState } from "react";
import { placeOrder } from "../api/orders";
import { type ApiProblem, asProblem } from "../../../shared/problem";
import type { CartLine } from "../api/types";
import { moneyText, sumOf } from "../format/money";
import { useSpeech } from "../i18n";
import { Amount, Filled } from "../parts/filled";
import { Icon } from "../parts/icon";
import { Link } from "../parts/link";
import { Notice, ProblemNotice } from "../parts/notice";
import { Summary } from "../parts/summary";
import { Picture } from "../pictures/picture";
import { go } from "../route";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { cart } from "../state/cart";
import { coupon, couponHolds, dropCoupon, savingOf } from "../state/coupon";
import { enter, flush, tell } from "../state/kit";
import { newId, session, shopper } from "../state/shopper";
import { useStore } from "../../../shared/store";
import { useItems } from "../state/use_items";
import { priceOf } from "./cart";

const DAY_MS = 86_400_000;

export function Checkout() {
  const { t } = useSpeech();
  const view = useStore(cart.view);
  const items = useItems(view.lines.map(({ item }) => item));
  useEffect(() => {
    enter("checkout");
    tell("checkout");
    void cart.load(); // what is paid is what is saved now, not what was when the cart was read
  }, []);
  const lines = view.lines.filter((line) => line.ticked).map((line) => ({ ...line, ...priceOf(line, items) }));
  if (!view.loaded && view.problem) return <ProblemNotice problem={view.problem} retry={() => void cart.load()} />;
  if (view.loaded && lines.length === 0) {
    return (
      <Notice title={t.checkout.nothing} picture="Handbags">
        <Link className="button" to={{ at: "feed" }}>
          {t.cart.browse}
        </Link>
      </Notice>
    );
  }
  return (
    <div {...marked(0, 0, ACTION.pay)}>
      <header className="screen-head">
        <h1>{t.checkout.title}</h1>
      </header>
      <div className="cart">
        <div className="checkout-facts">
          <Given icon="truck" name={t.checkout.deliverTo} value={t.checkout.address} note={<Arrival />} />
          <Given icon="shop" name={t.checkout.pay} value={t.checkout.card} note={t.checkout.simulated} />
          <section className="panel">
            <h2>{t.checkout.order}</h2>
            <ul className="order-lines">
              {lines.map((line) => {
                const item = items.get(line.item);
                return (
                  <li key={line.item}>
                    <Picture item={line.item} category={item?.category} colour={item?.attributes?.["colour"]} />
                    <span>
                      {item?.title ?? line.item}
                      <LineSaving item={line.item} />
                    </span>
                    <span className="quiet">× {line.quantity}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        </div>
        <Pay lines={lines} currency={view.currency} />
      </div>
    </div>
  );
}

function LineSaving({ item }: { item: string }) {
  const { t } = useSpeech();
  const { offers, currency } = useStore(cart.view);
  const saved = offers.lines.find((line) => line.item === item)?.saved_cents ?? 0;
  if (saved <= 0) return null;
  return (
    <small className="line-saved">
      <Filled
        text={t.offer.saved}
        places={{ now: <Amount cents={saved} currency={currency} name={`line ${item}`} /> }}
      />
    </small>
  );
}

function Arrival() {
  const { t, locale } = useSpeech();
  const [date] = useState(() => new Date(Date.now() + 3 * DAY_MS));
  return (
    <>
      {t.checkout.arrives(
        new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(date),
      )}
    </>
  );
}

function Given({
  icon,
  name,
  value,
  note,
}: {
  icon: "truck" | "shop";
  name: string;
  value: string;
  note: React.ReactNode;
}) {
  return (
    <section className="panel given">
      <Icon name={icon} />
      <div>
        <h2>{name}</h2>
        <p>{value}</p>
        <p className="quiet">{note}</p>
      </div>
    </section>
  );
}

function Pay({ lines, currency }: { lines: CartLine[]; currency: string | undefined }) {
  const { t, locale } = useSpeech();
  const [paying, setPaying] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [id] = useState(() => newId("order"));
  const { offers, busy } = useStore(cart.view);
  const cents = sumOf(lines);
  const held = useStore(coupon);
  const after = cents - offers.saved_cents;
  const total = after - savingOf(held, after, Date.now());
  const pay = async () => {
    setPaying(true);
    setProblem(null);
    const used = couponHolds(held, Date.now()) ? held.coupon : null;
    try {
      await flush(); // what led to the order stands before it in the journal
      await placeOrder({ id, shopper, session, lines, offers, coupon: used }, Date.now());
      tell("purchase", {
        id,
        lines: lines.map(({ item, quantity, price }) => ({ item, quantity, ...(price && { price }) })),
      });
      if (used) dropCoupon();
      await cart.load();
      go({ at: "done", order: id }, "replace");
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setPaying(false);
    }
  };
  return (
    <Summary cents={cents} currency={currency}>
      {problem && (
        <p className="warning" role="alert">
          {t.problem[problem.kind]}
        </p>
      )}
      <button
        className="button button-main"
        disabled={paying || busy > 0}
        onClick={() => void pay()}
        {...marked(CONTROL.button, BUTTON.pay, ACTION.pay)}
      >
        {paying
          ? t.checkout.placing
          : t.checkout.place(moneyText(currency ? { cents: total, currency } : { cents: total }, locale))}
      </button>
      <p className="quiet">{t.checkout.simulated}</p>
    </Summary>
  );
}
