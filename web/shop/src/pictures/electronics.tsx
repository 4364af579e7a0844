import type { Shape } from "./shape";

export const headphones: Shape = (p, variant) => (
  <>
    <path d="M62 138V118a58 58 0 0 1 116 0v20" fill="none" stroke={p.ink} strokeWidth="14" strokeLinecap="round" />
    <path d="M70 92a58 58 0 0 1 100 0" fill="none" stroke={p.main} strokeWidth="16" strokeLinecap="round" />
    <path d="M76 82a54 54 0 0 1 40-22" fill="none" stroke={p.light} strokeWidth="5" strokeLinecap="round" />
    <rect x="44" y="126" width="38" height="66" rx="19" fill={p.main} />
    <rect x="158" y="126" width="38" height="66" rx="19" fill={p.dark} />
    <rect x="74" y="130" width="18" height="58" rx="9" fill={p.ink} />
    <rect x="148" y="130" width="18" height="58" rx="9" fill={p.ink} />
    <rect x="50" y="136" width="7" height="44" rx="3.5" fill={p.light} />
    {variant !== 0 && <circle cx="177" cy="159" r={variant === 1 ? 8 : 5} fill={p.accent} />}
  </>
);

export const phoneCase: Shape = (p, variant) => (
  <>
    <rect x="72" y="38" width="96" height="160" rx="22" fill={p.dark} />
    <rect x="70" y="36" width="92" height="160" rx="21" fill={p.main} />
    <rect x="80" y="46" width="40" height="42" rx="13" fill={p.ink} />
    <circle cx="92" cy="60" r="7.5" fill={p.metalDark} />
    <circle cx="108" cy="74" r="7.5" fill={p.metalDark} />
    <circle cx="92" cy="60" r="3" fill={p.ink} />
    <circle cx="108" cy="74" r="3" fill={p.ink} />
    <circle cx="108" cy="57" r="3" fill={p.paper} />
    {variant === 0 && (
      <path d="M70 150c30-22 58 20 92-10v36a21 21 0 0 1-21 20H91a21 21 0 0 1-21-20z" fill={p.light} />
    )}
    {variant === 1 && (
      <g fill="none" stroke={p.light} strokeWidth="6">
        <path d="M82 118l34 34 34-34" />
        <path d="M82 142l34 34 34-34" />
      </g>
    )}
    {variant === 2 && (
      <g>
        <circle cx="116" cy="142" r="28" fill="none" stroke={p.light} strokeWidth="6" />
        <circle cx="116" cy="142" r="12" fill={p.accent} />
      </g>
    )}
  </>
);

export const charger: Shape = (p) => (
  <>
    <path
      d="M132 126c40 0 22 50 52 50s26-58 2-58-20 34-6 42"
      fill="none"
      stroke={p.ink}
      strokeWidth="7"
      strokeLinecap="round"
    />
    <rect x="52" y="84" width="82" height="92" rx="18" fill={p.main} />
    <path d="M112 84h4a18 18 0 0 1 18 18v56a18 18 0 0 1-18 18h-4z" fill={p.dark} />
    <rect x="70" y="58" width="9" height="30" rx="4" fill={p.metalDark} />
    <rect x="96" y="58" width="9" height="30" rx="4" fill={p.metal} />
    <rect x="120" y="116" width="26" height="20" rx="6" fill={p.ink} />
    <path d="M89 106l-14 28h12l-5 24 20-32H90l8-20z" fill={p.paper} />
    <path d="M62 98v56" stroke={p.light} strokeWidth="5" strokeLinecap="round" />
  </>
);

export const tablet: Shape = (p, variant) => (
  <>
    <rect x="42" y="66" width="160" height="116" rx="14" fill={p.ink} />
    <rect x="52" y="76" width="140" height="96" rx="5" fill={p.backdropDeep} />
    <path d="M52 142l34-34 30 28 24-20 52 44v7a5 5 0 0 1-5 5H57a5 5 0 0 1-5-5z" fill={p.main} />
    <path d="M86 108l-34 34v25a5 5 0 0 0 5 5h62z" fill={p.dark} />
    <circle cx="160" cy="100" r="13" fill={p.accent} />
    <path d="M58 80h44l-46 60V82z" fill={p.paper} opacity="0.28" />
    {variant > 0 && <path d="M210 74v96" stroke={p.paper} strokeWidth="8" strokeLinecap="round" />}
    {variant > 0 && <path d="M210 164v10" stroke={p.main} strokeWidth="8" strokeLinecap="round" />}
    <path d="M84 186h76l10 10H74z" fill={p.metalDark} />
  </>
);

export const camera: Shape = (p) => (
  <>
    <path d="M88 88l10-20h44l10 20z" fill={p.ink} />
    <rect x="40" y="84" width="160" height="104" rx="16" fill={p.ink} />
    <path d="M40 112h160v50H40z" fill={p.main} />
    <path d="M156 112h44v50h-44z" fill={p.dark} />
    <rect x="54" y="74" width="28" height="12" rx="5" fill={p.metalDark} />
    <rect x="162" y="94" width="24" height="12" rx="5" fill={p.accent} />
    <circle cx="120" cy="138" r="44" fill={p.metalDark} />
    <circle cx="120" cy="138" r="38" fill={p.ink} />
    <circle cx="120" cy="138" r="26" fill={p.dark} />
    <circle cx="120" cy="138" r="15" fill={p.ink} />
    <path
      d="M104 122a24 24 0 0 1 20-8"
      fill="none"
      stroke={p.paper}
      strokeWidth="6"
      strokeLinecap="round"
      opacity="0.8"
    />
    <circle cx="130" cy="147" r="4" fill={p.light} />
  </>
);
