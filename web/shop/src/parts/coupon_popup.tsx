import { percentText, useSpeech } from "../i18n";
import { go } from "../route";
import { coupon, couponHolds, couponNews, type Coupon } from "../state/coupon";
import { useNow } from "../state/now";
import { useStore } from "../../../shared/store";
import { Countdown } from "./countdown";
import { Dialog } from "../../../shared/dialog";
import { Icon } from "./icon";

export function CouponPopup() {
  const held = useStore(coupon);
  const news = useStore(couponNews);
  const now_ms = useNow(1000, news);
  if (!news || !couponHolds(held, now_ms)) return null;
  return <Ticket held={held} />;
}

function Ticket({ held }: { held: Coupon }) {
  const { t, locale } = useSpeech();
  const later = () => couponNews.set(false);
  const use = () => {
    later();
    go({ at: "cart" });
  };
  return (
    <Dialog className="coupon" label={t.coupon.title} close={later}>
      <div className="ticket">
        <Confetti />
        <p className="ticket-title">
          <Icon name="gift" /> {t.coupon.title}
        </p>
        <p className="ticket-off">{t.coupon.off(held.percent)}</p>
        <p className="ticket-ends">
          {t.coupon.ends} <Countdown until_ms={held.expires_ms} />
        </p>
        <div className="ticket-edge" aria-hidden="true" />
        <p className="quiet ticket-why" data-from={held.from}>
          {t.coupon.why[held.from]}{" "}
          {held.probability !== null && t.coupon.probability(percentText(held.probability, locale))}
        </p>
        <button className="button button-main" onClick={use}>
          {t.coupon.use}
        </button>
        <button className="plain ticket-later" onClick={later}>
          {t.coupon.later}
        </button>
      </div>
    </Dialog>
  );
}

function Confetti() {
  const pieces = [
    [18, 26, 20],
    [44, 12, -30],
    [74, 34, 60],
    [250, 16, 15],
    [282, 40, -50],
    [304, 20, 35],
    [30, 64, -15],
    [292, 78, 70],
  ] as const;
  return (
    <svg className="confetti" viewBox="0 0 320 110" aria-hidden="true">
      {pieces.map(([x, y, turn], index) => (
        <rect
          key={index}
          x={x}
          y={y}
          width="9"
          height="4"
          rx="1.5"
          transform={`rotate(${turn} ${x} ${y})`}
          className={`confetti-${index % 3}`}
        />
      ))}
    </svg>
  );
}
