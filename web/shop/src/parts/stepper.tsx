import { useSpeech } from "../i18n";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { Icon } from "./icon";

export const MOST_PIECES = 20;

export function Stepper({
  value,
  least = 1,
  onChange,
  pageAction,
}: {
  value: number;
  least?: number;
  onChange: (value: number) => void;
  pageAction: number;
}) {
  const { t } = useSpeech();
  const control = marked(CONTROL.button, BUTTON.quantity, pageAction);
  return (
    <div className="stepper" role="group" aria-label={t.item.quantity}>
      <button aria-label={t.cart.less} disabled={value <= least} onClick={() => onChange(value - 1)} {...control}>
        <Icon name="minus" />
      </button>
      <output aria-live="polite">{value}</output>
      <button
        aria-label={t.cart.more}
        disabled={value >= MOST_PIECES}
        onClick={() => onChange(value + 1)}
        {...control}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}
