import type { Shape } from "./shape";

export const dress: Shape = (p, variant) => (
  <>
    <path
      d="M92 44c2 14 10 22 28 22s26-8 28-22h10c0 26-8 38-6 56l34 92c-40 10-92 10-132 0l34-92c2-18-6-30-6-56z"
      fill={p.main}
    />
    <path d="M148 44h10c0 26-8 38-6 56l34 92a240 240 0 0 1-40 7c4-40-2-70-8-99 2-20 8-32 10-56z" fill={p.dark} />
    <path d="M86 100c22 8 46 8 68 0v10c-22 8-46 8-68 0z" fill={p.accent} />
    {variant === 0 && (
      <path d="M104 120l-18 74M120 122v76M136 120l14 76" stroke={p.light} strokeWidth="3" opacity="0.8" />
    )}
    {variant === 1 &&
      [78, 104, 130, 92, 118, 146].map((x, i) => (
        <circle key={i} cx={x} cy={i < 3 ? 178 : 148} r="5.5" fill={p.paper} />
      ))}
    {variant === 2 && <path d="M60 176c40 12 80 12 120 0l4 10c-42 12-86 12-128 0z" fill={p.light} />}
  </>
);

export const shirt: Shape = (p, variant) => (
  <>
    <path d="M92 52c4 12 14 18 28 18s24-6 28-18l20 8 32 40-24 22-14-14v88H78v-88l-14 14-24-22 32-40z" fill={p.main} />
    <path d="M148 52l20 8 32 40-24 22-14-14v88h-22c6-50 6-96-4-130z" fill={p.dark} />
    <path d="M92 52c4 12 14 18 28 18s24-6 28-18l8 3c-4 16-18 25-36 25s-32-9-36-25z" fill={p.light} />
    {variant === 0 && <path d="M78 122h84v12H78zm0 22h84v12H78z" fill={p.paper} opacity="0.85" />}
    {variant === 1 && <circle cx="120" cy="130" r="22" fill={p.accent} />}
    {variant === 2 && <rect x="132" y="104" width="22" height="24" rx="3" fill={p.light} />}
  </>
);

export const jacket: Shape = (p, variant) => (
  <>
    <path d="M88 50l32 14 32-14 28 16 22 96-26 8-8-40v66H72v-66l-8 40-26-8 22-96z" fill={p.main} />
    <path d="M152 50l28 16 22 96-26 8-8-40v66h-48V64z" fill={p.dark} />
    <path d="M88 50l32 14 32-14-6 26-26 18-26-18z" fill={p.ink} />
    <path d="M120 92v104" stroke={p.metal} strokeWidth="4" />
    <path
      d="M82 146l24-6v26l-24 4zM158 146l-24-6v26l24 4z"
      fill={variant === 1 ? p.accent : p.light}
      opacity="0.75"
    />
    {variant === 2 && <path d="M62 92l16-34M178 92l-16-34" stroke={p.accent} strokeWidth="8" />}
    <path d="M72 188h96v8H72z" fill={p.ink} />
  </>
);

export const sneaker: Shape = (p, variant) => (
  <>
    <path
      d="M36 112c10 8 26 8 36-6 6-8 16-10 24-2 20 22 44 38 78 44 22 4 32 14 32 34H44c-12-20-14-48-8-70z"
      fill={p.main}
    />
    <path d="M36 112c10 8 26 8 36-6 4-5 8-8 13-7-10 30-16 54-8 83H44c-12-20-14-48-8-70z" fill={p.dark} />
    <path d="M32 176h176c4 0 4 6 3 10-2 8-8 12-16 12H48c-10 0-18-8-16-22z" fill={p.paper} />
    <path d="M40 190h166" stroke={p.metal} strokeWidth="4" strokeLinecap="round" />
    <g stroke={p.paper} strokeWidth="6" strokeLinecap="round">
      <path d="M100 124l16-14M116 136l16-14M132 146l16-14" />
    </g>
    {variant === 0 && <path d="M92 176c20-4 36-14 44-30l22 10c-8 10-18 18-30 20z" fill={p.accent} />}
    {variant === 1 && <path d="M96 168l20-30M112 172l20-28M128 174l18-24" stroke={p.accent} strokeWidth="7" />}
    {variant === 2 && <circle cx="104" cy="156" r="13" fill={p.accent} />}
    <path d="M160 150c18 2 40 8 44 28h-26c-8-6-14-16-18-28z" fill={p.light} />
  </>
);

export const handbag: Shape = (p, variant) => (
  <>
    <path d="M84 104c-4-70 76-70 72 0" fill="none" stroke={p.dark} strokeWidth="10" />
    <path d="M56 100h128l14 88a10 10 0 0 1-10 10H52a10 10 0 0 1-10-10z" fill={p.main} />
    <path d="M160 100h24l14 88a10 10 0 0 1-10 10h-26z" fill={p.dark} />
    <path d="M54 100h132l4 26c-40 24-100 24-140 0z" fill={variant === 1 ? p.light : p.dark} opacity="0.9" />
    <rect x="106" y="124" width="28" height="22" rx="6" fill={p.accent} />
    <rect x="114" y="130" width="12" height="10" rx="3" fill={p.paper} />
    {variant === 2 && <path d="M54 178h134" stroke={p.light} strokeWidth="4" strokeDasharray="8 6" />}
    <path d="M62 132l-8 54" stroke={p.light} strokeWidth="5" strokeLinecap="round" opacity="0.8" />
  </>
);
