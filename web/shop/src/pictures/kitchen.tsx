import type { Shape } from "./shape";

export const kettle: Shape = (p, variant) => (
  <>
    <path d="M84 96c0-58 84-58 84 0" fill="none" stroke={p.ink} strokeWidth="10" strokeLinecap="round" />
    <path d="M70 128L34 96l-8 10 38 50z" fill={p.dark} />
    <path d="M126 78c38 0 66 40 66 106a12 12 0 0 1-12 12H72a12 12 0 0 1-12-12c0-66 28-106 66-106z" fill={p.main} />
    <path d="M150 84c26 16 42 52 42 100a12 12 0 0 1-12 12h-26c14-40 14-78-4-112z" fill={p.dark} />
    <path d="M104 84c6-8 38-8 44 0z" fill={p.ink} />
    <circle cx="126" cy="72" r="8" fill={p.accent} />
    <path d="M82 130c-6 16-8 32-8 46" stroke={p.light} strokeWidth="7" strokeLinecap="round" fill="none" />
    {variant > 0 && <circle cx="128" cy="146" r="18" fill={p.paper} />}
    {variant > 0 && <path d="M128 146l8-10" stroke={p.ink} strokeWidth="4" strokeLinecap="round" />}
  </>
);

export const pan: Shape = (p, variant) => (
  <>
    <path d="M150 124l60-44" stroke={p.ink} strokeWidth="15" strokeLinecap="round" />
    <circle cx="206" cy="83" r="3.5" fill={p.metal} />
    <ellipse cx="98" cy="142" rx="72" ry="46" fill={p.dark} />
    <path d="M26 142c0 34 26 54 72 54s72-20 72-54z" fill={p.main} />
    <ellipse cx="98" cy="138" rx="72" ry="40" fill={p.metalDark} />
    <ellipse cx="98" cy="140" rx="60" ry="31" fill={p.ink} />
    {variant === 0 && <path d="M66 134c10-16 60-18 66 2 4 16-20 20-36 18-18-2-38-4-30-20z" fill={p.paper} />}
    {variant === 0 && <circle cx="102" cy="138" r="11" fill="#f2b134" />}
    {variant === 1 && (
      <path d="M56 132c14-12 34-16 52-14" stroke={p.metal} strokeWidth="5" strokeLinecap="round" fill="none" />
    )}
    {variant === 2 &&
      [78, 100, 120].map((x, i) => <circle key={x} cx={x} cy={136 + (i % 2) * 10} r="9" fill={p.accent} />)}
  </>
);

export const knife: Shape = (p, variant) => (
  <>
    <rect x="40" y="150" width="160" height="46" rx="10" fill="#b98a5b" />
    <path d="M40 172c50-8 110-8 160 0" stroke="#a37647" strokeWidth="4" fill="none" />
    <path d="M60 44c36 10 66 42 74 92l-14 10z" fill={p.metal} />
    <path d="M60 44l60 102-12 8C82 120 64 84 60 44z" fill={p.metalDark} />
    <path d="M112 150l22-16 36 48a10 10 0 0 1-2 12 10 10 0 0 1-14-2z" fill={p.main} />
    <path d="M124 142l10-8 36 48a10 10 0 0 1-2 12z" fill={p.dark} />
    <circle cx="137" cy="158" r="3.5" fill={p.paper} />
    <circle cx="151" cy="177" r="3.5" fill={p.paper} />
    {variant === 1 && <circle cx="72" cy="172" r="15" fill="#d8533d" />}
    {variant === 2 && <path d="M60 180c6-20 26-20 32 0z" fill="#6f9b56" />}
  </>
);

export const mug: Shape = (p, variant) => (
  <>
    <path
      d="M94 40c-10 12 10 16 0 30M120 36c-10 12 10 16 0 30"
      stroke={p.metal}
      strokeWidth="6"
      fill="none"
      strokeLinecap="round"
    />
    <path d="M156 108h14c40 0 40 62-2 62h-14" fill="none" stroke={p.dark} strokeWidth="14" />
    <path d="M52 88h112v82a26 26 0 0 1-26 26H78a26 26 0 0 1-26-26z" fill={p.main} />
    <path d="M136 88h28v82a26 26 0 0 1-26 26h-12c10-30 14-70 10-108z" fill={p.dark} />
    <ellipse cx="108" cy="88" rx="56" ry="13" fill={p.light} />
    <ellipse cx="108" cy="90" rx="46" ry="8" fill="#5b3a26" />
    {variant === 0 && <path d="M52 150h112v20c0 4-1 8-2 11H54c-1-3-2-7-2-11z" fill={p.light} />}
    {variant === 1 && (
      <path d="M96 122c-14-14-32 8-2 30 30-22 12-44-2-30z" transform="translate(8 0)" fill={p.accent} />
    )}
    {variant === 2 && [72, 98, 124].map((x) => <circle key={x} cx={x} cy="140" r="9" fill={p.paper} />)}
    <path d="M64 108v54" stroke={p.light} strokeWidth="6" strokeLinecap="round" />
  </>
);

export const coffeeMaker: Shape = (p, variant) => (
  <>
    <path d="M62 46h124v26H62z" fill={p.main} />
    <path d="M146 46h40v150h-40z" fill={p.dark} />
    <rect x="54" y="182" width="138" height="14" rx="5" fill={p.ink} />
    <rect x="60" y="40" width="128" height="12" rx="6" fill={p.ink} />
    <path d="M82 72h52l-10 24H92z" fill={p.ink} />
    <path d="M108 96v16" stroke="#5b3a26" strokeWidth="5" />
    <path d="M72 112h70l8 56a14 14 0 0 1-14 14H78a14 14 0 0 1-14-14z" fill={p.paper} opacity="0.9" />
    <path d="M70 140h74l4 28a14 14 0 0 1-12 14H78a14 14 0 0 1-12-14z" fill="#5b3a26" />
    <path d="M142 118c22 0 22 44 4 46" fill="none" stroke={p.ink} strokeWidth="8" />
    <circle cx="166" cy="92" r={variant === 1 ? 10 : 7} fill={p.accent} />
    {variant === 2 && <path d="M156 116h20M156 128h20" stroke={p.light} strokeWidth="5" strokeLinecap="round" />}
  </>
);
