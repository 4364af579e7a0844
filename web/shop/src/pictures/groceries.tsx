import type { Shape } from "./shape";

export const coffee: Shape = (p, variant) => (
  <>
    <path d="M76 62h88l8 20v106a8 8 0 0 1-8 8H76a8 8 0 0 1-8-8V82z" fill={p.main} />
    <path d="M140 62h24l8 20v106a8 8 0 0 1-8 8h-28c8-44 8-90 4-134z" fill={p.dark} />
    <path d="M72 44h96v24H72z" fill={p.dark} />
    <path d="M72 52h96" stroke={p.light} strokeWidth="4" />
    <rect x="84" y="100" width="72" height="66" rx={variant === 1 ? 33 : 4} fill={p.paper} />
    <ellipse cx="120" cy="132" rx="15" ry="21" fill="#5b3a26" transform="rotate(24 120 132)" />
    <path d="M114 116c12 10-2 22 10 33" stroke={p.paper} strokeWidth="4" fill="none" strokeLinecap="round" />
    {variant === 2 && <path d="M84 178h72" stroke={p.accent} strokeWidth="8" />}
    <ellipse cx="190" cy="188" rx="11" ry="8" fill="#5b3a26" />
    <ellipse cx="208" cy="190" rx="9" ry="7" fill="#6f4930" />
  </>
);

export const tea: Shape = (p, variant) => (
  <>
    <path d="M66 76h108v112a8 8 0 0 1-8 8H74a8 8 0 0 1-8-8z" fill={p.main} />
    <path d="M142 76h32v112a8 8 0 0 1-8 8h-26z" fill={p.dark} />
    <rect x="58" y="52" width="124" height="30" rx="8" fill={p.ink} />
    <path d="M66 62h80" stroke={p.metalDark} strokeWidth="5" strokeLinecap="round" />
    <circle cx="120" cy="136" r="34" fill={p.paper} />
    <path d="M120 160c-24-10-20-38 0-50 20 12 24 40 0 50z" fill={variant === 1 ? p.accent : "#6f9b56"} />
    <path d="M120 160v-34" stroke={p.paper} strokeWidth="3.5" />
    <path d="M174 104c20 6 14 40 28 50" stroke={p.metal} strokeWidth="4" fill="none" />
    <rect x="192" y="152" width="24" height="28" rx="3" fill={variant === 2 ? p.accent : p.light} />
  </>
);

export const chocolate: Shape = (p, variant) => (
  <g transform="rotate(8 120 120)">
    <path d="M70 40h100v90H70z" fill="#5b3322" />
    {[0, 1, 2].map((column) =>
      [0, 1].map((row) => (
        <rect
          key={`${column} ${row}`}
          x={76 + column * 31}
          y={47 + row * 32}
          width="26"
          height="26"
          rx="4"
          fill="#754632"
        />
      )),
    )}
    <path d="M62 108l14 8 14-10 15 10 15-10 15 10 15-10 14 10 14-8v88H62z" fill={p.metal} />
    <path d="M62 122h116v76H62z" fill={p.main} />
    <path d="M146 122h32v76h-32z" fill={p.dark} />
    <path d="M82 146h62M82 160h44" stroke={p.paper} strokeWidth="7" strokeLinecap="round" />
    <path d="M62 180h116" stroke={variant === 1 ? p.light : p.accent} strokeWidth={variant === 2 ? 14 : 7} />
  </g>
);

export const oliveOil: Shape = (p, variant) => (
  <>
    <rect x="106" y="34" width="28" height="22" rx="4" fill={p.ink} />
    <path
      d="M108 54h24v30c20 10 28 24 28 44v56a12 12 0 0 1-12 12H92a12 12 0 0 1-12-12v-56c0-20 8-34 28-44z"
      fill="#6b7d3a"
    />
    <path d="M132 54v30c20 10 28 24 28 44v56a12 12 0 0 1-12 12h-16c8-46 8-92-8-142z" fill="#566530" />
    <rect x="80" y="126" width="80" height="48" fill={p.paper} />
    <path d="M80 126h80v8H80zM80 166h80v8H80z" fill={p.main} />
    <ellipse cx="108" cy="150" rx="9" ry="11" fill="#6b7d3a" />
    <ellipse cx="128" cy="150" rx="9" ry="11" fill={variant === 1 ? p.accent : "#3f4a2b"} />
    <path d="M92 108c2-8 8-14 14-18" stroke="#9db062" strokeWidth="6" strokeLinecap="round" fill="none" />
    {variant === 2 && <path d="M166 190c20-22 34-20 44-14-8 16-26 22-44 20z" fill="#7f9a5a" />}
  </>
);

export const pasta: Shape = (p, variant) => (
  <>
    <path d="M70 52l100 0 8 16v120a8 8 0 0 1-8 8H70a8 8 0 0 1-8-8V68z" fill={p.main} />
    <path d="M146 52h24l8 16v120a8 8 0 0 1-8 8h-26z" fill={p.dark} />
    <path d="M62 72h116" stroke={p.light} strokeWidth="5" />
    <rect x="80" y="112" width="80" height="66" rx="8" fill="#fff4d6" />
    <g fill="none" stroke="#e0aa3c" strokeWidth="7" strokeLinecap="round">
      {variant === 0 && <path d="M92 170v-48M106 170v-48M120 170v-48M134 170v-48M148 170v-48" />}
      {variant === 1 && (
        <path d="M94 132c8-10 16 8 24-2s16 8 26-2M94 150c8-10 16 8 24-2s16 8 26-2M94 168c8-10 16 8 24-2s16 8 26-2" />
      )}
      {variant === 2 && <path d="M96 130l20 12-20 12zM126 124l22 12-22 12zM110 172l20-12" />}
    </g>
    <path d="M88 90h64" stroke={p.paper} strokeWidth="9" strokeLinecap="round" />
  </>
);
