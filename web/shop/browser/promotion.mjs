// A promotion to look at and to walk along: two steps above what a cart comes to, put by the API.
import { pause } from "../../sdk/browser/phone.mjs";

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

const IN_FORCE_WITHIN_MS = 60_000; // a change counts from the next world snapshot on

// Comes back once it is in force.
export async function putPromotion(url, id, definition) {
  const path = `${url}/v1/promotions/${encodeURIComponent(id)}`;
  const answer = await fetch(path, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(definition),
  });
  if (!answer.ok) throw new Error(`PUT /v1/promotions/${id}: HTTP ${answer.status}: ${await answer.text()}`);
  const deadline = performance.now() + IN_FORCE_WITHIN_MS;
  while (!(await holds(path, definition))) {
    if (performance.now() > deadline) throw new Error(`the promotion ${id} is not in force after a minute`);
    await pause(50);
  }
}

async function holds(path, { tiers }) {
  const answer = await fetch(path);
  if (!answer.ok) return false;
  const told = await answer.json();
  const steps = told.definition?.tiers ?? [];
  return told.in_force && tiers.every((tier, index) => steps[index]?.spend_cents === tier.spend_cents);
}

export const shopperOf = (page) =>
  page.evaluate("JSON.parse(localStorage.getItem('shop.shopper') ?? sessionStorage.getItem('shop.shopper'))");

export async function readCart(url, shopper) {
  const answer = await fetch(`${url}/v1/carts/${encodeURIComponent(shopper)}`);
  if (!answer.ok) throw new Error(`GET /v1/carts/${shopper}: HTTP ${answer.status}`);
  return answer.json();
}
