// Every screen of the shop, photographed: both sizes, light and dark, both languages. For people to look at.
//   node browser/screens.mjs URL FOLDER [--quick]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../../sdk/browser/phone.mjs";
import { DESKTOP, openShop, PHONE } from "./open_shop.mjs";
import { LADDER, ladderAbove, putPromotion, readCart, shopperOf } from "./promotion.mjs";

const settled = (page) => page.waitForLoadState("networkidle").then(() => page.waitForTimeout(250));
const chosenTab = (index) => async (page) => {
  const tab = page.getByRole("tab").nth(index);
  await tab.click();
  await tab.evaluate((each) => each.scrollIntoView({ block: "start" }));
};
const dial = (page) => page.locator(".head button");

const OVERLAY = `/cart?offer=${LADDER}`;
const WITH_SKUS = "item-18"; // of the fake server; the simulated marketplace has none
const hasSkus = async (url) => {
  const answer = await fetch(`${url}/v1/items?parent=${WITH_SKUS}`);
  return answer.ok && (await answer.json()).items.length > 0;
};

// [name, path, what to do there, whether there is anything to see]
const SCREENS = [
  ["feed", "/"],
  ["search", "/search", (page) => page.locator(".hints summary").click()],
  ["found", "/search?q=running%20shoes"],
  ["nothing", "/search?q=unicorn"],
  ["item", "/item/item-25"],
  ["specifications", "/item/item-25", chosenTab(1)],
  ["reviews", "/item/item-25", chosenTab(2)],
  ["pictures", "/item/item-25", (page) => page.locator(".gallery-page").first().click()],
  ["favourites", "/favourites"],
  ["cart", "/cart"],
  ["item-strip", "/item/item-3"],
  ["add-on", OVERLAY],
  ["add-on-feed", OVERLAY, (page) => page.getByRole("button", { name: /See more|查看更多/ }).click()],
  ["chooser", `${OVERLAY}&choose=${WITH_SKUS}`, undefined, hasSkus],
  ["add-on-reached", OVERLAY, (page) => page.locator(".add-on-put").first().click()],
  ["add-on-own", OVERLAY, (page) => page.locator(".add-on-own").evaluate((each) => each.scrollIntoView())],
  ["cart-reached", "/cart"],
  ["checkout", "/checkout"],
  ["settings", "/", (page) => dial(page).last().click()],
  ["coupon", "/cart", (page) => page.evaluate(ticket)],
];

// The popup as it comes: another tab of the shop could not be told apart.
function ticket() {
  const coupon = {
    coupon: "surprise-coupon",
    percent: 10,
    expires_ms: Date.now() + 1_140_000,
    from: "device",
    probability: 0.23,
  };
  sessionStorage.setItem("shop.coupon", JSON.stringify(coupon));
  sessionStorage.setItem("shop.couponNews", "true");
  location.reload();
}

async function fillCart(page, url) {
  for (const item of ["item-25", "item-8", "item-30"]) {
    await page.goto(`${url}/item/${item}`);
    const told = page.waitForResponse(
      (answer) => answer.url().includes("/v1/carts") && answer.request().method() === "PATCH",
    );
    await page.locator(".buy .button-main").click();
    await told;
  }
}

export async function photograph(browser, url, folder, looks) {
  mkdirSync(folder, { recursive: true });
  const taken = [];
  for (const [language, scheme, viewport] of looks) {
    const settings = { consent: "denied", language, favourites: ["item-3", "item-12", "item-30"] };
    const { context, page, problems } = await openShop(browser, url, { viewport, scheme, settings });
    await fillCart(page, url);
    const { ticked_cents, currency } = await readCart(url, await shopperOf(page));
    await putPromotion(url, LADDER, ladderAbove(ticked_cents, currency));
    for (const [name, path, act, there] of SCREENS) {
      if (there && !(await there(url))) continue;
      await page.goto(url + path);
      await settled(page);
      await act?.(page);
      await settled(page);
      const file = `${name}-${viewport.width}-${scheme}-${language}.png`;
      await page.screenshot({ path: join(folder, file) });
      taken.push({ file, problems: problems.splice(0) });
    }
    await context.close();
  }
  return taken;
}

export const ALL_LOOKS = ["en", "zh"].flatMap((language) =>
  ["light", "dark"].flatMap((scheme) => [PHONE, DESKTOP].map((viewport) => [language, scheme, viewport])),
);
export const FEW_LOOKS = [
  ["en", "light", PHONE],
  ["zh", "dark", DESKTOP],
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url, folder, quick] = process.argv.slice(2);
  const browser = await launch();
  const taken = await photograph(browser, url, folder, quick === "--quick" ? FEW_LOOKS : ALL_LOOKS);
  await browser.close();
  console.log(JSON.stringify(taken));
}
