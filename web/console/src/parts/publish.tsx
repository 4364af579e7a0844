// The post's title and place, its publishing, and the way to take it back. The server alone judges whether a post is
// right: it is asked about the newest text and form before it is told to keep them.
import { useState } from "react";
import { asProblem } from "../../../shared/problem";
import { checkPost, mistakesOf, publishPost, takeBackPost, type Template } from "../api/posts";
import { useSpeech } from "../i18n";
import { askAgain } from "../state/answers";
import { attributesOf, blank, type Draft, postOf } from "../state/draft";

interface Props {
  form: Template;
  draft: Draft;
  change: (members: Partial<Draft>) => void;
  tried: () => void;
  renew: () => void;
}

export function Publish({ form, draft, change, tried, renew }: Props) {
  const { t } = useSpeech();
  const [failure, setFailure] = useState("");
  const [takenBack, setTakenBack] = useState(false);
  const [sending, setSending] = useState(false);
  const send = async (what: () => Promise<void>) => {
    setSending(true);
    setFailure("");
    setTakenBack(false);
    try {
      await what();
    } catch (thrown) {
      const problem = asProblem(thrown);
      setFailure(mistakesOf(problem).length > 0 ? t.posts.mend : t.posts.refused + problem.message);
    }
    setSending(false);
  };
  const publish = () =>
    send(async () => {
      tried();
      if (draft.title.trim() === "") return setFailure(t.posts.needsTitle);
      const { attributes, mistakes } = await checkPost(form.template, draft.text, attributesOf(form, draft.typed));
      if (mistakes.length > 0) return setFailure(t.posts.mend);
      change({ published: await publishPost(draft.post, postOf(form.template, draft, attributes)) });
    });
  const takeBack = () =>
    send(async () => {
      await takeBackPost(draft.post);
      change({ published: null });
      setTakenBack(true);
    });
  const writeAnother = () => {
    setTakenBack(false);
    renew();
    change(blank());
    askAgain();
  };
  return (
    <form
      className="card publish"
      onSubmit={(event) => {
        event.preventDefault();
        void publish();
      }}
    >
      <h2>{t.posts.about}</h2>
      <About draft={draft} change={change} />
      <p role="alert" className={failure ? "warning" : "unseen"}>
        {failure}
      </p>
      {takenBack && <p role="status">{t.posts.takenBack}</p>}
      {draft.published && <Answer draft={draft} />}
      <div className="actions">
        <button className="button button-main" disabled={sending}>
          {draft.published ? t.posts.change : t.posts.publish}
        </button>
        {draft.published && (
          <button type="button" className="button" disabled={sending} onClick={() => void takeBack()}>
            {t.posts.takeBack}
          </button>
        )}
        {(draft.published || takenBack) && (
          <button type="button" className="button" disabled={sending} onClick={writeAnother}>
            {t.posts.another}
          </button>
        )}
      </div>
    </form>
  );
}

function Answer({ draft: { post, published } }: { draft: Draft }) {
  const { t } = useSpeech();
  const far = published?.quote && published.quote.verdict.startsWith("far");
  return (
    <div className="published" role="status">
      <p>
        <b>{t.posts.published(post)}</b>
      </p>
      <p className="quiet">{t.posts.number(published?.sequence ?? 0)}</p>
      {far && <p className="warning">{t.posts.flagged}</p>}
    </div>
  );
}

function About({ draft, change }: { draft: Draft; change: (members: Partial<Draft>) => void }) {
  const { t } = useSpeech();
  const line = (member: "title" | "shop" | "market" | "category" | "tags", label: string, hint?: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        maxLength={200}
        placeholder={hint}
        value={draft[member]}
        onChange={(event) => change({ [member]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      {line("title", t.posts.heading)}
      <details className="post-more">
        <summary>{t.posts.more}</summary>
        <div className="fields">
          {line("category", t.posts.category, t.posts.categoryHint)}
          {line("tags", t.posts.tags, t.posts.tagsHint)}
          {line("shop", t.posts.shop)}
          {line("market", t.posts.market)}
        </div>
      </details>
    </>
  );
}
