import type { Shape } from "./shape";

const brick = (x: number, y: number, studs: number, fill: string, side: string) => (
  <g key={`${x} ${y}`}>
    {Array.from({ length: studs }, (_, i) => (
      <rect key={i} x={x + 8 + i * 30} y={y - 9} width="16" height="12" rx="3" fill={side} />
    ))}
    <rect x={x} y={y} width={studs * 30} height="40" rx="4" fill={fill} />
    <rect x={x} y={y + 30} width={studs * 30} height="10" rx="4" fill={side} />
  </g>
);

export const bricks: Shape = (p, variant) => (
  <>
    {brick(32, 156, 3, p.main, p.dark)}
    {brick(126, 156, 3, p.accent, p.metalDark)}
    {brick(variant === 1 ? 60 : 76, 116, 3, p.light, p.main)}
    {brick(variant === 2 ? 76 : 96, 76, 2, "#efbf4c", "#d69f2c")}
  </>
);

export const puzzle: Shape = (p, variant) => (
  <>
    <path
      d="M44 52h60v18a14 14 0 1 0 28 0V52h0v64h-22a14 14 0 1 0 0 28h22v0H44z"
      fill={p.main}
      transform="translate(0 4)"
    />
    <path d="M140 108h24a14 14 0 1 1 28 0h12v88h-64v-24a14 14 0 1 1 0-28z" fill={p.accent} />
    <path d="M44 156h36a14 14 0 1 1 28 0h20v40H44z" fill={p.light} />
    <path d="M146 48h56v44h-20a14 14 0 0 1-28 0h-8z" fill={p.dark} transform="rotate(12 174 70)" />
    {variant > 0 && <circle cx="74" cy="92" r="11" fill={p.paper} />}
    {variant > 1 && <circle cx="178" cy="160" r="11" fill={p.paper} />}
  </>
);

export const boardGame: Shape = (p, variant) => (
  <>
    <path d="M34 110l86-42 86 42-86 46z" fill={p.paper} />
    <path d="M34 110v26l86 58v-38zM206 110v26l-86 58v-38z" fill={p.main} />
    <path d="M206 110v26l-86 58v-38z" fill={p.dark} />
    <path d="M63 96l86 45M91 82l86 45M62 126l86-45M91 141l86-45" stroke={p.metal} strokeWidth="3" />
    <path d="M91 110l29-14 29 14-29 16z" fill={p.light} />
    <path d="M112 102c-6-4-4-12 0-15a9 9 0 1 1 14 0c4 3 6 11 0 15-4 3-10 3-14 0z" fill={p.accent} />
    <rect
      x="150"
      y="86"
      width="24"
      height="24"
      rx="6"
      fill={variant === 1 ? p.accent : p.paper}
      stroke={p.ink}
      strokeWidth="3"
    />
    <circle cx="157" cy="93" r="2.6" fill={p.ink} />
    <circle cx="167" cy="103" r="2.6" fill={p.ink} />
    {variant === 2 && <circle cx="70" cy="112" r="9" fill={p.main} />}
  </>
);

export const doll: Shape = (p, variant) => (
  <>
    <path d="M74 104c-8-60 100-60 92 0l6 20H68z" fill={p.ink} />
    <circle cx="120" cy="92" r="34" fill="#f1c9a5" />
    <path d="M86 88c8-30 60-34 68 0-20 2-30-6-36-16-6 10-16 16-32 16z" fill={p.ink} />
    <circle cx="108" cy="96" r="3.5" fill="#33261d" />
    <circle cx="132" cy="96" r="3.5" fill="#33261d" />
    <path d="M112 108c5 5 11 5 16 0" stroke="#b5543c" strokeWidth="3.5" fill="none" strokeLinecap="round" />
    <path d="M100 124h40l34 66a120 120 0 0 1-108 0z" fill={p.main} />
    <path d="M128 124h12l34 66a110 110 0 0 1-34 10c6-26 0-54-12-76z" fill={p.dark} />
    <path d="M100 126l-28 28M140 126l28 28" stroke="#f1c9a5" strokeWidth="12" strokeLinecap="round" />
    <path d="M104 124c10 10 22 10 32 0v8c-10 8-22 8-32 0z" fill={p.paper} />
    {variant > 0 && (
      <path d="M78 172c28 10 56 10 84 0" stroke={variant === 1 ? p.accent : p.light} strokeWidth="7" fill="none" />
    )}
    <path d="M140 62l18-8v20zM140 62l-10-10v20z" fill={p.accent} />
  </>
);

export const train: Shape = (p, variant) => (
  <>
    <path d="M24 194h192" stroke={p.metalDark} strokeWidth="6" strokeLinecap="round" />
    <path d="M132 64h58v104h-58z" fill={p.main} />
    <path d="M124 54h74v14h-74z" fill={p.ink} />
    <rect x="144" y="82" width="34" height="34" rx="4" fill={p.paper} />
    <path d="M46 106h90v62H46a16 16 0 0 1-16-16v-30a16 16 0 0 1 16-16z" fill={p.dark} />
    <path d="M46 114h86" stroke={p.light} strokeWidth="6" strokeLinecap="round" />
    <path d="M54 106l-4-32h30l-4 32z" fill={p.ink} />
    <path d="M98 106c0-16 20-16 20 0z" fill={p.accent} />
    <path d="M32 168h164l10 10H22z" fill={p.accent} />
    {[54, 96, 160].map((x, i) => (
      <g key={x}>
        <circle cx={x} cy="178" r={i === 2 ? 20 : 15} fill={p.ink} />
        <circle cx={x} cy="178" r={i === 2 ? 9 : 6} fill={p.metal} />
      </g>
    ))}
    {variant > 0 && (
      <g fill={p.paper} opacity="0.9">
        <circle cx="62" cy="56" r="9" />
        <circle cx="80" cy="42" r="12" />
      </g>
    )}
  </>
);
