// What is looked for: a beginning, completed while it is typed, and filters that stand in the address.
import { useId, useState } from "react";
import { findTags } from "../api/tags";
import { type Filter, KINDS, type Tag } from "../api/types";
import { useSpeech } from "../i18n";
import { go } from "../route";
import { useAnswer } from "../state/answers";

const TYPING_MS = 120;
const COMPLETIONS = 8;
const CATEGORIES = 200;
const POLARITIES = ["1", "0", "-1", "unknown"] as const;

export function Search({ filter }: { filter: Filter }) {
  const { t } = useSpeech();
  const change = (member: keyof Filter, value: string) => {
    const next = { ...filter, [member]: value };
    if (value === "") delete next[member];
    go({ at: "tags", filter: next }, "replace");
  };
  return (
    <div className="search" role="search">
      <Completing
        label={t.search.label}
        hint={t.search.hint}
        filter={filter}
        text={filter.q ?? ""}
        typed={(text) => change("q", text)}
        chosen={(tag) => go({ at: "tags", filter: { ...filter, q: tag.name }, tag })}
      />
      <Filters filter={filter} change={change} />
    </div>
  );
}

interface CompletingProps {
  label: string;
  hint: string;
  filter: Filter;
  text: string;
  typed: (text: string) => void;
  chosen: (tag: Tag) => void;
}

// A field whose list of completions is walked by the arrow keys.
export function Completing({ label, hint, filter, text, typed, chosen }: CompletingProps) {
  const list = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const asked: Filter = { ...filter, q: text };
  const { value } = useAnswer(
    JSON.stringify(asked),
    (signal) => (text === "" ? Promise.resolve(null) : findTags(asked, COMPLETIONS, signal)),
    TYPING_MS,
  );
  const tags = open && text !== "" ? (value?.tags ?? []) : [];
  const take = (tag: Tag) => {
    setOpen(false);
    chosen(tag);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && tags.length > 0) {
      event.preventDefault();
      setActive((at) => (at + step + tags.length) % tags.length);
    }
    const tag = tags[active];
    if (event.key === "Enter") {
      event.preventDefault();
      if (tag) take(tag);
      else setOpen(false);
    }
    if (event.key === "Escape" && tags.length > 0) {
      event.stopPropagation();
      event.preventDefault();
      setOpen(false);
    }
  };
  return (
    <div className="completing">
      <input
        type="search"
        role="combobox"
        aria-label={label}
        aria-expanded={tags.length > 0}
        aria-controls={list}
        aria-activedescendant={tags[active] ? `${list}-${active}` : undefined}
        autoComplete="off"
        placeholder={hint}
        value={text}
        onChange={(event) => (setOpen(true), setActive(-1), typed(event.target.value))}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {tags.length > 0 && (
        <ul className="completions" id={list} role="listbox" aria-label={label}>
          {tags.map((tag, i) => (
            <li
              key={`${tag.kind}/${tag.industry ?? ""}/${tag.name}`}
              id={`${list}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(event) => (event.preventDefault(), take(tag))}
            >
              <TagLine tag={tag} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function TagLine({ tag }: { tag: Tag }) {
  const { t, locale } = useSpeech();
  return (
    <>
      <span className="tag-name">
        {tag.name}
        {tag.accepted && <Tick />}
      </span>
      <span className="quiet tag-of">
        {tag.kind === "tag" ? (tag.industry ?? t.tag.general) : t.kind[tag.kind]}
        {tag.polarity !== undefined && tag.polarity !== 0 && <Opinion polarity={tag.polarity} />}
      </span>
      {tag.count > 0 && <span className="quiet tag-count">{tag.count.toLocaleString(locale)}</span>}
    </>
  );
}

export function Tick() {
  const { t } = useSpeech();
  return (
    <svg className="tick" viewBox="0 0 16 16" role="img" aria-label={t.tag.accepted}>
      <circle cx="8" cy="8" r="7" />
      <path d="M4.8 8.2l2.2 2.2 4.2-4.6" />
    </svg>
  );
}

export function Opinion({ polarity }: { polarity: number }) {
  const { t } = useSpeech();
  return <span className={`opinion opinion-${polarity < 0 ? "bad" : polarity > 0 ? "good" : "none"}`}>{t.polarity[polarity]}</span>;
}

function Filters({ filter, change }: { filter: Filter; change: (member: keyof Filter, value: string) => void }) {
  const { t } = useSpeech();
  const categories = useAnswer("categories", (signal) => findTags({ kind: "category" }, CATEGORIES, signal));
  const names = categories.value?.tags.map(({ name }) => name) ?? [];
  const chosen = filter.category;
  if (chosen && chosen !== "general" && !names.includes(chosen)) names.unshift(chosen);
  return (
    <div className="filters">
      <Choice
        label={t.search.kind}
        value={filter.kind}
        options={KINDS.map((kind) => [kind, t.kinds[kind]])}
        change={(value) => change("kind", value)}
      />
      <Choice
        label={t.search.category}
        value={chosen}
        options={[["general", t.search.general], ...names.map((name) => [name, name] as const)]}
        change={(value) => change("category", value)}
      />
      <Choice
        label={t.search.polarity}
        value={filter.polarity}
        options={POLARITIES.map((polarity) => [polarity, t.polarity[polarity] ?? polarity])}
        change={(value) => change("polarity", value)}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  change: (value: string) => void;
}

function Choice({ label, value = "", options, change }: ChoiceProps) {
  const { t } = useSpeech();
  return (
    <label className={value ? "filter filter-on" : "filter"}>
      <span>{label}</span>
      <select value={value} onChange={(event) => change(event.target.value)}>
        <option value="">{t.search.any}</option>
        {options.map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
