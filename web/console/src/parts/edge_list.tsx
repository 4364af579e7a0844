// Every edge as a sentence, with what speaks for it.
import { type Edge, EDGE_TYPES, type Filter, type TagPage } from "../api/types";
import { useSpeech } from "../i18n";
import { Link } from "./link";

export function EdgeList({ tag, filter }: { tag: TagPage; filter: Filter }) {
  const { t } = useSpeech();
  return (
    <div className="edges">
      <h3 className="unseen">{t.tag.evidence}</h3>
      {EDGE_TYPES.map((type) => {
        const edges = tag.edges.filter((edge) => edge.type === type);
        const all = tag.edge_counts.reduce((sum, each) => sum + (each.type === type ? each.count : 0), 0);
        return edges.length === 0 ? null : (
          <section key={type}>
            <h3 className={`edge-${type}`}>
              <i /> {t.edge[type]}
            </h3>
            <ul>
              {edges.map((edge, i) => (
                <EdgeLine key={i} tag={tag} edge={edge} filter={filter} />
              ))}
            </ul>
            {all > edges.length && <p className="quiet">{t.tag.more(all - edges.length)}</p>}
          </section>
        );
      })}
    </div>
  );
}

function EdgeLine({ tag, edge, filter }: { tag: TagPage; edge: Edge; filter: Filter }) {
  const { t, locale } = useSpeech();
  const number = (value: number) => value.toLocaleString(locale, { maximumSignificantDigits: 3 });
  const [from, to] = edge.direction === "out" ? [tag, edge.other] : [edge.other, tag];
  const pairs = [{ signal: t.tag.weight, value: edge.weight }, ...edge.evidence];
  return (
    <li className="edge">
      <Link to={{ at: "tags", filter, tag: edge.other }}>{edge.other.name}</Link>
      <p>{t.joined[edge.type](from.name, to.name)}</p>
      <ul className="evidence">
        {pairs.map(({ signal, value }) => (
          <li key={signal}>
            {signal} <b>{number(value)}</b>
          </li>
        ))}
      </ul>
    </li>
  );
}
