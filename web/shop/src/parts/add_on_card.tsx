// One proposal: its card, whether it reaches the next step, and the button that puts it into the cart at once or,
// where it comes in several skus, through the chooser.
import { skus } from "../api/skus";
import { useSpeech } from "../i18n";
import { openLayer } from "../route";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { putAddOn, say, takeBack } from "../state/add_on";
import { cart } from "../state/cart";
import { type Offer, shortOf } from "../state/offers";
import { useStore } from "../state/store";
import { Card, type Listed } from "./card";
import { Amount, Filled } from "./filled";
import { Icon } from "./icon";

export function AddOnCard({ listed, offer }: { listed: Listed; offer: Offer }) {
  const { lines } = useStore(cart.view);
  const own = new Set([listed.item.item, ...(skus.peek(listed.item.item) ?? []).map(({ item }) => item)]);
  const line = lines.find((each) => own.has(each.item));
  return (
    <Card
      listed={listed}
      corner={<Put listed={listed} offer={offer} held={line?.item} />}
      mark={<Mark listed={listed} offer={offer} held={line?.ticked === true} />}
    />
  );
}

function Put({ listed: { item, request }, offer, held }: { listed: Listed; offer: Offer; held: string | undefined }) {
  const { t } = useSpeech();
  const title = item.title ?? item.item;
  const put = async () => {
    if (held !== undefined) return takeBack(held);
    try {
      const kinds = skus.peek(item.item) ?? (await skus.get(item.item));
      if (kinds.length > 1) openLayer({ at: "cart", offer: offer.quote.promotion, choose: item.item });
      else await putAddOn(kinds[0] ?? item, request);
    } catch {
      say({ kind: "failed" });
    }
  };
  return (
    <button
      className="round add-on-put"
      aria-pressed={held !== undefined}
      aria-label={`${held !== undefined ? t.offer.takeOut : t.item.addToCart}: ${title}`}
      onClick={() => void put()}
      {...marked(CONTROL.button, BUTTON.cartAdd, ACTION.cart)}
    >
      <Icon name={held !== undefined ? "check" : "plus"} />
    </button>
  );
}

function Mark({ listed: { item }, offer, held }: { listed: Listed; offer: Offer; held: boolean }) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  if (held) return <p className="mark-held">{t.offer.held}</p>;
  const short = shortOf(offer.gap_cents, item.price?.cents);
  if (short === undefined) return <p>&nbsp;</p>;
  if (short === 0) return <p className="mark-reaches">{t.offer.reaches}</p>;
  return (
    <p className="mark-short">
      <Filled text={t.offer.short} places={{ gap: <Amount cents={short} currency={currency} name="short" /> }} />
    </p>
  );
}
