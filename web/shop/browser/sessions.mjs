// Plays whole visits against a running shop and prints what came of them as one JSON object, for bench/figures/shop-sessions.
//   node browser/sessions.mjs URL '{"browsing": [1, 2], "buying": [1, 2], "seconds": 100, "strokes": 8}'
import { launch, pause } from "../../sdk/browser/phone.mjs";
import { openShop } from "./open_shop.mjs";
import { drawing, Player } from "./player.mjs";

const [url, plan] = [process.argv[2], JSON.parse(process.argv[3])];
const WANTED = [
  "desk lamps",
  "running shoes",
  "coffee makers",
  "headphones",
  "backpacks",
  "board games",
  "jackets",
  "mugs",
];
// Which goods somebody who wants some looks at, and until which part of the visit.
const THOROUGH = [
  [0, 0.3],
  [1, 0.5],
  [0, 0.75],
];
const HASTY = [
  [0, 0.4],
  [0, 0.75],
];
const GRANTED = { consent: "granted", meter: true };

const nameOf = (page) =>
  page.evaluate("JSON.parse(localStorage.getItem('shop.shopper') ?? sessionStorage.getItem('shop.shopper'))");

async function factsOf(shopper) {
  const answer = await fetch(`${url}/v1/shoppers/${encodeURIComponent(shopper)}`);
  return answer.ok ? answer.json() : null;
}

// Every id that the page sent in events, and how often an answer acknowledged it.
function watchEvents(page) {
  const sent = new Map();
  page.on("response", (answer) => {
    if (!answer.url().endsWith("/v1/events") || !answer.ok()) return;
    const lines = (answer.request().postData() ?? "").split("\n").filter(Boolean);
    for (const line of lines) {
      const { id, type, action } = JSON.parse(line);
      sent.set(id, { kind: action ?? type, times: (sent.get(id)?.times ?? 0) + 1 });
    }
  });
  return sent;
}

async function open(settings, path = "/") {
  const { page, context, problems } = await openShop(browser, url + path, { settings });
  await page.locator(".card:not(.skeleton)").first().waitFor();
  return { page, context, problems, sent: watchEvents(page) };
}

// Looks at this and that, fast, nothing twice, and never at what others say of it.
async function browse(player, until) {
  const { draw } = player;
  for (let index = 0; performance.now() < until - 6_000; index += 1 + draw.below(3)) {
    for (let i = 1 + draw.below(2); i > 0; --i) await player.scrollList();
    await player.openCard(index);
    if (draw.uniform() < 0.4) await player.inspect([draw.below(12), draw.below(12)]);
    for (let i = 2 + draw.below(3); i > 0; --i) await player.scrollItem();
    await player.goBack();
  }
  await player.waitUntil(until);
}

// Knows what is wanted: goes to that kind, comes back to the same goods and the same places, reads about what was asked.
async function buy(player, until, wanted) {
  const { draw, page } = player;
  const began = performance.now();
  const share = (part) => began + (until - began) * part;
  await player.scrollList();
  const kind = page.locator(".kinds a", { hasText: new RegExp(`^${wanted}$`, "i") });
  await player.pressFor(kind, page.locator(".at-search .grid .card:not(.skeleton)").first());
  await player.scrollList();
  const places = [draw.below(12), draw.below(12)];
  for (const [index, end] of plan.seconds < 60 ? HASTY : THOROUGH) {
    await player.openCard(index);
    await player.inspect(places);
    while (performance.now() < share(end) - 12_000) {
      await player.readReviews(true);
      await page.evaluate("scrollTo(0, 0)");
      await player.turnPictures(2);
      await player.scrollItem();
    }
    await page.evaluate("scrollTo(0, 0)");
    await player.inspect([places[draw.below(2)]]);
    if (end < 0.75) await player.goBack();
  }
  await player.look();
  await player.press(page.locator(".buy .button-main"));
  await pause(2_000);
  await player.goBack();
  await player.pressFor(page.locator(".navigation a").nth(3), page.locator(".summary .button-main"));
  await player.scrollList();
  await player.pressFor(page.locator(".summary .button-main"), page.locator(".checkout-facts"));
  await player.waitUntil(until);
}

