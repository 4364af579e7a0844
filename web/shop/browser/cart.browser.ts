// Completing the cart in a real browser, against a server in memory with small exact promotions.
import { describe, expect, it } from "vitest";
import { CartWalk } from "./cart_walk.mjs";
import { DESKTOP, PHONE } from "./open_shop.mjs";
import { adopt, browser, context, open as openAt, opened, page, server } from "./opened";
import { shopperOf } from "./promotion.mjs";

opened();
// item-25, item-8 and item-30 come to 125.07
const LADDER = {
  title: "15 off from 150",
  tiers: [
    { spend_cents: 15_000, save_cents: 1_500 },
    { spend_cents: 21_000, save_cents: 3_000 },
  ],
};

async function open(path: string, options: object = {}): Promise<void> {
  const settings = { consent: "denied", language: "en" };
  await openAt(server.url, { settings, ...options });
  await page.emulateMedia({ reducedMotion: "reduce" }); // a place is where it is once it is asked for
  server.promotions.set("ladder", LADDER);
  const cart = server.cartOf(await shopperOf(page));
  for (const item of ["item-25", "item-8", "item-30"]) cart.set(item, { item, quantity: 1, ticked: true });
  await page.goto(server.url + path);
}

const OVERLAY = "/cart?offer=ladder";
const foot = () => page.locator(".add-on-foot .offer-line");
const overlay = () => page.getByRole("dialog", { name: "Complete your order" });
const puts = (part: string) => page.locator(`${part} .add-on-put`);
const reads = (text: RegExp) => foot().filter({ hasText: text }).waitFor();
const goods = () =>
  page.locator(".add-on-feed .card-link").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
const query = () => new URL(page.url()).search;
const scrolled = () => page.locator(".add-on-scroll").evaluate((each) => each.scrollTop);
// How far below the head the feed begins: what a shopper sees, also while rows above it come and the list is anchored.
const feedTop = () =>
  page.locator(".add-on-feed").evaluate((feed) => {
    const list = feed.closest(".add-on-scroll")!;
    return feed.getBoundingClientRect().top - list.getBoundingClientRect().top;
  });
const untick = () => page.locator(".add-on-own input[type=checkbox]").first().uncheck();

// Holds every change of carts back until the returned function is called.
function hold(): () => void {
  let release = (): void => undefined;
  server.held = new Promise<void>((done) => (release = done));
  return () => (release(), (server.held = null));
}

describe("from the cart to a reached step", () => {
  for (const viewport of [PHONE, DESKTOP]) {
    it(`at ${viewport.width} px, every amount is the server's`, async () => {
      const walk = await CartWalk.on(browser, server.url, viewport);
      adopt(walk);
      const told = await walk.play();
      for (const { step, screen, quote } of told.steps) expect(screen, step).toEqual(quote);
      expect(told).toMatchObject({ reached: true, reachedAgain: true, keptOverTicks: true, fromFeed: true });
      expect(told.backAt).toBe("/cart");
      expect(told.steps).toHaveLength(11);
    });
  }
});

