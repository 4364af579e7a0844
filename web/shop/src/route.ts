// Where the shopper is, from the address and back. The server answers index.html for all of these.
import { useSyncExternalStore } from "react";

export type Route =
  | { at: "feed" }
  | { at: "search"; query: string }
  | { at: "item"; item: string }
  | { at: "favourites" }
  | { at: "local"; category?: string; pick?: string } // services: of a category, and by what was picked in the slider
  | { at: "cart"; offer?: string; choose?: string } // the overlay over the cart, and the chooser over it
  | { at: "checkout" }
  | { at: "done"; order: string }
  | { at: "lost" };

export function routeOf(path: string, search: string): Route {
  const [first = "", second = ""] = path.split("/").filter(Boolean).map(decoded);
  if (first === "") return { at: "feed" };
  if (first === "search") return { at: "search", query: new URLSearchParams(search).get("q") ?? "" };
  if (first === "item" && second !== "") return { at: "item", item: second };
  if (first === "done" && second !== "") return { at: "done", order: second };
  if (first === "cart" && second === "") return cartOf(new URLSearchParams(search));
  if (first === "local" && second === "") return localOf(new URLSearchParams(search));
  if (second === "" && (first === "favourites" || first === "checkout")) return { at: first };
  return { at: "lost" };
}

function cartOf(asked: URLSearchParams): Route {
  const [offer, choose] = [asked.get("offer"), asked.get("choose")];
  if (!offer) return { at: "cart" };
  return choose ? { at: "cart", offer, choose } : { at: "cart", offer };
}

function localOf(asked: URLSearchParams): Route {
  const [category, pick] = [asked.get("category"), asked.get("pick")];
  return { at: "local", ...(category && { category }), ...(pick && { pick }) };
}

const withAsked = (path: string, asked: Readonly<Record<string, string | undefined>>): string => {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) said.set(name, value);
  return said.size > 0 ? `${path}?${said}` : path;
};

// The address of the screen below whatever layers the route names: it stays where it is while they come and go. So does the
// list of services while something else is picked.
export function screenOf(route: Route): string {
  if (route.at === "local") return withAsked("/local", { category: route.category });
  return route.at === "cart" ? "/cart" : hrefOf(route);
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
    case "cart":
      return withAsked("/cart", { offer: route.offer, choose: route.choose });
    case "local":
      return withAsked("/local", { category: route.category, pick: route.pick });
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
  else history.replaceState(history.state, "", href);
  tell();
}

const LAYER = "layer"; // in the history's state: what lies under it is the entry before

export function openLayer(route: Route): void {
  returned = false;
  history.pushState(LAYER, "", hrefOf(route));
  tell();
}

// As the browser's own way back; of a layer that the shop was opened with, to what lies below.
export function closeLayer(below: Route): void {
  if (history.state === LAYER) history.back();
  else go(below, "replace");
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
