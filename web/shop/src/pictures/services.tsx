// What services are done with.
import type { Shape } from "./shape";

export const toolbox: Shape = (p, variant) => (
  <>
    <path d="M88 96V74a12 12 0 0 1 12-12h40a12 12 0 0 1 12 12v22h-16V78h-32v18z" fill={p.metalDark} />
    <rect x="38" y="92" width="164" height="104" rx="10" fill={p.main} />
    <path d="M38 130h164v56a10 10 0 0 1-10 10H48a10 10 0 0 1-10-10z" fill={p.dark} />
    <rect x="38" y="126" width="164" height="8" fill={p.light} />
    <rect x={variant === 1 ? 64 : 70} y="118" width="22" height="26" rx="4" fill={p.metal} />
    <rect x={variant === 1 ? 154 : 148} y="118" width="22" height="26" rx="4" fill={p.metal} />
    {variant === 2 && <rect x="104" y="150" width="32" height="22" rx="4" fill={p.accent} />}
  </>
);

export const van: Shape = (p, variant) => (
  <>
    <path d="M30 78h112v104H30z" fill={p.main} />
    <path d="M30 150h112v32H30z" fill={p.dark} />
    <path d="M142 104h36l32 40v38h-68z" fill={p.light} />
    <path d="M154 116h20l20 26h-40z" fill={p.paper} />
    {variant > 0 && <path d="M46 104h80" stroke={p.paper} strokeWidth="8" strokeLinecap="round" />}
    {variant > 1 && <path d="M46 124h52" stroke={p.accent} strokeWidth="8" strokeLinecap="round" />}
    {[74, 174].map((x) => (
      <g key={x}>
        <circle cx={x} cy="180" r="18" fill={p.ink} />
        <circle cx={x} cy="180" r="8" fill={p.metal} />
      </g>
    ))}
  </>
);

export const bucket: Shape = (p, variant) => (
  <>
    <path d="M152 30l12 4-38 126-12-4z" fill={p.metalDark} />
    <path d="M62 112c2-44 116-44 118 0" stroke={p.metal} strokeWidth="7" fill="none" />
    <path d="M54 108h134l-16 88H70z" fill={p.main} />
    <path d="M124 108h64l-16 88h-48z" fill={p.dark} />
    <ellipse cx="121" cy="108" rx="67" ry="13" fill={p.light} />
    <circle cx="96" cy="100" r={variant === 1 ? 16 : 12} fill={p.paper} />
    <circle cx="122" cy="94" r={variant === 2 ? 18 : 14} fill={p.paper} />
    <circle cx="144" cy="102" r="10" fill={p.paper} />
  </>
);
