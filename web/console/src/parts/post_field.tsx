// One field of a template: what somebody typed, else what the text says, with the words that it rests on, doubts and
// mistakes.
import { type ReactNode, useId } from "react";
import type { Field, FieldMistake, Value } from "../api/posts";
import { moneyText } from "../format/money";
import { useSpeech } from "../i18n";
import { shownOf, type Typed } from "../state/draft";

interface Props {
  field: Field;
  typed: Typed | undefined; // undefined: left to the text
  read: Value | undefined; // as the check has it, what was typed included
  words: readonly string[]; // of the text
  doubted: boolean;
  mistake: FieldMistake | undefined;
  change: (typed: Typed | undefined) => void;
  attend: (on: boolean) => void;
}

export function PostField(props: Props) {
  const { field, typed, read, words, doubted, mistake, change, attend } = props;
  const { t, named } = useSpeech();
  const id = useId();
  const name = named(field.name, field.field);
  const value = typed === undefined ? shownOf(field, read) : typed;
  const fromText = words.length > 0;
  const label = (
    <>
      {name}
      {field.required && (
        <>
          <b className="required" aria-hidden="true">
            *
          </b>
          <span className="unseen"> ({t.posts.required})</span>
        </>
      )}
    </>
  );
  const control = { id, field, value, described: `${id}-said`, invalid: mistake !== undefined, change };
  const grouped = field.kind === "choice" || field.kind === "flag";
  const said = <Said {...props} value={value} id={`${id}-said`} />;
  const state = mistake ? " post-field-wrong" : doubted ? " post-field-doubted" : "";
  const follow = { onFocus: () => attend(true), onBlur: () => attend(false) };
  const clear = value !== null && value !== "" && (
    <button
      type="button"
      className="post-clear"
      aria-label={t.posts.clear(name)}
      onClick={() => change(fromText ? null : undefined)}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d="M3 3l6 6M9 3L3 9" />
      </svg>
    </button>
  );
  if (grouped) {
    return (
      <fieldset className={`post-field${field.kind === "choice" ? " post-field-wide" : ""}${state}`} aria-describedby={`${id}-said`} {...follow}>
        <legend>{label}</legend>
        <div className="post-control">
          <Options {...control} />
          {clear}
        </div>
        {said}
      </fieldset>
    );
  }
  return (
    <div className={`post-field${field.kind === "text" ? " post-field-wide" : ""}${state}`} {...follow}>
      <label htmlFor={id}>{label}</label>
      <div className="post-control">
        <Line {...control} />
        {clear}
      </div>
      {said}
    </div>
  );
}

interface ControlProps {
  id: string;
  field: Field;
  value: Typed;
  described: string;
  invalid: boolean;
  change: (typed: Typed) => void;
}

// A choice or a flag: each option a button of a group, as far as they go on a screen.
function Options({ id, field, value, change }: ControlProps) {
  const { t, named } = useSpeech();
  const options: [string, string, Typed][] =
    field.kind === "flag"
      ? [
          ["yes", t.posts.yes, true],
          ["no", t.posts.no, false],
        ]
      : (field.options ?? []).map(({ option, name }) => [option, named(name, option), option]);
  return (
    <div className="post-options">
      {options.map(([key, text, each]) => (
        <label key={key} className="post-option">
          <input type="radio" name={id} checked={value === each} onChange={() => change(each)} />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}

// A number, a sum or a text. Numbers are texts to the page: the server knows "15 公里" and "两千".
function Line({ id, field, value, described, invalid, change }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  const shared = { id, value: text, "aria-describedby": described, "aria-invalid": invalid } as const;
  if (field.kind === "text") {
    return <textarea rows={2} {...shared} onChange={(event) => change(event.target.value)} />;
  }
  const unit = field.kind === "money" ? "¥" : field.unit;
  return (
    <span className={field.kind === "money" ? "post-line post-line-money" : "post-line"}>
      <input inputMode="decimal" autoComplete="off" maxLength={60} {...shared} onChange={(event) => change(event.target.value)} />
      {unit && <span className="post-unit">{unit}</span>}
    </span>
  );
}

// What there is to say of the field, below it.
function Said({ id, field, typed, words, doubted, mistake, change, value }: Props & { id: string; value: Typed }) {
  const { t } = useSpeech();
  const told = words.map(t.posts.quoted).join(t.posts.and);
  return (
    <div className="post-said" id={id}>
      {mistake && (
        <p className="post-mistake" role="alert">
          <MistakeText field={field} mistake={mistake} value={value} />
        </p>
      )}
      {doubted && <p className="post-doubt">{typed === undefined ? t.posts.doubt(told) : t.posts.apart}</p>}
      {words.length > 0 && !doubted && <p className="quiet">{t.posts.read(told)}</p>}
      {typed !== undefined && (doubted || typed === null) && (
        <button type="button" className="link" onClick={() => change(undefined)}>
          {t.posts.asRead}
        </button>
      )}
    </div>
  );
}

// The server's sentence is English and says most; a reader of another language gets what would be right.
function MistakeText({ field, mistake, value }: { field: Field; mistake: FieldMistake; value: Typed }): ReactNode {
  const { t, locale } = useSpeech();
  if (mistake.message.includes(": is missing")) return t.posts.missing;
  if (locale.startsWith("en")) return mistake.message.replace(`${field.field}: `, "");
  const bound = (number = 0) => (field.kind === "money" ? moneyText(number, locale) : number.toLocaleString(locale));
  const ranged = field.kind === "number" || field.kind === "money";
  return (
    t.posts.cannot(String(value ?? "")) +
    (ranged ? t.posts.range(bound(field.min), bound(field.max), field.kind === "number" ? (field.unit ?? "") : "") : t.posts.pick)
  );
}
