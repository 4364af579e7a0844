import { type FormEvent, useEffect, useRef, useState } from "react";
import { useSpeech } from "../i18n";
import { Endless } from "../parts/endless";
import { Icon } from "../parts/icon";
import { Link } from "../parts/link";
import { Notice } from "../parts/notice";
import { go } from "../route";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { enter, tellSearch } from "../state/kit";
import { useSceneList } from "../state/scene_list";

const LONGEST_QUERY = 200;

export function Search({ query }: { query: string }) {
  const { t } = useSpeech();
  const scene = useSceneList("goods-search", 20, query);
  useEffect(() => enter("search"), []);
  useEffect(() => {
    if (query) tellSearch(query);
  }, [query]);
  const { list, ended, waiting } = scene;
  const heading = query === "" ? t.search.fresh : (ended ? t.search.found : t.search.some)(list.length, query);
  return (
    <>
      <h1 className="unseen">{t.search.title}</h1>
      <SearchForm query={query} />
      {query === "" && <Hints />}
      {ended && list.length === 0 ? (
        <Nothing query={query} />
      ) : (
        <>
          {!(waiting && list.length === 0) && !scene.problem && (
            <h2 className="list-head" role="status">
              {heading}
            </h2>
          )}
          <Endless scene={scene} label={t.search.title} />
        </>
      )}
    </>
  );
}

function SearchForm({ query }: { query: string }) {
  const { t } = useSpeech();
  const [text, setText] = useState(query);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(query), [query]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    input.current?.blur();
    go({ at: "search", query: text.trim() });
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        autoFocus={query === ""}
        maxLength={LONGEST_QUERY}
        value={text}
        aria-label={t.search.label}
        placeholder={t.search.placeholder}
        onChange={(event) => setText(event.target.value)}
        {...marked(CONTROL.text, BUTTON.search)}
      />
      {text !== "" && (
        <button
          type="button"
          className="plain"
          aria-label={t.search.clear}
          onClick={() => (setText(""), input.current?.focus())}
        >
          <Icon name="close" />
        </button>
      )}
      <button className="button" {...marked(CONTROL.text, BUTTON.search)}>
        {t.search.submit}
      </button>
    </form>
  );
}

function Hints() {
  const { t } = useSpeech();
  return (
    <details className="hints">
      <summary>{t.search.hintTitle}</summary>
      <dl>
        {t.search.hints.map(([query, meaning]) => (
          <div key={query}>
            <dt>
              <Link to={{ at: "search", query }}>{query}</Link>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Nothing({ query }: { query: string }) {
  const { t } = useSpeech();
  return (
    <Notice title={t.search.none(query)} hint={t.search.noneHint} picture="Puzzles">
      <div className="chips">
        {t.search.tries.map((each) => (
          <Link key={each} className="chip" to={{ at: "search", query: each }}>
            {each}
          </Link>
        ))}
      </div>
    </Notice>
  );
}