describe("the overlay", () => {
  it("has an address: a reload keeps it, Back and Escape close it, and the cart below stays", async () => {
    await open("/cart", { viewport: DESKTOP });
    await page.locator(".offer-open").click();
    await overlay().waitFor();
    expect(query()).toBe("?offer=ladder");
    await page.reload();
    await overlay().waitFor();
    await page.keyboard.press("Escape");
    await overlay().waitFor({ state: "detached" });
    expect(query()).toBe("");
    await page.goForward();
    await overlay().waitFor();
    await page.goBack();
    await overlay().waitFor({ state: "detached" });
    await page.getByRole("heading", { name: "Cart" }).waitFor();
  });

  it("closes to the cart where the shop was opened with it", async () => {
    await open(OVERLAY);
    await page.getByRole("button", { name: /^Close and go back/ }).tap();
    await overlay().waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname + query()).toBe("/cart");
  });

  it("leaves the cart below where it was, and gives the focus back", async () => {
    await open("/cart", { viewport: DESKTOP });
    await page.locator(".offer-bar").waitFor();
    await page.setViewportSize({ width: 1440, height: 500 });
    await page.evaluate("scrollTo(0, 150)");
    await page.locator(".offer-open").click();
    await overlay().waitFor();
    expect(await page.evaluate("scrollY")).toBe(150);
    await page.keyboard.press("Escape");
    await overlay().waitFor({ state: "detached" });
    expect(await page.evaluate("scrollY")).toBe(150);
    expect(await page.evaluate("document.activeElement.className")).toBe("offer-open");
  });

  it("keeps the focus", async () => {
    await open(OVERLAY, { viewport: DESKTOP });
    await puts(".add-on-front").first().waitFor();
    for (const key of ["Shift+Tab", "Shift+Tab", "Shift+Tab", "Tab", "Tab", "Tab", "Tab"]) {
      await page.keyboard.press(key);
      const inside = await page.evaluate("document.activeElement.matches('body, .add-on, .add-on *')");
      expect(inside).toBe(true);
    }
  });

  it("puts both of a pair into the cart, and takes both out again", async () => {
    server.pair = { item: "item-3", with: "item-4" };
    await open(OVERLAY);
    const put = puts(".add-on-front").first();
    await put.waitFor();
    const title = await page.locator(".add-on-front .card-title").first().textContent();
    expect(title).toMatch(/^.+ No\. \d \+ .+ No\. \d$/);
    const held = async () => [...server.cartOf(await shopperOf(page)).keys()].sort();
    const before = await held();
    await put.tap();
    await expect.poll(held).toEqual([...before, "item-3", "item-4"].sort());
    await page.getByText(`${title} is in your cart`).waitFor();
    await put.tap();
    await expect.poll(held).toEqual(before);
  });

  it("shows the feed at the top of its list when asked for more, with head and foot in their places", async () => {
    await open(OVERLAY);
    await puts(".add-on-front").first().waitFor();
    const tops = () =>
      page
        .locator(".add-on-head, .add-on-scroll, .add-on-foot")
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    const before = await tops();
    await page.getByRole("button", { name: "See more" }).tap();
    await expect.poll(scrolled).toBeGreaterThan(600);
    expect(await tops()).toEqual(before);
    const feed = await page.locator(".add-on-feed").evaluate((each) => each.getBoundingClientRect().top);
    expect(Math.abs(feed - before[1]!)).toBeLessThan(2);
  });

  it("is where one left it after the way back from an item", async () => {
    await open(OVERLAY);
    await page.getByRole("button", { name: "See more" }).tap();
    await expect.poll(scrolled).toBeGreaterThan(600);
    await page.locator(".add-on-feed .card-link").nth(2).tap();
    await page.getByRole("tab").first().waitFor();
    const left = await goods();
    expect(left).toEqual([]);
    await page.goBack();
    await overlay().waitFor();
    await expect.poll(scrolled).toBeGreaterThan(600);
  });

  it("says when the promotion is no more, and when the scene does not answer", async () => {
    await open("/cart?offer=gone");
    await page.getByText("This promotion does not count for your cart").waitFor();
    server.fail(/scenes.add-on/);
    await page.goto(server.url + OVERLAY);
    await page.getByRole("button", { name: "Try again" }).tap();
    await puts(".add-on-front").first().waitFor();
  });

  it("lets one choose among promotions, without a new step in the history", async () => {
    await open("/cart");
    server.promotions.set("kitchen", {
      title: "5 off kitchen from 90",
      tiers: [{ spend_cents: 9_000, save_cents: 500 }],
      scope: { categories: [["Kitchen"]] },
    });
    await page.reload();
    await page.locator(".offer-open").tap();
    await reads(/€11.82 more saves €5.00/);
    await page.getByRole("button", { name: "15 off from 150" }).tap();
    await reads(/€24.93 more saves €15.00/);
    expect(query()).toBe("?offer=ladder");
    await page.goBack();
    await overlay().waitFor({ state: "detached" });
  });
});

