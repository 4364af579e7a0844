// Where the shopper is, from the address and back. The server answers index.html for all of these.
import { useSyncExternalStore } from "react";

export type Route =
  | { at: "feed" }
  | { at: "search"; query: string }
  | { at: "item"; item: string }
  | { at: "favourites" }
  | { at: "cart" }
  | { at: "checkout" }
  | { at: "done"; order: string }
  | { at: "lost" };

export function routeOf(path: string, search: string): Route {
  const [first = "", second = ""] = path.split("/").filter(Boolean).map(decoded);
  if (first === "") return { at: "feed" };
  if (first === "search") return { at: "search", query: new URLSearchParams(search).get("q") ?? "" };
  if (first === "item" && second !== "") return { at: "item", item: second };
  if (first === "done" && second !== "") return { at: "done", order: second };
  if (second === "" && (first === "favourites" || first === "cart" || first === "checkout")) return { at: first };
  return { at: "lost" };
}

export function hrefOf(route: Route): string {
  switch (route.at) {
    case "feed":
      return "/";
    case "search":
      return route.query ? `/search?q=${encodeURIComponent(route.query)}` : "/search";
    case "item":
      return `/item/${encodeURIComponent(route.item)}`;
    case "done":
      return `/done/${encodeURIComponent(route.order)}`;
    case "lost":
      return "/lost";
    default:
      return `/${route.at}`;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray percent sign
  }
}

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
let returned = false;
if (typeof window !== "undefined") {
  window.addEventListener("popstate", () => {
    returned = true;
    tell();
  });
}

// Whether the way here was the browser's own, back or forward.
export function hasReturned(): boolean {
  return returned;
}

export function go(route: Route, how: "push" | "replace" = "push"): void {
  returned = false;
  const href = hrefOf(route);
  if (how === "push" && href !== location.pathname + location.search) history.pushState(null, "", href);
  else history.replaceState(null, "", href);
  tell();
}

export function back(): void {
  if (history.length > 1) history.back();
  else go({ at: "feed" }, "replace");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useRoute(): Route {
  const href = useSyncExternalStore(subscribe, () => location.pathname + location.search);
  const [path = "/", search = ""] = href.split(/(?=\?)/);
  return routeOf(path, search);
}
