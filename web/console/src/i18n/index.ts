import { useStore } from "../../../shared/store";
import { language, type Language } from "../state/settings";
import { en, type Texts } from "./en";
import { zh } from "./zh";

export const TEXTS: Readonly<Record<Language, Texts>> = { en, zh };
export const LOCALES: Readonly<Record<Language, string>> = { en: "en-IE", zh: "zh-CN" };

export function useSpeech(): { t: Texts; locale: string } {
  const chosen = useStore(language);
  return { t: TEXTS[chosen], locale: LOCALES[chosen] };
}
