import { useStore } from "../../../shared/store";
import type { Names } from "../api/posts";
import { language, type Language } from "../state/settings";
import { en, type Texts } from "./en";
import { zh } from "./zh";

export const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-IE", zh: "zh-CN" };

export interface Speech {
  t: Texts;
  locale: string;
  named(names: Names, id: string): string; // what a template calls something, by its id where it has no name
}

export function useSpeech(): Speech {
  const chosen = useStore(language);
  return { t: TEXTS[chosen], locale: LOCALES[chosen], named: (names, id) => names[chosen] || names.en || names.zh || id };
}
