// A box for free text in which the words that tell of a field are marked. The marks are drawn under the letters by a
// copy of the text, which also makes the box as high as its text.
import { useId } from "react";
import type { ApiProblem } from "../../../shared/problem";
import type { Evidence } from "../api/posts";
import { piecesOf } from "../format/evidence";
import { useSpeech } from "../i18n";

const LONGEST_TEXT = 20_000;

interface Props {
  text: string;
  read: string; // an earlier form of it, in which `evidence` was found
  evidence: readonly Evidence[];
  active: string | null;
  problem: ApiProblem | null;
  change: (text: string) => void;
}

export function PostText({ text, read, evidence, active, problem, change }: Props) {
  const { t } = useSpeech();
  const hint = useId();
  return (
    <section className="card">
      <label className="field">
        <span>{t.posts.text}</span>
        <div className="told">
          <div className="told-marks" aria-hidden="true">
            {piecesOf(text, read, evidence).map(({ text: words, field }, i) =>
              field === undefined ? (
                words
              ) : (
                <mark key={i} className={field === active ? "told-active" : undefined}>
                  {words}
                </mark>
              ),
            )}
            {"\n"}
          </div>
          <textarea
            rows={3}
            maxLength={LONGEST_TEXT}
            aria-describedby={hint}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        </div>
      </label>
      <p className="quiet" id={hint}>
        {t.posts.textHint}
      </p>
      {problem && (
        <p className="warning" role="alert">
          {t.posts.unreadable}
          {problem.kind === "refused" ? problem.message : t.problem[problem.kind]}
        </p>
      )}
    </section>
  );
}
