import { useEffect } from "react";
import { useSpeech } from "../i18n";
import { Endless } from "../parts/endless";
import { Link } from "../parts/link";
import { Notice } from "../parts/notice";
import { Picture } from "../pictures/picture";
import { BUTTON, CONTROL, marked } from "../state/app_tables";
import { enter } from "../state/kit";
import { useSceneList } from "../state/scene_list";

// Kinds of goods at the top of the feed; titles of the simulated goods hold their names.
const KINDS = [
  "Running shoes",
  "Desk lamps",
  "Coffee makers",
  "Handbags",
  "Headphones",
  "Mugs",
  "Backpacks",
  "Cameras",
  "Board games",
  "Perfume",
  "Candles",
  "Jackets",
];

export function Feed() {
  const { t } = useSpeech();
  const scene = useSceneList("feed", 20);
  useEffect(() => enter("feed"), []);
  const empty = scene.ended && scene.list.length === 0;
  return (
    <>
      <Kinds />
      <header className="screen-head">
        <h1>{t.feed.title}</h1>
        <p className="quiet">{t.feed.lead}</p>
      </header>
      {empty ? <Notice title={t.feed.empty} picture="Shelves" /> : <Endless scene={scene} label={t.feed.title} />}
    </>
  );
}

function Kinds() {
  const { t } = useSpeech();
  return (
    <nav className="kinds" aria-label={t.item.category} {...marked(0, 0)}>
      {KINDS.map((kind) => (
        <Link
          key={kind}
          to={{ at: "search", query: `"${kind.toLowerCase()}"` }}
          {...marked(CONTROL.tab, BUTTON.none)}
        >
          <span className="kinds-picture">
            <Picture item={`kind ${kind}`} category={[kind]} />
          </span>
          <span>{t.categories[kind] ?? kind}</span>
        </Link>
      ))}
    </nav>
  );
}
