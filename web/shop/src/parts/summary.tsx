// What an order comes to: subtotal, promotions as the server's quote has them, coupon, delivery, total. While the cart
// is being changed, what depends on the quote stays as it was told last and looks it.
import type { ReactNode } from "react";
import type { Money } from "../api/types";
import { moneyText } from "../format/money";
import { useSpeech } from "../i18n";
import { cart } from "../state/cart";
import { coupon, couponHolds, savingOf } from "../state/coupon";
import { useNow } from "../state/now";
import { receiptOf } from "../state/offers";
import { useStore } from "../../../shared/store";
import { Countdown } from "./countdown";
import { Amount } from "./filled";
import { Icon } from "./icon";
import { Price } from "./price";

export function Summary({
  cents,
  currency,
  children,
}: {
  cents: number;
  currency: string | undefined;
  children?: ReactNode;
}) {
  const { t, locale } = useSpeech();
  const held = useStore(coupon);
  const now_ms = useNow(1000, held !== null);
  const { offers, told_cents, busy } = useStore(cart.view);
  const rows = receiptOf(offers);
  const pending = busy > 0 && offers.promotions.length > 0;
  const after = (pending ? told_cents : cents) - offers.saved_cents;
  const saving = savingOf(held, after, now_ms);
  const money = (amount: number): Money => (currency ? { cents: amount, currency } : { cents: amount });
  return (
    <section className="summary" aria-label={t.checkout.order}>
      <dl>
        <div>
          <dt>{t.cart.subtotal}</dt>
          <dd>{moneyText(money(cents), locale)}</dd>
        </div>
        {rows.map(({ promotion, title, saved_cents }) => (
          <div key={promotion} className={pending ? "summary-saved pending" : "summary-saved"} aria-busy={pending}>
            <dt>{title ?? t.offer.promotions}</dt>
            <dd>
              <Amount cents={-saved_cents} currency={currency} name={`saved ${promotion ?? ""}`.trim()} />
            </dd>
          </div>
        ))}
        {couponHolds(held, now_ms) && (
          <div className="summary-coupon">
            <dt>
              <Icon name="gift" /> {t.cart.coupon} ({t.coupon.off(held.percent)}){" "}
              <Countdown until_ms={held.expires_ms} />
            </dt>
            <dd>{moneyText(money(-saving), locale)}</dd>
          </div>
        )}
        <div>
          <dt>{t.cart.delivery}</dt>
          <dd>{t.cart.free}</dd>
        </div>
        <div className="summary-total">
          <dt>{t.cart.total}</dt>
          <dd className={pending ? "pending" : ""} aria-busy={pending}>
            <data value={after - saving} data-amount="total">
              <Price money={money(after - saving)} />
            </data>
          </dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
