import type { Shape } from "./shape";

export const lamp: Shape = (p, variant) => (
  <>
    <path d="M118 64l48 50-16 66" fill="none" stroke={p.metalDark} strokeWidth="9" strokeLinejoin="round" />
    <circle cx="166" cy="114" r="9" fill={p.ink} />
    <circle cx="118" cy="64" r="8" fill={p.ink} />
    <path d="M52 120l126 76H30z" fill="#ffe9a8" opacity="0.55" />
    <path d="M118 52l12 22-56 62c-22-4-38-22-38-44z" fill={p.main} />
    <path d="M118 52l12 22-56 62c-8-1-15-5-21-10z" fill={p.dark} />
    <ellipse cx="55" cy="114" rx="12" ry="28" transform="rotate(-40 55 114)" fill="#fff3c9" />
    <path d="M112 180h78a8 8 0 0 1 8 8v8h-94v-8a8 8 0 0 1 8-8z" fill={variant === 1 ? p.accent : p.ink} />
  </>
);

export const bedding: Shape = (p, variant) => (
  <>
    <rect x="34" y="84" width="172" height="70" rx="12" fill={p.ink} />
    <rect x="48" y="96" width="66" height="44" rx="16" fill={p.paper} />
    <rect x="126" y="96" width="66" height="44" rx="16" fill={p.paper} />
    <path d="M62 106c12-6 26-6 38 0M140 106c12-6 26-6 38 0" stroke={p.metal} strokeWidth="3" fill="none" />
    <path d="M30 142c60-18 120-18 180 0v42a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8z" fill={p.main} />
    <path d="M30 142c60-18 120-18 180 0v14c-60-16-120-16-180 0z" fill={p.light} />
    {variant === 0 && (
      <path d="M60 160v32M90 154v38M120 152v40M150 154v38M180 160v32" stroke={p.dark} strokeWidth="4" />
    )}
    {variant === 1 && <path d="M30 176c60-16 120-16 180 0" stroke={p.accent} strokeWidth="7" fill="none" />}
    {variant === 2 && [56, 88, 120, 152, 184].map((x) => <circle key={x} cx={x} cy="174" r="6" fill={p.accent} />)}
    <path d="M42 192v8M198 192v8" stroke={p.ink} strokeWidth="8" strokeLinecap="round" />
  </>
);

export const rug: Shape = (p, variant) => (
  <>
    <path d="M66 96h130l18 88H84z" fill={p.main} />
    <path d="M82 108h104l12 62H94z" fill="none" stroke={p.light} strokeWidth="5" />
    {variant === 0 && <path d="M140 116l26 22-24 22-28-22z" fill={p.accent} />}
    {variant === 1 && <path d="M92 122h100M95 138h100M98 154h98" stroke={p.paper} strokeWidth="6" />}
    {variant === 2 && <ellipse cx="140" cy="139" rx="34" ry="20" fill={p.dark} stroke={p.paper} strokeWidth="4" />}
    <path
      d="M84 184l-8 8M104 184l-4 9M128 184l-2 9M152 184v9M176 184l2 9M200 184l5 8"
      stroke={p.paper}
      strokeWidth="4"
    />
    <rect x="28" y="82" width="52" height="112" rx="24" fill={p.dark} transform="rotate(-10 54 138)" />
    <ellipse cx="46" cy="90" rx="22" ry="16" fill={p.main} transform="rotate(-10 46 90)" />
    <path
      d="M46 80a12 9 0 1 1-8 15 8 6 0 1 1 12-5"
      fill="none"
      stroke={p.light}
      strokeWidth="4"
      strokeLinecap="round"
    />
  </>
);

export const shelves: Shape = (p, variant) => (
  <>
    <path d="M58 40v156M182 40v156" stroke={p.ink} strokeWidth="8" strokeLinecap="round" />
    <path d="M46 88h148M46 138h148M46 186h148" stroke={p.main} strokeWidth="11" strokeLinecap="round" />
    <rect x="68" y="52" width="12" height="30" fill={p.accent} />
    <rect x="82" y="46" width="14" height="36" fill={p.dark} />
    <path d="M100 82l8-34 12 3-8 31z" fill={p.light} />
    <path d="M146 82v-10h26v10zM150 72c-6-14 2-22 9-24 7 2 15 10 9 24z" fill={variant === 1 ? p.accent : "#6f9b76"} />
    <rect x="124" y="106" width="46" height="26" rx="4" fill={p.metal} />
    <circle cx="86" cy="118" r="14" fill={variant === 2 ? p.light : p.accent} />
    <rect x="70" y="152" width="40" height="28" rx="4" fill={p.dark} />
    <path d="M82 164h16" stroke={p.paper} strokeWidth="4" strokeLinecap="round" />
    <path d="M132 180v-24h10v24zM146 180v-30h12v30zM162 180v-20h10v20z" fill={p.light} />
  </>
);

export const candle: Shape = (p, variant) => (
  <>
    <circle cx="120" cy="74" r="46" fill="#ffe7a3" opacity="0.45" />
    <path d="M120 40c16 20 18 30 12 40-5 8-19 8-24 0-6-10 2-22 12-40z" fill="#f5a13d" />
    <path d="M120 60c7 9 8 14 5 19-3 4-8 4-10 0-3-5 1-10 5-19z" fill="#ffe9a8" />
    <path d="M120 80v22" stroke={p.ink} strokeWidth="4" />
    <path d="M78 100h84v86a12 12 0 0 1-12 12H90a12 12 0 0 1-12-12z" fill={p.main} />
    <path d="M138 100h24v86a12 12 0 0 1-12 12h-14z" fill={p.dark} />
    <ellipse cx="120" cy="102" rx="42" ry="9" fill={p.light} />
    {variant < 2 && <rect x="92" y="132" width="56" height="38" rx={variant === 1 ? 19 : 3} fill={p.paper} />}
    {variant < 2 && <path d="M104 146h32M110 157h20" stroke={p.ink} strokeWidth="4" strokeLinecap="round" />}
    {variant === 2 && <path d="M84 130l72 12M84 150l72 12M84 170l72 12" stroke={p.light} strokeWidth="4" />}
  </>
);
