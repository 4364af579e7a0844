// Which of the skus: their differing attributes as choices, the price of what is chosen, and into the cart.
import { useEffect, useState } from "react";
import { skus } from "../api/skus";
import { type ApiProblem, asProblem } from "../../../shared/problem";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { Picture } from "../pictures/picture";
import { putAddOn } from "../state/add_on";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { canChoose, choose, type Chosen, firstChoice, skuOf, traitsOf } from "../state/choice";
import { requestOf } from "../state/requests";
import { useItems } from "../state/use_items";
import { Dialog } from "../../../shared/dialog";
import { Icon } from "./icon";
import { ProblemNotice } from "./notice";
import { Price } from "./price";

export function Chooser({ goods, close }: { goods: string; close: () => void }) {
  const { t } = useSpeech();
  const item = useItems([goods]).get(goods);
  const [kinds, setKinds] = useState(skus.peek(goods));
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    if (problem) return;
    skus.get(goods).then(setKinds, (thrown) => setProblem(asProblem(thrown)));
  }, [goods, problem]);
  return (
    <Dialog className="sheet chooser" label={t.offer.choose} close={close}>
      <header className="meter-head">
        <h2>{t.offer.choose}</h2>
        <button className="plain" aria-label={t.offer.closeChooser} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {problem && <ProblemNotice problem={problem} retry={() => setProblem(null)} />}
      {item && kinds && <Choices item={item} kinds={kinds} close={close} />}
    </Dialog>
  );
}

function Choices({ item, kinds, close }: { item: Item; kinds: readonly Item[]; close: () => void }) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<Chosen>(() => firstChoice(kinds));
  const sku = skuOf(kinds, chosen);
  const shown = sku ?? item;
  const put = () => {
    if (sku) void putAddOn([sku], requestOf(item.item));
    close();
  };
  return (
    <>
      <div className="chooser-item">
        <Picture
          item={item.item}
          category={item.category}
          colour={chosen["colour"] ?? item.attributes?.["colour"]}
        />
        <div>
          <p className="cart-title">{item.title ?? item.item}</p>
          {shown.price && <Price money={shown.price} />}
        </div>
      </div>
      {traitsOf(kinds).map(({ name, values }) => (
        <fieldset key={name} className="choice">
          <legend>{t.attributes[name] ?? name.replaceAll("_", " ")}</legend>
          <div className="chips chooser-values">
            {values.map((value) => (
              <button
                key={value}
                className="chip"
                aria-pressed={chosen[name] === value}
                disabled={!canChoose(kinds, {}, name, value)}
                onClick={() => setChosen(choose(kinds, chosen, name, value))}
                {...marked(CONTROL.button, BUTTON.variant, ACTION.cart)}
              >
                {value}
              </button>
            ))}
          </div>
        </fieldset>
      ))}
      <button
        className="button button-main"
        disabled={!sku}
        onClick={put}
        {...marked(CONTROL.button, BUTTON.cartAdd, ACTION.cart)}
      >
        {sku ? t.item.addToCart : t.offer.chooseFirst}
      </button>
    </>
  );
}
