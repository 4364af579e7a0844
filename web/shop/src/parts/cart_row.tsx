import type { CartLine, Item } from "../api/types";
import { useSpeech } from "../i18n";
import { Picture } from "../pictures/picture";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { cart, removeFromCart, setQuantity, tick } from "../state/cart";
import { useStore } from "../../../shared/store";
import { Icon } from "./icon";
import { Link } from "./link";
import { Price } from "./price";
import { Stepper } from "./stepper";

export function CartRow({ line, item }: { line: CartLine; item: Item | undefined }) {
  const { t, kindOf } = useSpeech();
  const title = item?.title ?? line.item;
  const price = line.price ?? item?.price;
  const leftOut = useStore(cart.view).offers.left_out?.some((each) => each.item === line.item) && line.ticked;
  return (
    <li className={line.ticked ? "cart-row" : "cart-row cart-row-off"}>
      <label className="tick">
        <input
          type="checkbox"
          checked={line.ticked}
          aria-label={t.cart.tick(title)}
          onChange={(event) => tick(line, event.target.checked)}
        />
      </label>
      <Link to={{ at: "item", item: line.item }} className="cart-picture" tabIndex={-1} aria-hidden="true">
        <Picture item={line.item} category={item?.category} colour={item?.attributes?.["colour"]} />
      </Link>
      <div className="cart-text">
        <p className="card-kind">{kindOf(item?.category)}</p>
        <Link to={{ at: "item", item: line.item }} className="cart-title">
          {title}
        </Link>
        {price && <Price money={price} size="s" />}
        {leftOut && <p className="cart-left-out">{t.offer.leftOut}</p>}
      </div>
      <div className="cart-does">
        <Stepper
          value={line.quantity}
          onChange={(quantity) => setQuantity(line, quantity)}
          pageAction={ACTION.cart}
        />
        <button
          className="plain"
          aria-label={`${t.cart.remove}: ${title}`}
          onClick={() => removeFromCart(line)}
          {...marked(CONTROL.button, BUTTON.cartRemove, ACTION.cart)}
        >
          <Icon name="trash" />
        </button>
      </div>
    </li>
  );
}
