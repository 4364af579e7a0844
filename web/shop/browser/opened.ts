// The browser, the server in memory and the page of each test of this folder, opened before it and closed after it. A
// test fails where the page threw. Call opened() once a file; what it gives is new for each test.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launch } from "../../sdk/browser/phone.mjs";
import { FakeServer } from "./fake_server.mjs";
import { openShop } from "./open_shop.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");

interface Shop {
  context: BrowserContext;
  page: Page;
  problems: string[];
}

export let browser: Browser;
export let server: FakeServer;
export let context: BrowserContext;
export let page: Page;
let problems: string[];

export function opened(): void {
  beforeAll(async () => void (browser = await launch()));
  afterAll(() => browser.close());
  beforeEach(async () => void (server = await new FakeServer().listen(dist)));
  afterEach(async () => {
    await context.close();
    await server.close();
    expect(problems).toEqual([]);
  });
}

// A shop that was opened another way is this test's from now on.
export const adopt = (shop: Shop): void => void ({ context, page, problems } = shop);

export const open = async (url: string, options: object): Promise<void> =>
  adopt(await openShop(browser, url, options));

// What is too small for a finger, by name and height in pixels.
export const smallTargets = (): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("button, a[href], input")]
      .filter((each) => each.getClientRects().length > 0 && !each.matches(".skip, .dot, .cart-title, input"))
      .map((each) => ({ name: each.textContent || each.ariaLabel, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44)
      .map(({ name, box }) => `${name}: ${box.height}`),
  );
