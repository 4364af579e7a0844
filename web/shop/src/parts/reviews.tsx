import { useState } from "react";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { ACTION, BUTTON, CONTROL, marked, TOPICS } from "../state/app_tables";
import { reviewsOf } from "../state/reviews";
import { language } from "../state/settings";
import { useStore } from "../../../shared/store";
import { Rating } from "./rating";

const DAY_MS = 86_400_000;

export function Reviews({ item }: { item: Item }) {
  const { t, locale } = useSpeech();
  const spoken = useStore(language);
  const [asked, setAsked] = useState<number | null>(null);
  const stars = Number(item.attributes?.["rating"]) || 0;
  const count = Number(item.attributes?.["rating_count"]) || 0;
  if (count === 0) return <p className="quiet">{t.reviews.none}</p>;
  const all = reviewsOf(item.item, stars, count, spoken);
  const first = all.filter(({ topic }) => topic === asked);
  const rest = all.filter(({ topic }) => topic !== asked);
  const date = (days: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(Date.now() - days * DAY_MS);
  return (
    <div {...marked(0, 0, ACTION.skimReviews)}>
      <div className="reviews-head">
        <Rating stars={stars} count={count} />
        <p className="quiet">{t.reviews.simulated}</p>
      </div>
      <div className="chips chips-scroll" role="group" aria-label={t.reviews.topics}>
        {Array.from({ length: TOPICS }, (_, topic) => (
          <button
            key={topic}
            className="chip"
            aria-pressed={asked === topic}
            onClick={() => setAsked(asked === topic ? null : topic)}
            {...marked(CONTROL.button, BUTTON.topic + topic, ACTION.skimReviews)}
          >
            {t.reviews.topic[topic]}
          </button>
        ))}
      </div>
      <ul className="reviews">
        {[...first, ...rest].map(({ topic, stars: given, name, text, days_ago }, index) => (
          <li
            key={`${topic} ${index}`}
            className="review"
            {...marked(CONTROL.text, BUTTON.none, ACTION.topic + topic)}
          >
            <div className="review-head">
              <Rating stars={given} />
              <span className="chip chip-small">{t.reviews.topic[topic]}</span>
            </div>
            <p>{text}</p>
            <p className="quiet">{t.reviews.by(name, date(days_ago))}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
