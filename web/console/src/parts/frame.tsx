import type { ReactNode } from "react";
import { useStore } from "../../../shared/store";
import { useSpeech } from "../i18n";
import type { Route } from "../route";
import { language, theme, THEMES } from "../state/settings";
import { Link } from "./link";

const PAGES: readonly { at: "tags" | "edits" | "posts"; to: Route }[] = [
  { at: "tags", to: { at: "tags", filter: {} } },
  { at: "edits", to: { at: "edits" } },
  { at: "posts", to: { at: "posts" } },
];

export function Frame({ route, children }: { route: Route; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {t.nav.skip}
      </a>
      <header className="head">
        <Link className="brand" to={{ at: "tags", filter: {} }} aria-label={t.title}>
          <Mark />
          <span className="brand-name">Inkling</span>
        </Link>
        <nav className="pages" aria-label={t.nav.main}>
          {PAGES.map(({ at, to }) => (
            <Link key={at} to={to} aria-current={route.at === at ? "page" : undefined}>
              {t.nav[at]}
            </Link>
          ))}
        </nav>
        <span className="head-gap" />
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 30 30" aria-hidden="true">
      <path d="M8 15l7-7 7 7-7 7z" />
      <circle cx="15" cy="15" r="2" className="mark-dot" />
    </svg>
  );
}

function LanguageSwitch() {
  const { t } = useSpeech();
  const now = useStore(language);
  const other = now === "en" ? "zh" : "en";
  return (
    <button className="plain" lang={other} aria-label={t.settings.language} onClick={() => language.set(other)}>
      {other === "zh" ? "中文" : "EN"}
    </button>
  );
}

const SHAPES = {
  auto: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  dark: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
} as const;

function ThemeSwitch() {
  const { t } = useSpeech();
  const now = useStore(theme);
  const next = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length] ?? "auto";
  return (
    <button
      className="plain"
      aria-label={`${t.settings.theme}: ${t.settings[now]}`}
      title={t.settings[now]}
      onClick={() => theme.set(next)}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d={SHAPES[now]} className={now === "auto" ? "half" : undefined} />
      </svg>
    </button>
  );
}
