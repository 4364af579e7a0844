// A box for free text in which the words that tell of a field are marked. The marks are drawn under the letters by a
// copy of the text, which also makes the box as high as its text.
import { useId } from "react";
import type { ApiProblem } from "../../../shared/problem";
import { type Evidence, templateMeant } from "../api/posts";
import { piecesOf } from "../format/evidence";
import { useSpeech } from "../i18n";
import { draftOf } from "../state/draft";
import { Link } from "./link";

const LONGEST_TEXT = 20_000;

interface Props {
  text: string;
  read: string; // an earlier form of it, in which `evidence` was found
  evidence: readonly Evidence[];
  doubts: readonly string[];
  active: string | null;
  problem: ApiProblem | null;
  change: (text: string) => void;
}

export function PostText({ text, read, evidence, doubts, active, problem, change }: Props) {
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
      <Doubts text={text} doubts={doubts} />
      {problem && (
        <p className="warning" role="alert">
          {t.posts.unreadable}
          {problem.kind === "refused" ? problem.message : t.problem[problem.kind]}
        </p>
      )}
    </section>
  );
}

// Of the whole text: that it tells nothing, or more of another template, where it can be taken to.
function Doubts({ text, doubts }: { text: string; doubts: readonly string[] }) {
  const { t } = useSpeech();
  const meant = templateMeant(doubts);
  const take = () => meant && draftOf(meant).update((draft) => (draft.text ? draft : { ...draft, text }));
  if (!doubts.some((doubt) => doubt.startsWith("text:"))) return null;
  return (
    <p className="post-doubt" role="status">
      {meant ? t.posts.otherMeant : t.posts.noField}{" "}
      {meant && (
        <Link className="link" to={{ at: "posts", template: meant }} onClick={take}>
          {t.posts.toOther}
        </Link>
      )}
    </p>
  );
}
