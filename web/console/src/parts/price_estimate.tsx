// What posts like this one cost: an interval with its middle and the price that is asked, a verdict, what moves it, and
// which posts it rests on.
import { type Attributes, estimatePrice, type Estimate, type LikePost, type Move, type Template, titlesOf } from "../api/posts";
import { placesOf, spread } from "../format/interval";
import { moneyText, roughly } from "../format/money";
import { useSpeech } from "../i18n";
import { useAnswer } from "../state/answers";
import { useLatest } from "../state/use_latest";
import { useWidth } from "./use_width";

export function PriceEstimate({ form, attributes }: { form: Template; attributes: Attributes }) {
  const { t } = useSpeech();
  const asked = form.price === null ? undefined : attributes[form.price];
  const quote = typeof asked === "number" ? asked : undefined;
  const known = form.prices !== undefined && Object.keys(attributes).length > 0;
  const { value, problem } = useLatest(known ? { attributes, quote } : null, (question) =>
    estimatePrice(form.template, question.attributes, question.quote),
  );
  return (
    <section className="card estimate" aria-label={t.price.title}>
      <h2>{t.price.title}</h2>
      {(!form.prices || problem?.kind === "missing") && <p className="quiet">{t.price.none}</p>}
      {problem && problem.kind !== "missing" && (
        <p className="warning" role="alert">
          {t.price.failed}
          {problem.kind === "refused" ? problem.message : t.problem[problem.kind]}
        </p>
      )}
      {form.prices && !value && !problem && <p className="quiet">{t.price.later}</p>}
      {value && !problem && <Told form={form} estimate={value} />}
    </section>
  );
}

interface ToldProps {
  form: Template;
  estimate: Estimate;
}

function Told({ form, estimate }: ToldProps) {
  const { t, locale } = useSpeech();
  const said = (cents: number) => moneyText(roughly(cents), locale);
  const { quote } = estimate;
  return (
    <>
      <p className="estimate-middle">{t.price.about(said(estimate.middle_cents))}</p>
      <p>{t.price.usual(said(estimate.low_cents), said(estimate.high_cents))}</p>
      <Drawing estimate={estimate} />
      <p className={`verdict verdict-${quote?.verdict ?? "none"}`} role="status">
        {quote ? `${t.price.asked(moneyText(quote.cents, locale))} ${t.price.verdict[quote.verdict]}` : t.price.noQuote}
      </p>
      <p className="quiet">{t.price.far(said(estimate.far_low_cents), said(estimate.far_high_cents))}</p>
      <Moves form={form} moves={estimate.moves} />
      <LikePosts posts={estimate.like_posts} />
      <p className="quiet">{t.price.learnt(estimate.posts, estimate.version)}</p>
    </>
  );
}

const HEIGHT = 104;
const LINE_Y = 56;
const BAND = 18; // half of the band's height is over the line
const LETTER = 8; // pixels of a digit
const GAP = 12; // between prices

