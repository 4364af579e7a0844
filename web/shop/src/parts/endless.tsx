// A list that goes on when its end comes near, and says so when it cannot.
import { type ReactNode, useEffect, useRef } from "react";
import { useSpeech } from "../i18n";
import type { SceneList } from "../state/scene_list";
import { CardGrid, type Listed } from "./card";
import { ProblemNotice } from "./notice";

interface Props {
  scene: SceneList;
  label: string;
  card?: (listed: Listed) => ReactNode;
}

export function Endless({ scene, label, card }: Props) {
  const { t } = useSpeech();
  const end = useRef<HTMLDivElement>(null);
  const { list, waiting, ended, problem, more } = scene;
  useEffect(() => {
    if (waiting || ended || problem || !end.current) return;
    const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && more(), {
      root: end.current.closest("[data-scrolls]"), // else the window
      rootMargin: "800px",
    });
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [waiting, ended, problem, more, list.length]);
  return (
    <section aria-busy={waiting}>
      <CardGrid list={list} waiting={waiting ? (list.length === 0 ? 8 : 4) : 0} label={label} card={card} />
      {waiting && (
        <p className="unseen" role="status">
          {t.feed.more}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} retry={more} />}
      {ended && list.length > 0 && <p className="end">{t.feed.end}</p>}
      <div ref={end} />
    </section>
  );
}
