import type { Money } from "../api/types";
import { moneyText, priceParts } from "../format/money";
import { useSpeech } from "../i18n";

// A price whose whole part is set larger; readers hear it as one.
export function Price({ money, size = "m" }: { money: Money; size?: "s" | "m" | "l" }) {
  const { locale } = useSpeech();
  const { before, whole, fraction, after } = priceParts(money, locale);
  return (
    <span className={`price price-${size}`}>
      <span className="unseen">{moneyText(money, locale)}</span>
      <span aria-hidden="true">
        <span className="price-small">{before}</span>
        {whole}
        <span className="price-small">{fraction + after}</span>
      </span>
    </span>
  );
}
