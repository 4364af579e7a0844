// The built shop in a real browser, with real touches, against a server in memory.
import { describe, expect, it } from "vitest";
import { Finger, pause } from "../../sdk/browser/phone.mjs";
import { DESKTOP } from "./open_shop.mjs";
import { context, open as openAt, opened, page, server, smallTargets } from "./opened";

opened();
const glidesMs = 800; // after a swipe; a tap meanwhile stops the page and presses nothing

const open = (path: string, options: object = { settings: { consent: "denied" } }) => openAt(server.url + path, options);

// The way back, and the feed being there again: an item's page has cards of its own.
async function goBack(): Promise<void> {
  await named(/^Back/).tap();
  await page.getByRole("heading", { name: "For you" }).waitFor();
}
const cards = () => page.locator(".card:not(.skeleton)");
const named = (name: string | RegExp) => page.getByRole("button", { name });
const linesAtServer = () => [...server.carts.values()].reduce((lines, cart) => lines + cart.size, 0);
const deeds = () => server.events.map((event) => event.action ?? event.type);
const until = (holds: () => boolean | Promise<boolean>, what: string) =>
  expect.poll(holds, { timeout: 12_000, message: what }).toBe(true);

describe("consent", () => {
  it("comes first: before it nothing of the visit is told or kept", async () => {
    await open("/", {});
    const finger = await Finger.on(page);
    await cards().first().waitFor();
    await finger.swipe([200, 400], [200, 150], 200);
    await pause(glidesMs);
    await page.evaluate("dispatchEvent(new Event('pagehide'))");
    expect(server.events).toEqual([]);
    expect(await page.evaluate("Object.keys(localStorage)")).toEqual([]);
    await named("No, thanks").tap();
    await cards().first().tap();
    await page.getByRole("tab").first().waitFor();
    expect(server.events).toEqual([]);
    expect(await page.evaluate("Object.keys(localStorage).sort()")).toEqual(["shop.consent"]);
  });

  it("once given, gestures and views are told, and the shopper stays the same", async () => {
    await open("/", {});
    const finger = await Finger.on(page);
    await cards().first().waitFor();
    await named("Yes, that's fine").tap();
    await cards().first().tap();
    await page.getByRole("tab", { name: "Reviews" }).tap();
    await finger.swipe([200, 600], [200, 300], 250);
    await pause(glidesMs);
    await goBack();
    await until(() => deeds().includes("view") && deeds().includes("gestures"), "a view and gestures");
    expect(new Set(server.events.map(({ shopper }) => shopper)).size).toBe(1);
    expect(JSON.stringify(server.events)).not.toContain("page_leave");
  });
});

describe("the feed", () => {
  it("goes on as the finger scrolls, without showing anything twice", async () => {
    await open("/");
    const finger = await Finger.on(page);
    await until(async () => (await cards().count()) >= 20, "the first page");
    for (let i = 0; i < 6; ++i) await finger.swipe([200, 700], [200, 100], 80);
    await until(async () => (await cards().count()) >= 40, "the second page");
    const shown = await page
      .locator(".card-link")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    expect(new Set(shown).size).toBe(shown.length);
  });

  it("says when the shop is busy, and tries again when asked", async () => {
    server.fail(/scenes.feed/);
    await open("/");
    await named("Try again").tap();
    await until(async () => (await cards().count()) >= 20, "goods after the second try");
  });

  it("is where one left it after the way back", async () => {
    await open("/");
    await until(async () => (await cards().count()) >= 20, "goods");
    await page.evaluate("scrollTo(0, 900)");
    await cards().nth(6).tap();
    await goBack();
    expect(Math.abs(((await page.evaluate("scrollY")) as number) - 900)).toBeLessThan(60);
  });
});

describe("the search", () => {
  it("finds by title and says when nothing is called so", async () => {
    await open("/search");
    await page.getByRole("searchbox").fill("desk lamps");
    await named("Search").tap();
    await page.getByText("for “desk lamps”").waitFor();
    expect(await page.locator(".card-title").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/Desk lamps/)]),
    );
    await page.getByRole("searchbox").fill("unicorn");
    await named("Search").tap();
    await page.getByText("Nothing is called “unicorn”.").waitFor();
  });
});

