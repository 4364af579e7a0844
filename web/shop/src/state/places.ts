// How far down each address was scrolled, for the way back.
import { hasReturned } from "../route";

const places = new Map<string, number>();
let current = "";

if (typeof window !== "undefined") {
  history.scrollRestoration = "manual";
  addEventListener("scroll", () => places.set(current, scrollY), { passive: true });
}

export function keepPlace(href: string): void {
  current = href;
  const top = hasReturned() ? (places.get(href) ?? 0) : 0;
  scrollTo({ top, behavior: "instant" });
}
