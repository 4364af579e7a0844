// Where the editor is, from the address and back. The server answers index.html for everything below /console.
import { useSyncExternalStore } from "react";
import { isKind, type Filter, type TagKey } from "./api/types";

export type Route =
  | { at: "tags"; filter: Filter; tag?: TagKey } // the list, and beside it or over it one tag
  | { at: "edits" }
  | { at: "posts"; template?: string } // which templates there are, or a post of one
  | { at: "lost" };

const ROOT = "/console";

export function routeOf(path: string, search: string): Route {
  const [root, first = "tags", kind, name, ...more] = path.split("/").filter(Boolean).map(decoded);
  if (`/${root}` !== ROOT || more.length > 0) return { at: "lost" };
  if (first === "edits" && kind === undefined) return { at: "edits" };
  if (first === "posts" && name === undefined) return kind ? { at: "posts", template: kind } : { at: "posts" };
  if (first !== "tags") return { at: "lost" };
  const asked = new URLSearchParams(search);
  const filter: Filter = {};
  for (const member of ["q", "kind", "category", "polarity"] as const) {
    const value = asked.get(member);
    if (value) filter[member] = value;
  }
  if (kind === undefined) return { at: "tags", filter };
  if (!isKind(kind) || name === undefined) return { at: "lost" };
  const industry = asked.get("industry");
  return { at: "tags", filter, tag: industry ? { kind, name, industry } : { kind, name } };
}

export function hrefOf(route: Route): string {
  if (route.at === "posts" && route.template) return `${ROOT}/posts/${encodeURIComponent(route.template)}`;
  if (route.at !== "tags") return `${ROOT}/${route.at}`;
  const asked = new URLSearchParams();
  for (const [member, value] of Object.entries(route.filter)) if (value) asked.set(member, value);
  const { tag } = route;
  if (tag?.industry) asked.set("industry", tag.industry);
  const path = tag ? `${ROOT}/tags/${tag.kind}/${encodeURIComponent(tag.name)}` : `${ROOT}/tags`;
  const said = asked.toString();
  return said ? `${path}?${said}` : path;
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
if (typeof window !== "undefined") window.addEventListener("popstate", tell);

export function go(route: Route, how: "push" | "replace" = "push"): void {
  const href = hrefOf(route);
  if (href === location.pathname + location.search) return;
  if (how === "push") history.pushState(null, "", href);
  else history.replaceState(null, "", href);
  tell();
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
