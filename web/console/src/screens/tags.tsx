// The explorer: what was found, and beside it (on a phone over it) one tag.
import { findTags, tellTag } from "../api/tags";
import { type Filter, sameTag, type TagKey } from "../api/types";
import { useSpeech } from "../i18n";
import { Link } from "../parts/link";
import { Notice, ProblemNotice } from "../parts/notice";
import { Search, TagLine } from "../parts/search";
import { TagDetails } from "../parts/tag_details";
import { useAnswer } from "../state/answers";

const SHOWN = 100;
const TYPING_MS = 120;

export function Tags({ filter, tag }: { filter: Filter; tag: TagKey | undefined }) {
  const { t } = useSpeech();
  return (
    <div className={tag ? "explorer explorer-tag" : "explorer"}>
      <section className="explorer-list" aria-label={t.nav.tags}>
        <Search filter={filter} />
        <Results filter={filter} tag={tag} />
      </section>
      <section className="explorer-page" aria-label={t.kind.tag}>
        {tag ? <OneTag key={JSON.stringify(tag)} tag={tag} filter={filter} /> : <Notice title={t.search.choose} />}
      </section>
    </div>
  );
}

function Results({ filter, tag }: { filter: Filter; tag: TagKey | undefined }) {
  const { t } = useSpeech();
  const { value, problem } = useAnswer(
    JSON.stringify(filter),
    (signal) => findTags(filter, SHOWN, signal),
    TYPING_MS,
  );
  if (problem?.kind === "missing" && !filter.category) {
    return <Notice title={t.problem.missing} hint={t.problem.missingHint} again />;
  }
  if (problem) return <ProblemNotice problem={problem} />;
  if (!value) return <div className="results-wait" aria-busy="true" />;
  if (value.total === 0) return <Notice title={t.search.none} hint={t.search.noneHint} />;
  return (
    <>
      <p className="quiet results-count" role="status">
        {t.search.found(value.total)}
        {value.total > SHOWN && ` · ${t.search.shown(SHOWN)}`}
      </p>
      <ul className="results">
        {value.tags.map((each) => (
          <li key={`${each.kind}/${each.industry ?? ""}/${each.name}`}>
            <Link
              to={{ at: "tags", filter, tag: each }}
              aria-current={tag && sameTag(tag, each) ? "true" : undefined}
            >
              <TagLine tag={each} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function OneTag({ tag, filter }: { tag: TagKey; filter: Filter }) {
  const { t } = useSpeech();
  const { value, problem } = useAnswer(JSON.stringify(tag), (signal) => tellTag(tag, signal));
  return (
    <>
      <Link className="to-list" to={{ at: "tags", filter }}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M19 12H5M11 6l-6 6 6 6" />
        </svg>
        {t.tag.back}
      </Link>
      {problem?.kind === "missing" && (
        <Notice title={t.tag.gone} hint={t.tag.goneHint} to={{ at: "edits" }} toText={t.nav.edits} />
      )}
      {problem && problem.kind !== "missing" && <ProblemNotice problem={problem} />}
      {value && <TagDetails tag={value} filter={filter} />}
    </>
  );
}
