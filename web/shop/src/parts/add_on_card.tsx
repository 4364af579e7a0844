// One proposal, an item or a pair: its card, whether it reaches the next step, and the button that puts it into the cart
// at once or, where goods come in several skus, through the chooser.
import { skus } from "../api/skus";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { openLayer } from "../route";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { putAddOn, say, takeBack } from "../state/add_on";
import { cart } from "../state/cart";
import { type Offer, shortOf } from "../state/offers";
import { goodsOf, priceOf, titleOf } from "../state/proposal";
import { useStore } from "../../../shared/store";
import { Card, type Listed } from "./card";
import { Amount, Filled } from "./filled";
import { Icon } from "./icon";

export function AddOnCard({ listed, offer }: { listed: Listed; offer: Offer }) {
  const { lines } = useStore(cart.view);
  const held = goodsOf(listed).map(({ item }) => {
    const own = new Set([item, ...(skus.peek(item) ?? []).map((sku) => sku.item)]);
    return lines.find((each) => own.has(each.item));
  });
  return (
    <Card
      listed={listed}
      corner={<Put listed={listed} offer={offer} held={held.map((line) => line?.item)} />}
      mark={<Mark listed={listed} offer={offer} held={held.every((line) => line?.ticked === true)} />}
    />
  );
}

// Of goods in several skus the chooser asks which; one chooser at a time, so the others wait for the next press.
async function put(missing: readonly Item[], request: string | undefined, promotion: string): Promise<void> {
  const kinds = await Promise.all(missing.map(async ({ item }) => skus.peek(item) ?? (await skus.get(item))));
  const plain = missing.flatMap((item, i) => (kinds[i]!.length > 1 ? [] : [kinds[i]![0] ?? item]));
  const choice = missing.find((_, i) => kinds[i]!.length > 1);
  if (choice) openLayer({ at: "cart", offer: promotion, choose: choice.item });
  if (plain.length > 0) await putAddOn(plain, request);
}

// `held`: of each of the goods, the line of the cart that it is.
function Put({ listed, offer, held }: { listed: Listed; offer: Offer; held: readonly (string | undefined)[] }) {
  const { t } = useSpeech();
  const title = titleOf(listed);
  const missing = goodsOf(listed).filter((_, i) => held[i] === undefined);
  const isHeld = missing.length === 0;
  const press = async () => {
    if (isHeld) return takeBack(held.filter((line) => line !== undefined));
    try {
      await put(missing, listed.request, offer.quote.promotion);
    } catch {
      say({ kind: "failed" });
    }
  };
  return (
    <button
      className="round add-on-put"
      aria-pressed={isHeld}
      aria-label={`${isHeld ? t.offer.takeOut : t.item.addToCart}: ${title}`}
      onClick={() => void press()}
      {...marked(CONTROL.button, BUTTON.cartAdd, ACTION.cart)}
    >
      <Icon name={isHeld ? "check" : "plus"} />
    </button>
  );
}

function Mark({ listed, offer, held }: { listed: Listed; offer: Offer; held: boolean }) {
  const { t } = useSpeech();
  const { currency } = useStore(cart.view);
  if (held) return <p className="mark-held">{t.offer.held}</p>;
  const short = shortOf(offer.gap_cents, priceOf(listed)?.cents);
  if (short === undefined) return <p>&nbsp;</p>;
  if (short === 0) return <p className="mark-reaches">{t.offer.reaches}</p>;
  return (
    <p className="mark-short">
      <Filled text={t.offer.short} places={{ gap: <Amount cents={short} currency={currency} name="short" /> }} />
    </p>
  );
}