describe("a change", () => {
  it("moves the gap at once, promises no saving, and then shows the quote", async () => {
    await open(OVERLAY);
    await reads(/€24.93 more saves €15.00/);
    const release = hold();
    await puts(".add-on-front").first().tap();
    await reads(/Working out what you save/);
    expect(await foot().getAttribute("aria-busy")).toBe("true");
    expect(await foot().textContent()).not.toMatch(/saved/);
    release();
    await reads(/€15.00 saved.*€59.14 more saves another €15.00/);
    expect(await foot().getAttribute("aria-busy")).toBe("false");
    expect(await foot().getAttribute("class")).toContain("offer-turned");
  });

  it("unticking foretells the wider gap, and what is refused is rolled back in words", async () => {
    await open(OVERLAY);
    await reads(/€24.93 more/);
    const release = hold();
    await untick();
    await reads(/€66.02 more/);
    expect(await foot().getAttribute("aria-busy")).toBe("true");
    release();
    await page.locator('.add-on-foot .offer-line[aria-busy="false"]').waitFor();
    await reads(/€66.02 more/);
    server.fail(/PATCH .*carts/);
    await page.locator(".add-on-own input[type=checkbox]").first().click();
    await page.locator(".add-on-news").getByText("so it is as before").waitFor();
    await reads(/€66.02 more/);
    expect(await page.locator(".add-on-own input[type=checkbox]").first().isChecked()).toBe(false);
  });

  it("of a pick that the server refuses says so and leaves the cart as it was", async () => {
    await open(OVERLAY);
    await puts(".add-on-front").first().waitFor();
    server.fail(/PATCH .*carts/);
    await puts(".add-on-front").first().tap();
    await page.locator(".add-on-news").getByText("so it is as before").waitFor();
    await reads(/€24.93 more saves €15.00/);
  });

  it("resets neither goods nor place, marks what no longer reaches, and has new picks on demand", async () => {
    await open(OVERLAY);
    await page.getByRole("button", { name: "See more" }).tap();
    await expect.poll(async () => (await goods()).length).toBeGreaterThan(6);
    const before = { goods: await goods(), top: await feedTop() };
    const newPicks = page.locator(".add-on-feed").getByRole("button", { name: "New picks" });
    expect(await newPicks.count()).toBe(0);
    await puts(".add-on-feed").first().tap();
    await reads(/€15.00 saved/);
    await page.locator(".add-on-own .cart-row").nth(3).waitFor(); // the row above that came with it
    expect(await goods()).toEqual(before.goods);
    expect(Math.abs((await feedTop()) - before.top)).toBeLessThan(2);
    expect(await page.locator(".add-on-feed .mark-short").count()).toBe(before.goods.length - 1);
    expect(await page.locator(".add-on-feed .mark-reaches").count()).toBe(0);
    await newPicks.tap();
    await expect.poll(goods).not.toEqual(before.goods);
    await page.locator(".add-on-feed .mark-reaches").first().waitFor();
    expect(await newPicks.count()).toBe(0);
  });
});

