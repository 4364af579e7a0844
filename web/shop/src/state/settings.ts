// What the shopper set: language, light or dark, and whether the intent meter shows. No data about behaviour.
import { isFlag, isOneOf, keep, recall } from "./keep";
import { Store } from "../../../shared/store";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const preferred = (): Language => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

export const language = new Store<Language>(recall("local", "language", preferred(), isOneOf(LANGUAGES)));
export const theme = new Store<Theme>(recall("local", "theme", "auto", isOneOf(THEMES)));
export const meterShown = new Store<boolean>(recall("local", "meter", false, isFlag));

function applySettings(): void {
  document.documentElement.lang = language.get() === "zh" ? "zh-CN" : "en";
  if (theme.get() === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.get();
}

export function watchSettings(): void {
  applySettings();
  language.subscribe(() => (keep("local", "language", language.get()), applySettings()));
  theme.subscribe(() => (keep("local", "theme", theme.get()), applySettings()));
  meterShown.subscribe(() => keep("local", "meter", meterShown.get()));
}
