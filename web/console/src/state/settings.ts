// What the editor set: language, light or dark, and the name that decisions are signed with.
import { isOneOf, isText, Storekeeper } from "../../../shared/keep";
import { Store } from "../../../shared/store";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const { recall, keep } = new Storekeeper("console");
const preferred = (): Language => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

export const language = new Store<Language>(recall("local", "language", preferred(), isOneOf(LANGUAGES)));
export const theme = new Store<Theme>(recall("local", "theme", "auto", isOneOf(THEMES)));
export const who = new Store<string>(recall("local", "who", "", isText));

function applySettings(): void {
  document.documentElement.lang = language.get() === "zh" ? "zh-CN" : "en";
  if (theme.get() === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.get();
}

export function watchSettings(): void {
  applySettings();
  language.subscribe(() => (keep("local", "language", language.get()), applySettings()));
  theme.subscribe(() => (keep("local", "theme", theme.get()), applySettings()));
  who.subscribe(() => keep("local", "who", who.get()));
}
