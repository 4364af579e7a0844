// A post in a list: what it says of itself beside a small drawing.
import { useSpeech } from "../i18n";
import { Picture } from "../pictures/picture";
import { drawnAs } from "../pictures/shapes";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { tell } from "../state/kit";
import { shownPrice, titleOf } from "../state/proposal";
import { rememberRequest } from "../state/requests";
import type { Listed } from "./card";
import { Link } from "./link";
import { Price } from "./price";

const TAGS = 3;

export function PostCard({ listed }: { listed: Listed }) {
  const { item, reason = "", request } = listed;
  const { t, kindOf } = useSpeech();
  const [code = "", ...about] = reason.split(":");
  const why = t.local.shares[code]?.(about.join(":"));
  const price = shownPrice(item);
  const click = () => {
    rememberRequest(item.item, request);
    tell("click", { item: item.item, ...(item.category && { category: item.category }), ...(request && { request }) });
  };
  return (
    <article className="post-card">
      <Link
        to={{ at: "item", item: item.item }}
        onClick={click}
        className="post-card-link"
        {...marked(CONTROL.entry, BUTTON.none)}
      >
        <span className="post-card-picture">
          <Picture item={item.item} category={drawnAs(item)} />
        </span>
        <span className="post-card-text">
          <span className="card-kind">{[kindOf(item.category), item.market].filter(Boolean).join(" · ")}</span>
          <h3 className="card-title">{titleOf(listed)}</h3>
          <TagLine tags={item.tags} />
          <span className="post-card-foot">
            {price && <Price money={price} />}
            {why && <span className="post-card-why">{why}</span>}
          </span>
        </span>
      </Link>
    </article>
  );
}

export function TagLine({ tags = [] }: { tags?: readonly string[] | undefined }) {
  if (tags.length === 0) return null;
  return (
    <span className="post-tags">
      {tags.slice(0, TAGS).map((tag) => (
        <span key={tag} className="chip chip-small">
          {tag}
        </span>
      ))}
    </span>
  );
}
