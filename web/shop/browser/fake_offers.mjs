// Promotions of the fake server: tiers and repeating steps over all goods or over categories, in whole minor units. As
// much as the shop's pages can show; the real engine is src/offer.

const inScope = ({ scope }, item) =>
  !scope?.categories || scope.categories.some((path) => path.every((name, depth) => item.category[depth] === name));

function reachOf({ tiers, every, cap_cents = Infinity }, cents) {
  if (every) {
    const step = Math.floor(cents / every.spend_cents);
    const save = (steps) => Math.min(cap_cents, steps * every.save_cents);
    const next = save(step + 1) > save(step) ? { spend: (step + 1) * every.spend_cents, save: save(step + 1) } : null;
    return { step, saved: save(step), next };
  }
  const step = tiers.filter(({ spend_cents }) => cents >= spend_cents).length;
  const next = tiers[step] ? { spend: tiers[step].spend_cents, save: tiers[step].save_cents } : null;
  return { step, saved: step > 0 ? tiers[step - 1].save_cents : 0, next };
}

// Shares that add up to the whole: largest remainders, ties to the line that stands first.
function shares(whole, parts) {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum === 0) return parts.map(() => 0);
  const made = parts.map((part) => Math.floor((whole * part) / sum));
  const remainder = (index) => (whole * parts[index]) % sum;
  const order = parts.map((_, index) => index).sort((a, b) => remainder(b) - remainder(a));
  const left = whole - made.reduce((total, share) => total + share, 0);
  for (const index of order.slice(0, left)) made[index] += 1;
  return made;
}

function quoteOf(id, promotion, lines) {
  const touched = lines.filter(({ item }) => inScope(promotion, item));
  if (touched.length === 0) return null;
  const cents = touched.map(({ item, quantity, ticked }) => (ticked ? item.price.cents * quantity : 0));
  const eligible = cents.reduce((sum, each) => sum + each, 0);
  const { step, saved, next } = reachOf(promotion, eligible);
  const { title } = promotion;
  const now = { applied: saved > 0, eligible_cents: eligible, step, saved_now_cents: saved };
  const told = { promotion: id, title, ...now };
  if (next)
    Object.assign(told, {
      threshold_cents: next.spend,
      gap_cents: next.spend - eligible,
      saved_then_cents: next.save,
      more_cents: next.save - saved,
    });
  return { told, bears: new Map(shares(saved, cents).map((share, index) => [touched[index].item.item, share])) };
}

const sumOf = (list, member) => list.reduce((sum, each) => sum + each[member], 0);

function lineOf({ item, quantity }, quotes) {
  const promotions = quotes
    .map(({ told, bears }) => ({ promotion: told.promotion, saved_cents: bears.get(item.item) ?? 0 }))
    .filter(({ saved_cents }) => saved_cents > 0);
  return { item: item.item, quantity, saved_cents: sumOf(promotions, "saved_cents"), promotions };
}

// `lines`: {item, quantity, ticked}, the item with its facts. What is not for sale counts for nothing.
export function offersOf(promotions, lines) {
  const isForSale = ({ item }) => item.on_sale && item.stock > 0;
  const counted = lines.filter((line) => isForSale(line) || !line.ticked);
  const quotes = [...promotions].flatMap(([id, promotion]) => quoteOf(id, promotion, counted) ?? []);
  const told = quotes.map((quote) => quote.told);
  const [nearest] = told.filter(({ gap_cents }) => gap_cents !== undefined).sort((a, b) => a.gap_cents - b.gap_cents);
  return {
    saved_cents: sumOf(told, "saved_now_cents"),
    promotions: told,
    lines: counted.filter(({ ticked }) => ticked).map((line) => lineOf(line, quotes)),
    banner: nearest ? { promotion: nearest.promotion } : {},
    left_out: lines
      .filter((line) => !counted.includes(line))
      .map(({ item }) => ({ item: item.item, reason: "it is not on sale" })),
  };
}

// What costs the gap to the next step or up to half as much again, nearest first; without a gap the cheapest.
export function addOns(goods, promotion, offer, held) {
  const least = offer?.gap_cents ?? 0;
  const most = offer?.gap_cents === undefined ? Infinity : least * 1.5;
  return goods
    .filter((item) => inScope(promotion, item) && !held.has(item.item) && item.on_sale && item.stock > 0)
    .filter(({ price }) => price.cents >= least && price.cents <= most)
    .sort((a, b) => a.price.cents - b.price.cents);
}