function Drawing({ estimate }: { estimate: Estimate }) {
  const { t, locale } = useSpeech();
  const [box, width] = useWidth();
  const quoted = estimate.quote?.cents ?? null;
  const at = placesOf(estimate, quoted);
  const said = (cents: number) => moneyText(roughly(cents), locale);
  const prices = [estimate.low_cents, estimate.middle_cents, estimate.high_cents].map(said);
  const room = (texts: string[]) =>
    Math.min(1 / texts.length, (GAP + LETTER * Math.max(...texts.map(({ length }) => length))) / Math.max(width, 1));
  const labels = spread([at.low, at.middle, at.high], room(prices));
  const x = (place: number) => place * width;
  return (
    <div ref={box} className="estimate-drawing" style={{ minHeight: HEIGHT }}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={t.price.drawing(prices[0]!, prices[1]!, prices[2]!)}>
          <line className="estimate-far" x1={x(at.farLow)} x2={x(at.farHigh)} y1={LINE_Y} y2={LINE_Y} />
          {[at.farLow, at.farHigh].map((place, i) => (
            <line key={i} className="estimate-far" x1={x(place)} x2={x(place)} y1={LINE_Y - 5} y2={LINE_Y + 5} />
          ))}
          <rect
            className="estimate-usual"
            x={x(at.low)}
            width={Math.max(2, x(at.high) - x(at.low))}
            y={LINE_Y - BAND / 2}
            height={BAND}
            rx={5}
          />
          <line className="estimate-at" x1={x(at.middle)} x2={x(at.middle)} y1={LINE_Y - 12} y2={LINE_Y + 12} />
          {labels.map((place, i) => (
            <text key={i} className={i === 1 ? "estimate-main" : undefined} x={x(place)} y={HEIGHT - 14} textAnchor="middle">
              {prices[i]}
            </text>
          ))}
          {at.quote !== null && quoted !== null && estimate.quote && (
            <g className={`estimate-quote verdict-${estimate.quote.verdict}`}>
              <text x={x(spread([at.quote], room([moneyText(quoted, locale)]))[0]!)} y={16} textAnchor="middle">
                {moneyText(quoted, locale)}
              </text>
              <path d={`M${x(at.quote)} ${LINE_Y - 13} l-7 -12 h14 z`} />
              <line x1={x(at.quote)} x2={x(at.quote)} y1={LINE_Y - 14} y2={LINE_Y + 10} />
            </g>
          )}
        </svg>
      )}
    </div>
  );
}

// What a move speaks of, in the template's words.
function useMoveText(form: Template): (move: Move) => string {
  const { t, locale, named } = useSpeech();
  return ({ field: id, value }) => {
    const field = form.fields.find((each) => each.field === id);
    if (!field) return value ? `${id}: ${value}` : id;
    const option = field.options?.find((each) => each.option === value);
    const words: Record<string, string> = { "not told": t.price.notTold, yes: t.posts.yes, no: t.posts.no };
    const number = (told: number) =>
      field.kind === "money" ? moneyText(told, locale) : `${told.toLocaleString(locale)} ${field.unit ?? ""}`.trim();
    const isNumber = (field.kind === "number" || field.kind === "money") && value !== "" && Number.isFinite(Number(value));
    const text = option ? named(option.name, value) : isNumber ? number(Number(value)) : (words[value] ?? value);
    return text ? `${named(field.name, id)}: ${text}` : named(field.name, id);
  };
}

function Moves({ form, moves }: { form: Template; moves: readonly Move[] }) {
  const { t, locale } = useSpeech();
  const textOf = useMoveText(form);
  const shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const far = Math.max(...moves.map(({ factor }) => Math.abs(Math.log(factor))), 0.05);
  const shown = moves.filter(({ factor }) => Math.abs(factor - 1) >= 0.005);
  if (shown.length === 0) return null;
  return (
    <section className="moves">
      <h3>{t.price.why}</h3>
      <ul>
        {shown.map((move) => {
          const dearer = move.factor > 1;
          const reach = (50 * Math.abs(Math.log(move.factor))) / far;
          return (
            <li key={`${move.field}/${move.value}`}>
              <span>{textOf(move)}</span>
              <span className="move-share">
                {shares.format(Math.abs(move.factor - 1))} {dearer ? t.price.dearer : t.price.cheaper}
              </span>
              <i aria-hidden="true">
                <b
                  className={dearer ? "move-dearer" : "move-cheaper"}
                  style={{ width: `${reach}%`, left: dearer ? "50%" : `${50 - reach}%` }}
                />
              </i>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function LikePosts({ posts }: { posts: readonly LikePost[] }) {
  const { t, locale } = useSpeech();
  const ids = posts.map(({ item }) => item);
  const { value: titles } = useAnswer(`titles ${ids.join()}`, (signal) => titlesOf(ids, signal));
  if (posts.length === 0) return null;
  const share = (likeness: number) => likeness.toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 });
  return (
    <section className="like-posts">
      <h3>{t.price.like}</h3>
      <ul>
        {posts.map(({ item, likeness, price_cents }) => (
          <li key={item}>
            <span className="like-title">{titles?.get(item) ?? item}</span>
            <span className="like-price">{moneyText(price_cents, locale)}</span>
            <span className="quiet">{t.price.likeness(share(likeness))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
