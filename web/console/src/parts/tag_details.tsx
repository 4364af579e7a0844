// All that is known of one tag, and what an editor may do about it.
import { type Action, type Filter, SOURCES, type TagPage } from "../api/types";
import { useSpeech } from "../i18n";
import { decide } from "../state/decision";
import { EdgeList } from "./edge_list";
import { Link } from "./link";
import { Neighbourhood } from "./neighbourhood";
import { Opinion, Tick } from "./search";

const ACTIONS: readonly Action[] = ["accept", "rename", "merge", "ban"];

export function TagDetails({ tag, filter }: { tag: TagPage; filter: Filter }) {
  const { t } = useSpeech();
  return (
    <article className="details">
      <Heading tag={tag} filter={filter} />
      <div className="actions">
        {ACTIONS.filter((action) => !(tag.accepted && action === "accept")).map((action) => (
          <button
            key={action}
            className={action === "ban" ? "button button-danger" : "button"}
            onClick={() => decide({ action, tag })}
          >
            {t.action[action]}
          </button>
        ))}
      </div>
      <div className="details-facts">
        <Counts tag={tag} />
        <Examples tag={tag} />
        <Variants tag={tag} />
      </div>
      <section className="card">
        <h2>{t.tag.neighbourhood}</h2>
        {tag.edges.length === 0 ? (
          <p className="quiet">{t.tag.alone}</p>
        ) : (
          <>
            <Neighbourhood tag={tag} filter={filter} />
            <EdgeList tag={tag} filter={filter} />
          </>
        )}
      </section>
    </article>
  );
}

function Heading({ tag, filter }: { tag: TagPage; filter: Filter }) {
  const { t } = useSpeech();
  return (
    <header className="details-head">
      <p className="quiet">
        {t.kind[tag.kind]}
        {tag.kind === "tag" && " · "}
        {tag.kind === "tag" &&
          (tag.industry ? (
            <Link className="link" to={{ at: "tags", filter, tag: { kind: "category", name: tag.industry } }}>
              {tag.industry}
            </Link>
          ) : (
            t.tag.general
          ))}
        {tag.polarity !== undefined && <Opinion polarity={tag.polarity} />}
      </p>
      <h1>
        {tag.name}
        {tag.accepted && <Tick />}
      </h1>
    </header>
  );
}

function Counts({ tag }: { tag: TagPage }) {
  const { t, locale } = useSpeech();
  const most = Math.max(1, ...SOURCES.map((source) => tag.counts[source]));
  return (
    <section className="card">
      <h2>{t.tag.counts}</h2>
      <p className="quiet">{t.tag.seen(tag.count)}</p>
      <dl className="counts">
        {SOURCES.map((source) => (
          <div key={source}>
            <dt>{t.source[source]}</dt>
            <dd>
              <i style={{ width: `${(100 * tag.counts[source]) / most}%` }} />
            </dd>
            <dd className="counts-number">{tag.counts[source].toLocaleString(locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Examples({ tag }: { tag: TagPage }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t.tag.examples}</h2>
      {tag.examples.length === 0 && <p className="quiet">{t.tag.noExamples}</p>}
      <ul className="examples">
        {tag.examples.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

// The name's own surface is no variant of it to a reader.
function Variants({ tag }: { tag: TagPage }) {
  const { t } = useSpeech();
  const others = tag.variants.filter((variant) => variant !== tag.name.toLowerCase());
  if (others.length === 0) return null;
  return (
    <section className="card">
      <h2>{t.tag.variants}</h2>
      <ul className="variants">
        {others.map((variant) => (
          <li key={variant}>
            {variant}
            <button aria-label={t.decide.notThis(variant)} onClick={() => decide({ action: "split", tag, variant })}>
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <path d="M3 3l6 6M9 3L3 9" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