async function visit(kind, seed) {
  const { page, context, problems, sent } = await open(GRANTED);
  const draw = drawing(1000 + seed);
  const player = await Player.on(page, seed, kind === "buying" ? draw.between(1.1, 1.35) : draw.between(0.75, 0.95));
  const wanted = WANTED[seed % WANTED.length];
  const until = performance.now() + plan.seconds * 1000;
  if (kind === "buying") await buy(player, until, wanted);
  else await browse(player, until);
  await player.look();
  const from = await page
    .locator(".meter-source")
    .getAttribute("data-from")
    .catch(() => null);
  await pause(6_000); // what waits is sent every five seconds
  const facts = await factsOf(await nameOf(page));
  await context.close();
  const { scores, answers, popups } = player;
  return {
    kind,
    seed,
    wanted: kind === "buying" ? wanted : "",
    from,
    scores,
    answers,
    popups,
    problems,
    sent: sent.size,
    records: facts?.records ?? null,
  };
}

// Without an answer, and after a no: nothing of the visit reaches the server.
async function unasked(answer) {
  const { page, context, sent } = await open(answer === "none" ? {} : { consent: answer });
  const player = await Player.on(page, 5, 1);
  for (let i = 0; i < 3; ++i) await player.scrollList();
  if (answer !== "none") await player.openCard(1);
  await pause(7_000);
  const shopper = await nameOf(page);
  const kept = await page.evaluate(
    "Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((key) => key.startsWith('inkling'))",
  );
  const asked = await page.evaluate(
    "performance.getEntriesByType('resource').filter(({name}) => name.includes('/edge')).length",
  );
  await context.close();
  const facts = await factsOf(shopper);
  return { answer, events: facts?.event_count ?? 0, records: facts?.records ?? null, sent: sent.size, kept, asked };
}

// Counts strokes made without a network, and what of them the server has after it is back.
async function offline(strokes) {
  const { page, context, sent } = await open(GRANTED);
  const player = await Player.on(page, 9, 0.6);
  const shopper = await nameOf(page);
  await player.scrollList();
  await pause(7_000);
  const before = await factsOf(shopper);
  await context.setOffline(true);
  for (let i = 0; i < strokes; ++i) await player.scrollList();
  const said = await page.locator(".offline").count();
  await pause(6_000);
  const during = await factsOf(shopper);
  await context.setOffline(false);
  const deadline = performance.now() + 60_000;
  let after = during;
  while ((after?.records.swipes ?? 0) < (before?.records.swipes ?? 0) + strokes && performance.now() < deadline) {
    await pause(1_000);
    after = await factsOf(shopper);
  }
  await pause(6_000);
  after = await factsOf(shopper);
  await context.close();
  return { strokes, said, before, during, after, events: sent.size };
}

const swipesOf = (facts) => facts?.records.swipes ?? 0;
const browser = await launch();
try {
  const visits = [
    ...plan.browsing.map((seed) => visit("browsing", seed)),
    ...plan.buying.map((seed) => visit("buying", seed)),
  ];
  const others = [unasked("none"), unasked("denied"), offline(plan.strokes ?? 8)];
  const [played, [none, denied, gone]] = [await Promise.all(visits), await Promise.all(others)];
  const swipes = { before: swipesOf(gone.before), during: swipesOf(gone.during), after: swipesOf(gone.after) };
  const count = { events: gone.after?.event_count ?? 0, sent: gone.events };
  console.log(
    JSON.stringify({
      visits: played,
      unasked: [none, denied],
      offline: { strokes: gone.strokes, said: gone.said, swipes, ...count },
    }),
  );
} finally {
  await browser.close();
}
