import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { favourites, toggleFavourite } from "../state/favourites";
import { tell } from "../state/kit";
import { useStore } from "../../../shared/store";
import { Icon } from "./icon";

export function Heart({ item, pageAction }: { item: Item; pageAction?: number }) {
  const { t } = useSpeech();
  const saved = useStore(favourites).includes(item.item);
  const toggle = () => {
    if (toggleFavourite(item.item))
      tell("favourite", { item: item.item, ...(item.category && { category: item.category }) });
  };
  return (
    <button
      className="round heart"
      aria-pressed={saved}
      aria-label={`${saved ? t.item.saved : t.item.save}: ${item.title ?? item.item}`}
      onClick={toggle}
      {...marked(CONTROL.button, BUTTON.favourite, pageAction)}
    >
      <Icon name="heart" filled={saved} />
    </button>
  );
}
