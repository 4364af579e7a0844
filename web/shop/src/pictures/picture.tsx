// One drawn picture of an item. The same item, kind and view give the same picture, always: nothing is fetched. Decorative
// by default; `label` makes it say what it shows.
import { memo } from "react";
import { Draw } from "../format/random";
import type { Palette } from "./palette";
import { paletteOf } from "./palette";
import { shapeOf } from "./shapes";

export const VIEWS = ["front", "scene", "close", "back"] as const;
export type View = (typeof VIEWS)[number];

interface Props {
  item: string;
  category?: readonly string[] | undefined;
  colour?: string | undefined;
  view?: View;
  label?: string;
}

// What of the square is seen, chosen for each item where it is a detail.
function viewBoxOf(item: string, view: View): string {
  if (view !== "close") return "0 0 240 240";
  const draw = new Draw(`close ${item}`);
  return `${40 + draw.below(50)} ${60 + draw.below(50)} 110 110`;
}

function Backdrop({ p, view, kind }: { p: Palette; view: View; kind: number }) {
  if (view === "scene") {
    return (
      <>
        <rect width="240" height="240" fill={p.backdropDeep} />
        <rect x="24" y="20" width="78" height="96" rx="3" fill={p.backdrop} />
        <path d="M63 20v96M24 68h78" stroke={p.backdropDeep} strokeWidth="5" />
        <rect y="190" width="240" height="50" fill={p.metalDark} opacity="0.45" />
        <rect y="190" width="240" height="6" fill={p.metalDark} opacity="0.6" />
        <path
          d="M206 190c-4-40 6-70 22-92M206 190c0-34-10-52-24-64M206 190c6-24 20-34 34-38"
          stroke="#6b8f71"
          strokeWidth="5"
          fill="none"
          strokeLinecap="round"
        />
        <path d="M192 176h30l-5 24h-20z" fill={p.accent} />
      </>
    );
  }
  return (
    <>
      <rect width="240" height="240" fill={view === "back" ? p.backdropDeep : p.backdrop} />
      {kind === 0 && (
        <circle cx="120" cy="124" r="88" fill={view === "back" ? p.backdrop : p.backdropDeep} opacity="0.55" />
      )}
      {kind === 1 && (
        <path
          d="M44 204V118a76 76 0 0 1 152 0v86z"
          fill={view === "back" ? p.backdrop : p.backdropDeep}
          opacity="0.55"
        />
      )}
      {kind === 2 && (
        <path
          d="M0 150c60-40 180 30 240-30v120H0z"
          fill={view === "back" ? p.backdrop : p.backdropDeep}
          opacity="0.55"
        />
      )}
    </>
  );
}

const placement: Record<View, string> = {
  front: "",
  close: "",
  scene: "translate(26 46) scale(0.74)",
  back: "translate(240 0) scale(-1 1)",
};

function DrawnPicture({ item, category = [], colour, view = "front", label }: Props) {
  const p = paletteOf(item, colour);
  const draw = new Draw(`kind ${item}`);
  const variant = draw.below(3);
  const backdrop = draw.below(3);
  const described = label ? ({ role: "img", "aria-label": label } as const) : ({ "aria-hidden": true } as const);
  return (
    <svg className="picture" viewBox={viewBoxOf(item, view)} preserveAspectRatio="xMidYMid slice" {...described}>
      <Backdrop p={p} view={view} kind={backdrop} />
      <g transform={placement[view]}>
        <ellipse cx="120" cy="199" rx="82" ry="8" fill={p.ink} opacity="0.16" />
        {shapeOf(category)(p, variant)}
      </g>
    </svg>
  );
}

export const Picture = memo(DrawnPicture);
