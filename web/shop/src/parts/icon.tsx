// Line icons of one family: 24 units, strokes of 1.75. Decorative; the control around them has the name.

const PATHS = {
  shop: "M4 10 5.5 4h13L20 10M4 10v9a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-9M4 10a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.7 2.7 0 0 0 5.3 0M10 20v-5h4v5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM20 20l-4.8-4.8",
  tool: "M14.5 6.5a4 4 0 0 1 5.2-3.8l-2.6 2.6.6 2 2 .6 2.6-2.6a4 4 0 0 1-5.5 4.6L7.4 19.3a1.9 1.9 0 0 1-2.7-2.7l9.4-9.4a4 4 0 0 1 .4-.7z",
  heart: "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20z",
  cart: "M3 5h2.2l2 10.2a1.5 1.5 0 0 0 1.5 1.3h8.2a1.5 1.5 0 0 0 1.5-1.2L20 8.5H6M9.5 20.2h.01M17 20.2h.01",
  back: "M19 12H5M11 6l-6 6 6 6",
  forward: "M10 6l6 6-6 6",
  close: "M6 6l12 12M18 6 6 18",
  settings:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6zM9 19.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  check: "M5 12.5l4.5 4.5L19 7.5",
  gauge: "M4 17a8 8 0 1 1 16 0M12 17l4-6M12 17h.01",
  lens: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM20 20l-4.8-4.8M10.5 7.8v5.4M7.8 10.5h5.4",
  gift: "M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7S10.8 3 8.5 3.3 7.4 7 12 7zM12 7s1.2-4 3.5-3.7S16.6 7 12 7z",
  truck:
    "M3 6h11v10H3zM14 9h4l3 3.5V16h-7M7.5 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6zM17 19a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  offline: "M3 3l18 18M8.5 15.5a5 5 0 0 1 5.2-1.1M5.5 12a9.4 9.4 0 0 1 4-2.3M13 9.2a9.4 9.4 0 0 1 5.5 2.8M12 19h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, filled = false }: { name: IconName; filled?: boolean }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill={filled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