describe("goods in several skus", () => {
  it("go in through a chooser of their attributes, which Back closes", async () => {
    await open(OVERLAY);
    server.promotions.set("ladder", { tiers: [{ spend_cents: 14_500, save_cents: 1_400 }] });
    await page.reload();
    const shirt = page.locator(".add-on .card", { hasText: "T-shirts" }).first();
    await shirt.locator(".add-on-put").tap();
    const chooser = page.getByRole("dialog", { name: "Choose a variant" });
    await chooser.waitFor();
    expect(query()).toMatch(/^\?offer=ladder&choose=item-/);
    await page.goBack();
    await chooser.waitFor({ state: "detached" });
    await overlay().waitFor();
    await shirt.locator(".add-on-put").tap();
    await page.reload();
    await chooser.getByRole("button", { name: "Choose first" }).isDisabled();
    await chooser.getByRole("button", { name: "L", exact: true }).tap();
    await chooser.getByRole("button", { name: "white" }).tap(); // has no L: the size is chosen anew
    expect(await chooser.getByRole("button", { name: "L", exact: true }).getAttribute("aria-pressed")).toBe("false");
    await chooser.getByRole("button", { name: "M", exact: true }).tap();
    await chooser.getByRole("button", { name: "Add to cart" }).tap();
    await chooser.waitFor({ state: "detached" });
    await reads(/€14.00 saved/);
    expect([...server.carts.values()].some((lines) => lines.has("item-18-white-M"))).toBe(true);
    await shirt.getByRole("button", { name: /^Take out of the cart/ }).waitFor();
  });

  it("others go in at once, and out again by undo", async () => {
    await open(OVERLAY);
    await puts(".add-on-front").first().tap();
    await page.locator(".add-on-news").getByText("is in your cart").waitFor();
    await reads(/€15.00 saved/);
    await page.getByRole("button", { name: "Undo" }).tap();
    await reads(/€24.93 more saves €15.00/);
    await expect.poll(() => [...server.carts.values()].map((lines) => lines.size)).toContain(3);
  });
});

describe("the receipt", () => {
  it("says what the quote says, and the order is that", async () => {
    await open(OVERLAY);
    await puts(".add-on-front").first().tap();
    await reads(/€15.00 saved/);
    await page.locator(".add-on-foot .button-main").tap();
    await page.locator(".summary", { hasText: /15 off from 150-€15.00/ }).waitFor();
    const lines = await page.locator(".line-saved data").evaluateAll((all) => all.map((each) => Number(each.value)));
    expect(lines.reduce((sum, cents) => sum + cents, 0)).toBe(1_500);
    await page.getByRole("button", { name: /^Pay €135.86/ }).tap();
    await page.getByText("Thank you").waitFor();
    const order = server.events.find(({ action }) => action === "purchase");
    expect(order.lines).toHaveLength(4);
    for (const line of order.lines) expect(line.promotions).toEqual(["ladder"]);
  });

  it("counts nothing that cannot be had, and the cart says so", async () => {
    await open("/cart");
    const cart = server.cartOf(await shopperOf(page));
    cart.set("item-13", { item: "item-13", quantity: 1, ticked: true });
    await page.reload();
    await page.locator(".cart-row", { hasText: "counts for no promotion" }).waitFor();
    expect(await page.locator(".cart-left-out").count()).toBe(1);
    expect(await page.locator('.offer-bar [data-amount="gap"]').getAttribute("value")).toBe("2493");
  });
});

describe("on an item's page", () => {
  it("the strip leads to the overlay, and Back from there to the cart", async () => {
    await open("/item/item-3");
    await page.locator(".offer-strip").tap();
    await overlay().waitFor();
    await page.goBack();
    await overlay().waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/cart");
  });
});

describe("the new layers", () => {
  it("fit a phone, with targets a finger can hit and names for everything", async () => {
    for (const language of ["en", "zh"]) {
      await open(OVERLAY, { settings: { consent: "denied", language } });
      for (const path of [OVERLAY, `${OVERLAY}&choose=item-18`, "/cart", "/item/item-3"]) {
        await page.goto(server.url + path);
        await page.waitForLoadState("networkidle");
        expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
        const wrong = await page.evaluate(() =>
          [...document.querySelectorAll("dialog :is(button, a[href]), .offer-bar button, .offer-strip")]
            .filter((each) => each.getClientRects().length > 0 && !each.matches(".cart-title, [aria-hidden]"))
            .map((each) => ({ name: each.ariaLabel || each.textContent || "", box: each.getBoundingClientRect() }))
            .filter(({ name, box }) => box.height < 44 || name.trim() === "")
            .map(({ name, box }) => `${name}: ${box.height}`),
        );
        expect(wrong, path).toEqual([]);
      }
      if (language === "en") await context.close();
    }
  });
});
