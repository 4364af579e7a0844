// What stands around every screen: head, navigation, the offline bar.
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { useSpeech } from "../i18n";
import type { Route } from "../route";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { cart, piecesOf } from "../state/cart";
import { meterShown } from "../state/settings";
import { askWants, wants } from "../state/wants";
import { useStore } from "../../../shared/store";
import { Icon, type IconName } from "./icon";
import { Link } from "./link";
import { Settings } from "./settings";

export function Frame({ route, children }: { route: Route; children: ReactNode }) {
  const { t } = useSpeech();
  const meter = useStore(meterShown);
  return (
    <div className={`frame at-${route.at}${meter ? " with-meter" : ""}`}>
      <a className="skip" href="#content">
        {t.nav.skip}
      </a>
      <Head route={route} />
      <OfflineBar />
      <main id="content" tabIndex={-1}>
        {children}
        <footer className="foot">
          <p>
            <b>{t.shop}</b> – {t.tagline}
          </p>
          <p>{t.simulated}</p>
        </footer>
      </main>
      <Navigation route={route} />
    </div>
  );
}

function Head({ route }: { route: Route }) {
  const { t } = useSpeech();
  const [settings, setSettings] = useState(false);
  const meter = useStore(meterShown);
  return (
    <header className="head">
      <Link className="brand" to={{ at: "feed" }}>
        <Mark />
        {t.shop}
      </Link>
      {route.at !== "search" && (
        <Link className="head-search" to={{ at: "search", query: "" }} {...marked(CONTROL.text, BUTTON.search)}>
          <Icon name="search" /> <span>{t.search.label}</span>
        </Link>
      )}
      <span className="head-gap" />
      <button
        className="plain"
        aria-pressed={meter}
        aria-label={meter ? t.meter.close : t.meter.open}
        onClick={() => meterShown.set(!meter)}
      >
        <Icon name="gauge" />
      </button>
      <button className="plain" aria-label={t.settings.open} onClick={() => setSettings(true)}>
        <Icon name="settings" />
      </button>
      {settings && <Settings close={() => setSettings(false)} />}
    </header>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M9 24c1-7 2-11 5-16M16 24c0-6 1-11 3-17M22 24c0-4 0-7 2-11" />
      <path className="mark-water" d="M4 26c3-2.4 5-2.4 8 0s5 2.4 8 0 5-2.4 8 0" />
    </svg>
  );
}

const PLACES: readonly { at: "feed" | "search" | "local" | "favourites" | "cart"; icon: IconName; button: number }[] = [
  { at: "feed", icon: "shop", button: BUTTON.none },
  { at: "search", icon: "search", button: BUTTON.search },
  { at: "local", icon: "tool", button: BUTTON.none },
  { at: "favourites", icon: "heart", button: BUTTON.none },
  { at: "cart", icon: "cart", button: BUTTON.openCart },
];

function Navigation({ route }: { route: Route }) {
  const { t } = useSpeech();
  const pieces = piecesOf(useStore(cart.view).lines);
  const services = useStore(wants).list.length > 0 || route.at === "local";
  useEffect(() => void askWants(undefined), []); // whether this shop has services at all
  return (
    <nav className="navigation" aria-label={t.nav.main}>
      {PLACES.filter(({ at }) => services || at !== "local").map(({ at, icon, button }) => (
        <Link
          key={at}
          to={at === "search" ? { at, query: "" } : { at }}
          aria-current={route.at === at ? "page" : undefined}
          {...marked(CONTROL.tab, button)}
        >
          <span className="navigation-icon">
            <Icon name={icon} />
            {at === "cart" && pieces > 0 && <b className="badge">{pieces}</b>}
          </span>
          {t.nav[at]}
        </Link>
      ))}
    </nav>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

function OfflineBar() {
  const { t } = useSpeech();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  if (online) return null;
  return (
    <p className="offline" role="status">
      <Icon name="offline" /> {t.problem.offlineBar}. {t.problem.offline}
    </p>
  );
}
