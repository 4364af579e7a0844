import type { Shape } from "./shape";

export const cream: Shape = (p, variant) => (
  <>
    <path d="M50 116h140v58a22 22 0 0 1-22 22H72a22 22 0 0 1-22-22z" fill={p.paper} />
    <path d="M152 116h38v58a22 22 0 0 1-22 22h-26c8-26 12-54 10-80z" fill={p.metal} opacity="0.6" />
    <path d="M44 78h152a6 6 0 0 1 6 6v30a8 8 0 0 1-8 8H46a8 8 0 0 1-8-8V84a6 6 0 0 1 6-6z" fill={p.main} />
    <path d="M160 78h36a6 6 0 0 1 6 6v30a8 8 0 0 1-8 8h-34z" fill={p.dark} />
    <path d="M50 88h92" stroke={p.light} strokeWidth="6" strokeLinecap="round" />
    {variant === 1 && <circle cx="120" cy="158" r="20" fill={p.light} />}
    <path d="M92 150h56M102 164h36" stroke={p.ink} strokeWidth="5" strokeLinecap="round" />
    {variant === 2 && <path d="M70 78c10-30 46-40 60-22-22 0-34 12-38 22z" fill="#7da585" />}
  </>
);

export const shampoo: Shape = (p, variant) => (
  <>
    <path d="M112 44h44c10 0 10 10 4 12l-34 6z" fill={p.ink} />
    <rect x="108" y="44" width="20" height="34" rx="4" fill={p.ink} />
    <rect x="96" y="72" width="46" height="22" rx="6" fill={p.accent} />
    <path
      d="M80 104a16 16 0 0 1 16-16h48a16 16 0 0 1 16 16v80a14 14 0 0 1-14 14H94a14 14 0 0 1-14-14z"
      fill={p.main}
    />
    <path d="M136 88h8a16 16 0 0 1 16 16v80a14 14 0 0 1-14 14h-12c8-40 8-76 2-110z" fill={p.dark} />
    <rect x="92" y="122" width="56" height="48" rx={variant === 1 ? 24 : 5} fill={p.paper} />
    <path d="M104 138h32M110 152h20" stroke={p.main} strokeWidth="5" strokeLinecap="round" />
    {variant === 2 && (
      <g fill={p.light}>
        <circle cx="60" cy="128" r="10" />
        <circle cx="48" cy="152" r="6" />
        <circle cx="184" cy="112" r="8" />
      </g>
    )}
    <path d="M88 108v68" stroke={p.light} strokeWidth="5" strokeLinecap="round" />
  </>
);

export const perfume: Shape = (p, variant) => (
  <>
    <rect x="98" y="38" width="44" height="34" rx={variant === 1 ? 17 : 6} fill={p.ink} />
    <rect x="106" y="70" width="28" height="16" fill={p.metal} />
    {variant === 2 ? (
      <circle cx="120" cy="140" r="58" fill={p.light} />
    ) : (
      <rect x="62" y="84" width="116" height="114" rx="14" fill={p.light} />
    )}
    {variant === 2 ? (
      <path d="M64 128a58 58 0 0 0 112 0c-30 10-70-12-112 0z" fill={p.main} transform="translate(0 6)" />
    ) : (
      <path d="M74 120c30-10 62 10 92 0v56a10 10 0 0 1-10 10H84a10 10 0 0 1-10-10z" fill={p.main} />
    )}
    <path d="M148 116c8 1 13 5 18 4v40a10 10 0 0 1-10 10h-14z" fill={p.dark} opacity="0.6" />
    <rect x="96" y="134" width="48" height="26" rx="3" fill={p.paper} />
    <path d="M106 147h28" stroke={p.ink} strokeWidth="4" strokeLinecap="round" />
    <path d="M76 100v18" stroke={p.paper} strokeWidth="7" strokeLinecap="round" />
  </>
);

export const lipstick: Shape = (p) => (
  <>
    <path d="M92 118V82c0-20 22-36 44-44v80z" fill={p.main} />
    <path d="M118 48c6-4 12-8 18-10v80h-18z" fill={p.dark} />
    <path d="M92 82c12 2 30-14 44-44-22 8-44 24-44 44z" fill={p.light} />
    <rect x="86" y="112" width="56" height="26" fill={p.metal} />
    <rect x="122" y="112" width="20" height="26" fill={p.metalDark} />
    <path d="M78 136h72v52a8 8 0 0 1-8 8H86a8 8 0 0 1-8-8z" fill={p.ink} />
    <path d="M84 148h60" stroke={p.accent} strokeWidth="5" />
    <rect x="162" y="132" width="46" height="64" rx="8" fill={p.ink} transform="rotate(82 186 176)" />
    <path d="M86 158v26" stroke={p.metalDark} strokeWidth="4" strokeLinecap="round" />
  </>
);

export const hairDryer: Shape = (p, variant) => (
  <>
    <path d="M114 128h40l-10 60a10 10 0 0 1-10 8h-14a10 10 0 0 1-10-11z" fill={p.dark} />
    <path d="M134 196c0 14 40 2 46-20" fill="none" stroke={p.ink} strokeWidth="6" strokeLinecap="round" />
    <path d="M58 68h86a42 42 0 0 1 0 76H58z" fill={p.main} />
    <path d="M58 112h110a42 42 0 0 1-24 32H58z" fill={p.dark} />
    <path d="M30 76h30v60H30a6 6 0 0 1-6-6V82a6 6 0 0 1 6-6z" fill={p.ink} />
    <circle cx="146" cy="106" r="22" fill={p.ink} />
    <circle cx="146" cy="106" r="14" fill={variant === 1 ? p.accent : p.metalDark} />
    <path d="M70 80h50" stroke={p.light} strokeWidth="7" strokeLinecap="round" />
    <rect x="122" y="148" width="20" height="12" rx="6" fill={p.accent} />
  </>
);
