// Promotions of the fake server: tiers and repeating steps over all goods or over categories, in whole minor units. As
// much as the shop's pages can show; what the real engine does is src/offer.

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
  const order = parts.map((_, index) => index).sort((a, b) => ((whole * parts[b]) % sum) - ((whole * parts[a]) % sum));
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
  const told = { promotion: id, title: promotion.title, eligible_cents: eligible, step, saved_now_cents: saved };
  if (next)
    Object.assign(told, {
      threshold_cents: next.spend,
      gap_cents: next.spend - eligible,
      saved_then_cents: next.save,
    });
  return { told, shares: shares(saved, cents), touched };
}

// `lines`: {item, quantity, ticked}, the item with its facts.
export function offersOf(promotions, lines) {
  const quotes = [...promotions].flatMap(([id, promotion]) => quoteOf(id, promotion, lines) ?? []);
  const saved = new Map();
  for (const { touched, shares: parts } of quotes)
    touched.forEach(({ item }, index) => saved.set(item.item, (saved.get(item.item) ?? 0) + parts[index]));
  return {
    saved_cents: quotes.reduce((sum, { told }) => sum + told.saved_now_cents, 0),
    promotions: quotes.map(({ told }) => told),
    lines: [...saved].filter(([, cents]) => cents > 0).map(([item, saved_cents]) => ({ item, saved_cents })),
    refused: [],
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
