// The pictures of an item, to be turned with a finger, arrow keys or the small ones below. The lens looks closely at one
// place: while it is on, the finger moves the place instead of the picture.
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import type { Item } from "../api/types";
import { useSpeech } from "../i18n";
import { Picture, VIEWS } from "../pictures/picture";
import { drawnAs } from "../pictures/shapes";
import { ACTION, BUTTON, CONTROL, marked } from "../state/app_tables";
import { Icon } from "./icon";

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function Gallery({ item, large = false, onEnlarge }: { item: Item; large?: boolean; onEnlarge?: () => void }) {
  const { t } = useSpeech();
  const strip = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [lens, setLens] = useState(false);
  const show = (index: number) => {
    const bounded = Math.max(0, Math.min(VIEWS.length - 1, index));
    strip.current?.scrollTo({ left: bounded * strip.current.clientWidth, behavior: calm() ? "auto" : "smooth" });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") show(at + 1);
    else if (event.key === "ArrowLeft") show(at - 1);
    else return;
    event.preventDefault();
  };
  const scrolled = () => strip.current && setAt(Math.round(strip.current.scrollLeft / strip.current.clientWidth));
  const title = item.title ?? item.item;
  return (
    <div className={large ? "gallery gallery-large" : "gallery"} role="group" aria-label={t.item.pictures}>
      <div
        ref={strip}
        className="gallery-strip"
        tabIndex={0}
        onScroll={scrolled}
        onKeyDown={keys}
        {...marked(CONTROL.picture, BUTTON.none, ACTION.turnPicture)}
      >
        {VIEWS.map((view, index) => (
          <div key={view} className="gallery-page" onClick={lens ? undefined : onEnlarge} aria-hidden={index !== at}>
            <Picture
              item={item.item}
              category={drawnAs(item)}
              colour={item.attributes?.["colour"]}
              view={view}
              label={`${title}. ${t.item.picture(index + 1, VIEWS.length)}`}
            />
          </div>
        ))}
      </div>
      {lens && <Lens item={item} at={at} />}
      <div className="gallery-dots">
        {VIEWS.map((view, index) => (
          <button
            key={view}
            className="dot"
            aria-label={t.item.picture(index + 1, VIEWS.length)}
            aria-current={index === at}
            onClick={() => show(index)}
          />
        ))}
      </div>
      <button
        className="round gallery-lens"
        aria-pressed={lens}
        aria-label={t.item.enlarge}
        onClick={() => setLens(!lens)}
        {...marked(CONTROL.picture, BUTTON.none, ACTION.detail)}
      >
        <Icon name="lens" />
      </button>
    </div>
  );
}

// Covers the picture, shows it enlarged, and follows the finger.
function Lens({ item, at }: { item: Item; at: number }) {
  const [place, setPlace] = useState({ x: 50, y: 45 });
  const cover = useRef<HTMLDivElement>(null);
  const follow = (event: PointerEvent) => {
    const box = cover.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({
      x: ((event.clientX - box.left) / box.width) * 100,
      y: ((event.clientY - box.top) / box.height) * 100,
    });
  };
  useEffect(() => cover.current?.focus(), []);
  return (
    <div
      ref={cover}
      className="lens"
      tabIndex={-1}
      onPointerDown={follow}
      onPointerMove={follow}
      {...marked(CONTROL.picture, BUTTON.none, ACTION.inspect)}
    >
      <div className="lens-picture" style={{ transformOrigin: `${place.x}% ${place.y}%` }}>
        <Picture
          item={item.item}
          category={drawnAs(item)}
          colour={item.attributes?.["colour"]}
          view={VIEWS[at] ?? "front"}
        />
      </div>
    </div>
  );
}
