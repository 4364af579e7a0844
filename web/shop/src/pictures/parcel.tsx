import type { Shape } from "./shape";

// For goods of a kind that nobody has drawn.
export const parcel: Shape = (p) => (
  <>
    <path d="M40 92l80-36 80 36v76l-80 34-80-34z" fill={p.main} />
    <path d="M200 92v76l-80 34V126z" fill={p.dark} />
    <path d="M40 92l80-36 80 36-80 34z" fill={p.light} />
    <path d="M80 74l80 36v30l-18 8v-30L62 82z" fill={p.paper} />
  </>
);
