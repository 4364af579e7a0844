import type { Shape } from "./shape";

export const runningShoe: Shape = (p, variant) => (
  <g transform="rotate(-8 120 150)">
    <path d="M40 98c8 14 26 14 38-4l18-4c18 34 44 50 82 56 20 4 32 12 34 32H46c-16-24-16-54-6-80z" fill={p.main} />
    <path d="M40 98c8 14 26 14 38-4l8-2c-12 30-16 58-8 86H46c-16-24-16-54-6-80z" fill={p.dark} />
    <path d="M30 176c40 6 80-6 108-4 30 2 54 4 76 4 2 14-6 22-20 22H54c-16 0-24-8-24-22z" fill={p.paper} />
    <path
      d="M34 188c40 8 76-8 106-5 26 3 48 5 70 3"
      stroke={p.accent}
      strokeWidth="7"
      fill="none"
      strokeLinecap="round"
    />
    <path d="M104 112l22-12M118 126l20-14M134 136l16-12" stroke={p.paper} strokeWidth="6" strokeLinecap="round" />
    {variant === 0 && <path d="M84 164c30 0 50-14 58-28l14 6c-8 18-30 34-68 34z" fill={p.light} />}
    {variant === 1 && <path d="M86 140l64 26M82 156l50 20" stroke={p.light} strokeWidth="8" strokeLinecap="round" />}
    {variant === 2 && (
      <path d="M96 166l12-32 12 32 12-26" stroke={p.light} strokeWidth="7" fill="none" strokeLinejoin="round" />
    )}
    <path d="M36 92l6-18c10-2 20 4 22 14z" fill={p.accent} />
  </g>
);

export const yogaMat: Shape = (p, variant) => (
  <>
    <path d="M84 158h124a8 8 0 0 1 8 8v22a8 8 0 0 1-8 8H84z" fill={p.light} />
    <path d="M84 180h132v8a8 8 0 0 1-8 8H84z" fill={p.main} />
    <rect x="44" y="88" width="88" height="108" rx="44" fill={p.dark} />
    <circle cx="88" cy="150" r="46" fill={p.main} />
    <path
      d="M88 116a34 34 0 1 1-34 34 26 26 0 1 1 26 26 18 18 0 1 1 14-28"
      fill="none"
      stroke={p.light}
      strokeWidth="6"
      strokeLinecap="round"
    />
    <path d="M58 104c20-10 40-10 60 0" stroke={p.accent} strokeWidth="9" fill="none" />
    {variant === 1 && <path d="M150 168h50" stroke={p.paper} strokeWidth="4" strokeDasharray="6 6" />}
    {variant === 2 && <circle cx="180" cy="146" r="12" fill={p.accent} />}
  </>
);

export const backpack: Shape = (p, variant) => (
  <>
    <path d="M98 58c0-28 44-28 44 0" fill="none" stroke={p.ink} strokeWidth="9" />
    <path
      d="M52 124c-14 6-16 50-4 58M188 124c14 6 16 50 4 58"
      stroke={p.ink}
      strokeWidth="10"
      fill="none"
      strokeLinecap="round"
    />
    <path d="M56 108c0-36 28-58 64-58s64 22 64 58v74a16 16 0 0 1-16 16H72a16 16 0 0 1-16-16z" fill={p.main} />
    <path d="M136 52c28 6 48 26 48 56v74a16 16 0 0 1-16 16h-18c8-50 6-100-14-146z" fill={p.dark} />
    <path d="M74 132h92v44a12 12 0 0 1-12 12H86a12 12 0 0 1-12-12z" fill={variant === 1 ? p.accent : p.light} />
    <path d="M74 132h92v16c-30 8-62 8-92 0z" fill={p.dark} />
    <rect x="112" y="142" width="16" height="18" rx="4" fill={p.metal} />
    <path d="M84 100h72" stroke={p.ink} strokeWidth="5" strokeLinecap="round" />
    {variant === 2 && <path d="M100 76h40v14h-40z" fill={p.accent} />}
  </>
);

export const bicycleLight: Shape = (p, variant) => (
  <>
    <path d="M196 72l22-16M206 112h22M196 152l22 16" stroke="#f6cf63" strokeWidth="8" strokeLinecap="round" />
    <path d="M62 76h92l36-10v92l-36-10H62a36 36 0 0 1 0-72z" fill={p.ink} />
    <path d="M62 76h70v72H62a36 36 0 0 1 0-72z" fill={p.main} />
    <path d="M62 122h70v26H62a36 36 0 0 1-32-20z" fill={p.dark} />
    <ellipse cx="188" cy="112" rx="13" ry="46" fill="#ffeab0" />
    <circle cx="96" cy="94" r={variant === 1 ? 9 : 6} fill={p.accent} />
    <path d="M84 148h30v20H84z" fill={p.ink} />
    <path d="M62 168h74a14 14 0 0 1 0 28H62a14 14 0 0 1 0-28z" fill={p.metalDark} />
    <circle cx="66" cy="182" r="6" fill={p.ink} />
    <path d="M46 94h30" stroke={p.light} strokeWidth="6" strokeLinecap="round" />
  </>
);

export const dumbbell: Shape = (p, variant) => (
  <g transform="rotate(-14 120 150)">
    <rect x="70" y="140" width="100" height="18" rx="6" fill={p.metalDark} />
    <path d="M86 144h68" stroke={p.metal} strokeWidth="5" strokeLinecap="round" />
    <rect x="52" y="96" width="32" height="106" rx="12" fill={p.main} />
    <rect x="156" y="96" width="32" height="106" rx="12" fill={p.dark} />
    <rect x="32" y="112" width="24" height="74" rx="10" fill={p.dark} />
    <rect x="184" y="112" width="24" height="74" rx="10" fill={p.ink} />
    <path d="M62 110v60" stroke={p.light} strokeWidth="6" strokeLinecap="round" />
    {variant > 0 && <rect x="62" y="132" width="12" height="34" fill={p.accent} />}
    {variant > 0 && <rect x="166" y="132" width="12" height="34" fill={p.accent} />}
  </g>
);
