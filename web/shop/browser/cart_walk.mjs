// Somebody completes a cart: fills it, opens the overlay, unticks and ticks, takes a pick that reaches the next step,
// undoes it, takes one of the feed instead, goes back and on to the receipt. At every step the amounts on the screen
// are compared with what POST /v1/quote says of the cart that the server has. For bench/figures/cart-walk and browser
// tests.
//   node browser/cart_walk.mjs URL
import { fileURLToPath } from "node:url";
import { launch } from "../../sdk/browser/phone.mjs";
import { DESKTOP, openShop, PHONE } from "./open_shop.mjs";
import { LADDER, ladderAbove, putPromotion, readCart, shopperOf } from "./promotion.mjs";

const PIECES = 3;
const FOOT = ".add-on-foot";

async function quoteOf(url, lines) {
  const answer = await fetch(`${url}/v1/quote`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ lines: lines.map(({ item, quantity, ticked }) => ({ item, quantity, ticked })) }),
  });
  if (!answer.ok) throw new Error(`POST /v1/quote: HTTP ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

// What a line about the promotion has to say: name of the amount to minor units.
function lineOf(quote) {
  const said = quote.promotions.find(({ promotion }) => promotion === LADDER);
  if (!said) return {};
  const saved = said.applied ? said.saved_now_cents : 0;
  return {
    ...(saved > 0 && { saved }),
    ...(said.gap_cents !== undefined && { gap: said.gap_cents, more: said.more_cents }),
    ...(saved === 0 && { counted: said.eligible_cents, threshold: said.threshold_cents }),
  };
}

const only = (amounts, names) =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => names.includes(name)));

function receiptOf(quote, cents) {
  const rows = quote.promotions.filter(({ applied }) => applied);
  return {
    ...Object.fromEntries(rows.map((each) => [`saved ${each.promotion}`, -each.saved_now_cents])),
    total: cents - quote.saved_cents,
  };
}

const linesOf = ({ lines }) =>
  Object.fromEntries(
    lines.filter(({ saved_cents }) => saved_cents > 0).map(({ item, saved_cents }) => [`line ${item}`, saved_cents]),
  );

export class CartWalk {
  steps = []; // {step, screen, quote, equal}

  static async on(browser, url, viewport) {
    const walk = new CartWalk();
    walk.url = url;
    Object.assign(walk, await openShop(browser, url, { viewport, settings: { consent: "denied", language: "en" } }));
    await walk.page.emulateMedia({ reducedMotion: "reduce" });
    walk.touch = viewport.width < 900;
    walk.shopper = await shopperOf(walk.page);
    return walk;
  }

  press(locator) {
    return this.touch ? locator.tap() : locator.click();
  }

  // Does something that changes the cart, and waits until the server's answer is on the screen.
  async change(act) {
    const told = this.page.waitForResponse(
      (answer) => answer.url().includes("/v1/carts/") && answer.request().method() === "PATCH",
    );
    await act(told);
    await told;
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]:is(.offer-line, .summary *)'));
  }

  amounts(selector) {
    return this.page
      .locator(`${selector} [data-amount]`)
      .evaluateAll((all) => Object.fromEntries(all.map((each) => [each.dataset.amount, Number(each.value)])));
  }

  async compare(step, selector, expected) {
    const { lines, ticked_cents } = await readCart(this.url, this.shopper);
    const quote = expected(await quoteOf(this.url, lines), ticked_cents);
    const screen = await this.amounts(selector);
    const names = [...new Set([...Object.keys(quote), ...Object.keys(screen)])];
    const equal = names.length > 0 && names.every((name) => screen[name] === quote[name]);
    this.steps.push({ step, screen, quote, equal });
  }

  compareFoot(step) {
    return this.compare(step, `${FOOT} .offer-line`, lineOf);
  }

  compareBar(step) {
    return this.compare(step, ".offer-bar .offer-line", (quote) => only(lineOf(quote), ["saved", "gap", "more"]));
  }

  async fill() {
    const ids = await this.page
      .locator(".grid .card-link")
      .evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute("href").split("/").at(-1))));
    for (const id of ids) {
      if ((await readCart(this.url, this.shopper)).lines.length >= PIECES) return;
      await this.page.goto(`${this.url}/item/${encodeURIComponent(id)}`);
      const add = this.page.locator(".buy .button-main");
      await add.waitFor();
      if (await add.isEnabled()) await this.change(() => this.press(add));
    }
    throw new Error(`only ${ids.length} goods in the feed, fewer than ${PIECES} of them for sale`);
  }

  async openOverlay() {
    await this.page.goto(`${this.url}/cart`);
    await this.page.locator(".offer-bar").waitFor();
    await this.compareBar("the bar under the cart");
    await this.press(this.page.locator(".offer-open"));
    await this.page.locator(".add-on-put").first().waitFor();
    await this.compareFoot("the overlay as it opens");
  }

  // Out of the order and in again, with the feed read to its end: the gap grows and shrinks, and all else stays.
  async swapTicks() {
    const tick = this.page.locator(".add-on-own input[type=checkbox]").first();
    await this.page.locator(".add-on-feed").evaluate((feed) => feed.scrollIntoView({ block: "end" }));
    await this.page.locator('.add-on-feed [aria-busy="false"]').waitFor({ state: "attached" });
    await tick.scrollIntoViewIfNeeded();
    const before = await this.state();
    await this.change(() => tick.uncheck());
    await this.compareFoot("a line is unticked");
    await this.change(() => tick.check());
    await this.compareFoot("it is ticked again");
    this.keptOverTicks = JSON.stringify(before) === JSON.stringify(await this.state());
  }

  // What must not be reset: loaded goods, place, chosen promotion.
  async state() {
    return this.page.evaluate(() => ({
      goods: [...document.querySelectorAll(".add-on .card-link")].map((link) => link.pathname),
      place: document.querySelector(".add-on-scroll").scrollTop,
      address: location.search,
    }));
  }

  reaching(part) {
    return this.page.locator(`${part} .card:has(.mark-reaches) .add-on-put`).first();
  }

  // Into the cart; goods in several skus through the chooser, each first value that is to be had.
  take(put) {
    return this.change(async (told) => {
      const chooser = this.page.locator(".chooser");
      await this.press(put);
      const asks = chooser.waitFor().then(
        () => true,
        () => false,
      );
      if (!(await Promise.race([told.then(() => false), asks]))) return;
      for (const values of await chooser.locator(".chooser-values").all())
        await this.press(values.locator(".chip:enabled").first());
      await this.press(chooser.locator(".button-main"));
    });
  }

  async takePick() {
    await this.take(this.reaching(".add-on-front"));
    await this.compareFoot("a front pick is taken");
    this.reached = this.steps.at(-1).screen.saved > 0;
    await this.change(() => this.press(this.page.locator(".add-on-news button")));
    await this.compareFoot("it is undone");
  }

  // On to the feed; where all picks fit in front there is none.
  async takeFromFeed() {
    await this.press(this.page.getByRole("button", { name: "See more" }));
    const inFeed = await this.page.locator(".add-on-feed .card .add-on-put").count();
    const part = inFeed > 0 ? ".add-on-feed" : ".add-on-front";
    this.fromFeed = inFeed > 0;
    await this.take(this.reaching(part));
    await this.compareFoot("one of the feed is taken");
    this.reachedAgain = this.steps.at(-1).screen.saved > 0;
  }

  async payFor() {
    await this.page.goBack();
    await this.page.locator(".add-on").waitFor({ state: "detached" });
    this.backAt = new URL(this.page.url()).pathname + new URL(this.page.url()).search;
    await this.compareBar("the bar after the way back");
    await this.compare("the cart's sum", ".summary", receiptOf);
    await this.press(this.page.locator(".summary .button-main"));
    await this.page.locator(".order-lines").waitFor();
    await this.page.waitForLoadState("networkidle");
    await this.compare("the receipt by promotion", ".summary", receiptOf);
    await this.compare("the receipt by line", ".order-lines", linesOf);
  }

  async play() {
    await this.page.locator(".grid .card:not(.skeleton)").first().waitFor();
    await this.fill();
    const { ticked_cents, currency } = await readCart(this.url, this.shopper);
    await putPromotion(this.url, LADDER, ladderAbove(ticked_cents, currency));
    await this.openOverlay();
    await this.swapTicks();
    await this.takePick();
    await this.takeFromFeed();
    await this.payFor();
    const { steps, reached, reachedAgain, keptOverTicks, fromFeed, backAt, problems } = this;
    return { steps, reached, reachedAgain, keptOverTicks, fromFeed, backAt, problems };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = await launch();
  try {
    const walks = {};
    for (const viewport of [PHONE, DESKTOP])
      walks[viewport.width] = await (await CartWalk.on(browser, process.argv[2], viewport)).play();
    console.log(JSON.stringify(walks));
  } finally {
    await browser.close();
  }
}
