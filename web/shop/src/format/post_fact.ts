// What a field of a post says, in words. Attributes of items are texts: an option's id, a number in the field's unit, whole
// cents, true or false.
import type { TemplateField } from "../api/templates";
import type { Money } from "../api/types";
import { moneyText } from "./money";

export interface Words {
  yes: string;
  no: string;
  locale: string;
  language: "en" | "zh";
  currency: string | undefined; // of the post's price
}

export const factName = ({ field, name }: TemplateField, { language }: Words): string => name[language] || name.en || field;

export function factText({ kind, options, unit }: TemplateField, value: string, words: Words): string {
  const { yes, no, locale, language, currency } = words;
  if (kind === "flag") return value === "true" ? yes : value === "false" ? no : value;
  if (kind === "choice") return options?.find(({ option }) => option === value)?.name[language] || value;
  const number = Number(value);
  if (kind === "text" || value.trim() === "" || !Number.isFinite(number)) return value;
  if (kind === "money") return moneyText({ cents: number, ...(currency && { currency }) } as Money, locale);
  return [number.toLocaleString(locale, { maximumSignificantDigits: 6 }), unit].filter(Boolean).join(" ");
}
