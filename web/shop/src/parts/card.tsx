// One item in a list. While its facts are on their way it is a skeleton of the same size, so nothing jumps.
import type { ReactNode } from "react";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { Picture } from "../pictures/picture";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { tell } from "../state/kit";
import { priceOf, titleOf } from "../state/proposal";
import { rememberRequest } from "../state/requests";
import { Heart } from "./heart";
import { Link } from "./link";
import { Price } from "./price";
import { Rating } from "./rating";

export interface Listed {
  item: Item;
  with?: Item | undefined; // what is meant together with it
  reason?: string | undefined; // a code of the scene
  request?: string | undefined; // of the answer it stood in
}

interface Props {
  listed: Listed;
  corner?: ReactNode; // a control over the picture, beside the link; else the heart
  mark?: ReactNode; // below the price
}

export function Card({ listed, corner, mark }: Props) {
  const { item, reason, request } = listed;
  const { t, kindOf } = useSpeech();
  const price = priceOf(listed);
  const why = reason ? t.feed.why[reason.split(":")[0] ?? ""] : undefined;
  const stars = Number(item.attributes?.["rating"]);
  const click = () => {
    rememberRequest(item.item, request);
    tell("click", {
      item: item.item,
      ...(item.category && { category: item.category }),
      ...(request && { request }),
    });
  };
  return (
    <article className="card">
      <Link
        to={{ at: "item", item: item.item }}
        onClick={click}
        className="card-link"
        {...marked(CONTROL.entry, BUTTON.none)}
      >
        <div className="card-picture">
          <Picture item={item.item} category={item.category} colour={item.attributes?.["colour"]} />
          {why && <span className="tag">{why}</span>}
        </div>
        <div className="card-text">
          <p className="card-kind">{kindOf(item.category)}</p>
          <h3 className="card-title">{titleOf(listed)}</h3>
          <div className="card-foot">
            {price && <Price money={price} />}
            {stars > 0 && <Rating stars={stars} />}
          </div>
          {mark}
        </div>
      </Link>
      {corner ?? <Heart item={item} />}
    </article>
  );
}

export function CardSkeleton() {
  return (
    <div className="card skeleton" aria-hidden="true">
      <div className="card-picture" />
      <div className="card-text">
        <i style={{ width: "40%" }} />
        <i style={{ width: "85%" }} />
        <i style={{ width: "55%" }} />
      </div>
    </div>
  );
}

interface GridProps {
  list: readonly Listed[];
  waiting?: number;
  label: string;
  card?: ((listed: Listed) => ReactNode) | undefined;
}

export function CardGrid({ list, waiting = 0, label, card = (listed) => <Card listed={listed} /> }: GridProps) {
  return (
    <ul className="grid" aria-label={label} {...marked(0, 0)}>
      {list.map((listed) => (
        <li key={listed.item.item}>{card(listed)}</li>
      ))}
      {Array.from({ length: waiting }, (_, i) => (
        <li key={`waiting ${i}`}>
          <CardSkeleton />
        </li>
      ))}
    </ul>
  );
}
