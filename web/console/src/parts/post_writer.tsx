// A post being written: its text, the form that the text fills, what such posts cost, and its publishing. What somebody
// typed into the form counts before what the text says.
import { useState } from "react";
import { useStore } from "../../../shared/store";
import { type Check, checkPost, type FieldMistake, type Template } from "../api/posts";
import { wordsOf } from "../format/evidence";
import { useSpeech } from "../i18n";
import { attributesOf, type Draft, draftOf, type Typed } from "../state/draft";
import { useLatest } from "../state/use_latest";
import { Link } from "./link";
import { PostField } from "./post_field";
import { PostText } from "./post_text";
import { PriceEstimate } from "./price_estimate";
import { Publish } from "./publish";

const NOTHING: Check = { attributes: {}, evidence: [], doubts: [], mistakes: [] };

export function PostWriter({ form }: { form: Template }) {
  const { t, named } = useSpeech();
  const store = draftOf(form.template);
  const draft = useStore(store);
  const [active, setActive] = useState<string | null>(null); // the field whose words are shown in the text
  const [tried, setTried] = useState(false); // whether to say what is missing
  const change = (members: Partial<Draft>) => store.update((before) => ({ ...before, ...members }));
  const typed = attributesOf(form, draft.typed);
  const begun = tried || draft.text.trim() !== "" || Object.keys(typed).length > 0;
  const question = begun ? { text: draft.text, attributes: typed } : null;
  const told = useLatest(question, ({ text, attributes }) => checkPost(form.template, text, attributes));
  const check = told.value ?? NOTHING;
  return (
    <div className="writer">
      <header className="writer-head">
        <Link className="link" to={{ at: "posts" }}>
          {t.posts.other}
        </Link>
        <h1>{named(form.name, form.template)}</h1>
      </header>
      <div className="writer-told">
        <PostText
          text={draft.text}
          read={told.of?.text ?? ""}
          evidence={check.evidence}
          doubts={check.doubts}
          active={active}
          problem={told.problem}
          change={(text) => change({ text })}
        />
        <Fields
          form={form}
          draft={draft}
          check={check}
          read={told.of?.text ?? ""}
          tried={tried}
          change={(values) => change({ typed: values })}
          attend={setActive}
        />
      </div>
      <aside className="writer-price">
        <PriceEstimate form={form} attributes={check.attributes} />
      </aside>
      <div className="writer-publish">
        <Publish form={form} draft={draft} change={change} tried={() => setTried(true)} renew={() => setTried(false)} />
      </div>
    </div>
  );
}

interface FieldsProps {
  form: Template;
  draft: Draft;
  check: Check;
  read: string; // the text that was checked
  tried: boolean;
  change: (typed: Draft["typed"]) => void;
  attend: (field: string | null) => void;
}

const isMissing = ({ message }: FieldMistake): boolean => message.includes(": is missing");

function Fields({ form, draft, check, read, tried, change, attend }: FieldsProps) {
  const { t } = useSpeech();
  const words = wordsOf(read, check.evidence);
  const set = (field: string, value: Typed | undefined) => {
    const typed = { ...draft.typed };
    if (value === undefined) delete typed[field];
    else typed[field] = value;
    change(typed);
  };
  return (
    <section className="card">
      <h2>{t.posts.form}</h2>
      <div className="fields">
        {form.fields.map((field) => (
          <PostField
            key={field.field}
            field={field}
            typed={draft.typed[field.field]}
            read={check.attributes[field.field]}
            words={words.get(field.field) ?? []}
            doubted={check.doubts.some((doubt) => doubt.startsWith(`${field.field}:`))}
            mistake={check.mistakes.find((each) => each.field === field.field && (tried || !isMissing(each)))}
            change={(value) => set(field.field, value)}
            attend={(on) => attend(on ? field.field : null)}
          />
        ))}
      </div>
    </section>
  );
}
