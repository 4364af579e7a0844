// What an order comes to: subtotal, coupon, delivery, total.
import type { ReactNode } from "react";
import type { Money } from "../api/types";
import { moneyText } from "../format/money";
import { useSpeech } from "../i18n";
import { coupon, couponHolds, savingOf } from "../state/coupon";
import { useNow } from "../state/now";
import { useStore } from "../state/store";
import { Countdown } from "./countdown";
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
  const saving = savingOf(held, cents, now_ms);
  const money = (amount: number): Money => (currency ? { cents: amount, currency } : { cents: amount });
  return (
    <section className="summary" aria-label={t.checkout.order}>
      <dl>
        <div>
          <dt>{t.cart.subtotal}</dt>
          <dd>{moneyText(money(cents), locale)}</dd>
        </div>
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
          <dd>
            <Price money={money(cents - saving)} />
          </dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
