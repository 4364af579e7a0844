// Money is integer minor units everywhere in the shop; only here does it become text.
import type { Money } from "../api/types";

export const OWN_CURRENCY = "EUR"; // of the simulated marketplace

export const POST_CURRENCY = "CNY"; // the one that templates read (src/content/currency.h)

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    formats.set(key, format);
  }
  return format;
}

// How many minor units one of the currency has: 100 for EUR, 1 for JPY.
export function minorUnits(currency: string): number {
  return 10 ** (formatFor("en", currency).resolvedOptions().maximumFractionDigits ?? 2);
}

export function moneyText(money: Money, locale: string): string {
  const currency = money.currency || OWN_CURRENCY;
  return formatFor(locale, currency).format(money.cents / minorUnits(currency));
}

export interface PriceParts {
  before: string; // the symbol, where it stands in front
  whole: string;
  fraction: string; // with its separator
  after: string;
}

// The pieces of a price that are set in different sizes.
export function priceParts(money: Money, locale: string): PriceParts {
  const currency = money.currency || OWN_CURRENCY;
  const parts: PriceParts = { before: "", whole: "", fraction: "", after: "" };
  for (const { type, value } of formatFor(locale, currency).formatToParts(money.cents / minorUnits(currency))) {
    if (type === "integer" || type === "group" || type === "minusSign") parts.whole += value;
    else if (type === "decimal" || type === "fraction") parts.fraction += value;
    else if (parts.whole === "") parts.before += value;
    else parts.after += value;
  }
  return parts;
}

export function sumOf(lines: readonly { price?: Money; quantity: number }[]): number {
  return lines.reduce((sum, line) => sum + (line.price?.cents ?? 0) * line.quantity, 0);
}

// A share of an amount, rounded to whole minor units in the shopper's favour.
export function discount(cents: number, percent: number): number {
  return Math.ceil((cents * percent) / 100);
}