describe("the cart", () => {
  it("takes an item, counts it, and lets it be ticked off", async () => {
    await open("/item/item-5");
    await named("Add to cart").tap();
    await named("In your cart").waitFor();
    await page.goto(`${server.url}/cart`);
    await page.getByText("1 piece").waitFor();
    await page.locator(".cart-row input[type=checkbox]").uncheck();
    await page.getByText("Tick what you want to buy now.").waitFor();
    await until(
      () => [...server.carts.values()].some((cart) => cart.get("item-5")?.ticked === false),
      "the tick at the server",
    );
  });

  it("rolls back what the server refuses, and says so", async () => {
    await open("/item/item-5");
    server.fail(/PATCH .*carts/);
    await named("Add to cart").tap();
    await page.getByText("so it is as before").waitFor();
    await page.goto(`${server.url}/cart`);
    await page.getByText("Your cart is empty").waitFor();
  });

  it("is paid for once, whatever the network does", async () => {
    await open("/item/item-5");
    await named("Add to cart").tap();
    await until(() => linesAtServer() > 0, "the item in the cart at the server");
    await page.goto(`${server.url}/checkout`);
    server.fail(/POST .*events/);
    await named(/^Pay/).tap();
    await page.getByRole("alert").waitFor();
    await named(/^Pay/).tap();
    await page.getByText("Thank you").waitFor();
    const purchases = server.events.filter(({ action }) => action === "purchase");
    expect(purchases).toHaveLength(1);
    expect(purchases[0].lines).toEqual([
      { item: "item-5", quantity: 1, price: expect.objectContaining({ cents: expect.any(Number) }) },
    ]);
    await page.goto(`${server.url}/cart`);
    await page.getByText("Your cart is empty").waitFor();
  });
});

describe("the coupon", () => {
  const buyer = { settings: { consent: "granted" } };
  async function stir(): Promise<void> {
    const finger = await Finger.on(page);
    await cards().first().waitFor();
    await finger.swipe([200, 600], [200, 300], 200);
    await cards().nth(2).tap();
    await goBack();
  }

  it("pops up inside the band, says where the score came from, and stands in the cart", async () => {
    server.probability = 0.02;
    await open("/", buyer);
    await stir();
    server.probability = 0.3; // only now: a popup in the middle of it would lie over what is tapped
    await (await Finger.on(page)).swipe([200, 600], [200, 300], 200);
    const ticket = page.locator(".ticket");
    await ticket.waitFor({ timeout: 20_000 });
    expect(await ticket.textContent()).toMatch(/10 % off.*(19|20):\d\d.*Decided by the server/s);
    await page.keyboard.press("Escape");
    await ticket.waitFor({ state: "detached" });
    await page.goto(`${server.url}/item/item-5`);
    await named("Add to cart").tap();
    await until(() => linesAtServer() > 0, "the item in the cart at the server");
    await page.goto(`${server.url}/cart`);
    await page.getByText("Surprise coupon").waitFor();
  });

  it("does not below it", async () => {
    server.probability = 0.02;
    await open("/", buyer);
    await stir();
    await until(() => server.asked.some((path) => path === "/v1/scenes/coupon"), "a question to the scene");
    expect(await page.locator(".ticket").count()).toBe(0);
  });
});

describe("offline", () => {
  it("is said, and what was done meanwhile arrives once afterwards", async () => {
    await open("/", { settings: { consent: "granted" } });
    await cards().first().waitFor();
    await context.setOffline(true);
    await page.getByText("You are offline").waitFor();
    const finger = await Finger.on(page);
    for (let i = 0; i < 3; ++i) await finger.swipe([200, 600], [200, 350], 150);
    await context.setOffline(false);
    await until(() => deeds().includes("gestures"), "the gestures made offline");
    const ids = server.events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("every screen", () => {
  const paths = ["/", "/search", "/item/item-5", "/cart", "/favourites", "/nowhere"];

  it("fits a phone, with targets a finger can hit", async () => {
    await open("/", { settings: { consent: "denied", favourites: ["item-3"], meter: true } });
    for (const path of paths) {
      await page.goto(server.url + path);
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(390);
      expect(await smallTargets(), path).toEqual([]);
    }
    await page.goto(`${server.url}/item/item-5`);
    for (const tab of ["Specifications", "Reviews"]) {
      await page.getByRole("tab", { name: tab }).tap();
      expect(await page.evaluate("document.documentElement.scrollWidth"), tab).toBeLessThanOrEqual(390);
    }
  });

  it("speaks Chinese when asked to, and is dark when asked to", async () => {
    await open("/", { viewport: DESKTOP, settings: { consent: "denied" } });
    await named("Settings").click();
    await page.getByRole("radio", { name: "中文" }).check();
    await page.getByRole("radio", { name: "深色" }).check();
    await page.getByRole("heading", { name: "为您推荐" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await ground()).toBe("rgb(17, 20, 18)");
    await page.reload();
    await page.getByRole("heading", { name: "为您推荐" }).waitFor();
    expect(await ground()).toBe("rgb(17, 20, 18)");
  });

  it("can be used by keyboard: tabs by arrows, dialogs by Escape", async () => {
    await open("/item/item-5", { viewport: DESKTOP, settings: { consent: "denied" } });
    await page.getByRole("tab", { name: "Description" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { name: "Specifications" }).getAttribute("aria-selected")).toBe("true");
    await page.locator(".gallery-page").first().click();
    await page.locator(".viewer").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".viewer").waitFor({ state: "detached" });
  });
});
