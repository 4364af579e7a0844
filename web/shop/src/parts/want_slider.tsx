// What a shopper may need, side by side. One of them may be picked: told as any other action, and the list follows.
import { useEffect } from "react";
import { useStore } from "../../../shared/store";
import { useSpeech } from "../i18n";
import { go } from "../route";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { tell } from "../state/kit";
import { askWants, type Want, wants, withPick } from "../state/wants";
import { Icon } from "./icon";

interface Props {
  category: string | undefined;
  pick: string | undefined;
}

export function WantSlider({ category, pick }: Props) {
  const { t } = useSpeech();
  const { list, request } = useStore(wants);
  useEffect(() => void askWants(category), [category]);
  const shown = withPick(list, pick);
  const choose = ({ id, name }: Want) => {
    const of = category ? { category } : {};
    if (id === pick) return go({ at: "local", ...of });
    tell("tag_pick", { item: id, tag: name, ...(request && { request }) });
    scrollTo({ top: 0, behavior: "instant" });
    go({ at: "local", ...of, pick: id });
  };
  if (shown.length === 0) return null;
  return (
    <ul className="wants" aria-label={t.local.slider} {...marked(0, 0)}>
      {shown.map((want) => (
        <li key={want.id}>
          <button
            className="want"
            aria-pressed={want.id === pick}
            onClick={() => choose(want)}
            {...marked(CONTROL.tab, BUTTON.none)}
          >
            <b>
              {want.name}
              {want.id === pick && <Icon name="close" />}
            </b>
            <Why want={want} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Why({ want: { reason = "", about = "" } }: { want: Want }) {
  const { t } = useSpeech();
  const why = t.local.why[reason]?.(about);
  return why ? <span>{why}</span> : null;
}
