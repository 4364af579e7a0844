import { language } from "../state/settings";
import type { Language } from "../state/settings";
import { useStore } from "../../../shared/store";
import { en, type Texts } from "./en";
import { zh } from "./zh";

export const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-IE", zh: "zh-CN" };

export interface Speech {
  t: Texts;
  locale: string;
  kindOf(category: readonly string[] | undefined): string; // the name of the leaf category
}

export function useSpeech(): Speech {
  const chosen = useStore(language);
  const t = TEXTS[chosen];
  return {
    t,
    locale: LOCALES[chosen],
    kindOf: (category) => {
      const leaf = category?.at(-1) ?? "";
      return t.categories[leaf] ?? leaf;
    },
  };
}

export function percentText(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(
    share,
  );
}
