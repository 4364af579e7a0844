// A promotion to look at and to walk along: two steps above what a cart comes to, put by the API.

export const LADDER = "ladder";

// The next whole ten of the currency above `cents` and 18 more, then 60 more. `cents`: of the ticked lines.
export function ladderAbove(cents, currency) {
  const first = Math.ceil((cents + 1800) / 1000) * 1000;
  const tiers = [
    { spend_cents: first, save_cents: Math.floor(first / 10) },
    { spend_cents: first + 6000, save_cents: Math.floor(first / 6) },
  ];
  return { title: `10 % back from ${first / 100}`, ...(currency && { currency }), tiers };
}

export async function putPromotion(url, id, definition) {
  const answer = await fetch(`${url}/v1/promotions/${encodeURIComponent(id)}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(definition),
  });
  if (!answer.ok) throw new Error(`PUT /v1/promotions/${id}: HTTP ${answer.status}: ${await answer.text()}`);
}

export const shopperOf = (page) =>
  page.evaluate("JSON.parse(localStorage.getItem('shop.shopper') ?? sessionStorage.getItem('shop.shopper'))");

export async function readCart(url, shopper) {
  const answer = await fetch(`${url}/v1/carts/${encodeURIComponent(shopper)}`);
  if (!answer.ok) throw new Error(`GET /v1/carts/${shopper}: HTTP ${answer.status}`);
  return answer.json();
}
