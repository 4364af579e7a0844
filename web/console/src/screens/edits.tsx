import { tellEdits } from "../api/tags";
import type { EditLine, TagKey } from "../api/types";
import { useSpeech } from "../i18n";
import { didText } from "../parts/did";
import { Link } from "../parts/link";
import { Notice, ProblemNotice } from "../parts/notice";
import { useAnswer } from "../state/answers";
import { decide } from "../state/decision";

export function Edits() {
  const { t } = useSpeech();
  const { value, problem } = useAnswer("edits", tellEdits);
  return (
    <section className="edits">
      <h1>{t.edits.title}</h1>
      <p className="quiet">{t.edits.lead}</p>
      {problem && <ProblemNotice problem={problem} />}
      {value?.length === 0 && <Notice title={t.edits.none} />}
      <ol className="edit-lines">
        {value?.map((line) => (
          <Line key={line.number} line={line} />
        ))}
      </ol>
    </section>
  );
}

// The tag that a decision speaks of, or what it became.
function keyOf({ edit, kind = "tag", name = "", industry, to, to_industry }: EditLine): TagKey {
  const moved = edit === "rename" || edit === "merge";
  const of = edit === "merge" ? to_industry : industry;
  return { kind, name: moved && to ? to : name, ...(of && { industry: of }) };
}

function Line({ line }: { line: EditLine }) {
  const { t, locale } = useSpeech();
  const when = new Date(line.at_ms).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  const holds = line.edit !== "undo" && line.undone_by === undefined;
  const sentence = didText(t, line);
  return (
    <li className={holds || line.edit === "undo" ? "edit-line" : "edit-line edit-undone"}>
      <span className="edit-number">{line.number}</span>
      <div>
        <p className="edit-what">
          {holds && line.edit !== "ban" ? (
            <Link to={{ at: "tags", filter: {}, tag: keyOf(line) }}>{sentence}</Link>
          ) : (
            sentence
          )}
          {line.industry && <span className="quiet"> · {line.industry}</span>}
        </p>
        <p className="edit-why">{line.why}</p>
        <p className="quiet">
          {t.edits.by(line.who, when)}
          {line.undone_by !== undefined && ` · ${t.edits.undone(line.undone_by)}`}
        </p>
        {holds && line.unfit && (
          <p className="warning">
            {t.edits.unfit}
            {line.unfit}
          </p>
        )}
      </div>
      {holds && (
        <button
          className="button"
          aria-label={`${t.action.undo}: ${sentence}`}
          onClick={() => decide({ action: "undo", tag: keyOf(line), undone: line })}
        >
          {t.action.undo}
        </button>
      )}
    </li>
  );
}
