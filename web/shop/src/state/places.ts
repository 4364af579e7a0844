// How far down each address was scrolled, for the way back.

const places = new Map<string, number>();
let wentBack = false;
let current = "";

if (typeof window !== "undefined") {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => (wentBack = true), { capture: true }); // before the route changes
  addEventListener("scroll", () => places.set(current, scrollY), { passive: true });
}

export function keepPlace(href: string): void {
  current = href;
  const top = wentBack ? (places.get(href) ?? 0) : 0;
  wentBack = false;
  scrollTo({ top, behavior: "instant" });
}
