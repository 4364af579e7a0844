// Money of posts: whole cents in the API, units with at most two places in the page. A template tells of one currency
// (src/content/currency.h).
const CURRENCY = "CNY";
const CENTS = 100;

export function moneyText(cents: number, locale: string): string {
  const digits = cents % CENTS === 0 ? 0 : 2;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: CURRENCY,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(cents / CENTS);
}

// An estimate is not known to the cent: three figures of it.
export const roughly = (cents: number): number => Math.round(Number((cents / CENTS).toPrecision(3)) * CENTS);

// The cents that a plain decimal number of units tells, exactly; null for anything else.
export function centsOf(typed: string): number | null {
  const found = /^\s*(\d{1,12})(?:[.](\d{1,2}))?\s*$/.exec(typed);
  return found ? Number(found[1]) * CENTS + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

export function unitsText(cents: number): string {
  const [units, rest] = [Math.floor(cents / CENTS), cents % CENTS];
  return rest === 0 ? String(units) : `${units}.${String(rest).padStart(2, "0").replace(/0$/, "")}`;
}
