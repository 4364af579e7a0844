import { useSpeech } from "../i18n";

const STAR = "M10 1.8l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z";

// Five stars, the last one filled in part.
export function Rating({ stars, count }: { stars: number; count?: number | undefined }) {
  const { t, locale } = useSpeech();
  const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(stars);
  return (
    <span className="rating">
      <span className="unseen">{t.item.rated(text)}</span>
      <span
        className="stars"
        aria-hidden="true"
        style={{ "--share": `${(stars / 5) * 100}%` } as React.CSSProperties}
      >
        <Stars />
        <span className="stars-full">
          <Stars />
        </span>
      </span>
      <span aria-hidden="true">{text}</span>
      {count !== undefined && <span className="quiet">{t.item.ratings(count)}</span>}
    </span>
  );
}

function Stars() {
  return (
    <svg viewBox="0 0 100 20">
      {[0, 20, 40, 60, 80].map((x) => (
        <path key={x} d={STAR} transform={`translate(${x} 0)`} />
      ))}
    </svg>
  );
}
