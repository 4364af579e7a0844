// Debian's Chromium through playwright-core, and a finger: real touch events by the DevTools protocol. The browser's own
// Input.synthesizeScrollGesture is not used, because pages see no touchmove from it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PATH = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
];
export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };
const STEP_MS = 16;

export async function openBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "inkling-shop-"));
  const browser = await chromium.launch({ executablePath: PATH, args: FLAGS, env: { ...process.env, HOME: folder } });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

// `settings` go into localStorage before the shop starts: language, theme, consent, meter.
export async function openShop(browser, url, { viewport = PHONE, scheme = "light", settings = {} } = {}) {
  const phone = viewport.width < 900;
  const context = await browser.newContext({ viewport, hasTouch: phone, isMobile: phone, colorScheme: scheme, locale: "en-IE", deviceScaleFactor: phone ? 2 : 1 });
  await context.addInitScript((given) => {
    for (const [key, value] of Object.entries(given)) {
      if (localStorage.getItem(`shop.${key}`) === null) localStorage.setItem(`shop.${key}`, JSON.stringify(value));
    }
  }, settings);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  return { context, page, problems };
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Finger {
  constructor(cdp) {
    this.cdp = cdp;
  }

  static async on(page) {
    return new Finger(await page.context().newCDPSession(page));
  }

  touch(type, points) {
    return this.cdp.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  }

  async tap(x, y, ms = 60) {
    await this.touch("touchStart", [{ x, y }]);
    await pause(ms);
    await this.touch("touchEnd", []);
  }

  // A stroke of so many ms with the little curve and the slowing down that fingers have.
  async swipe(from, to, ms) {
    const steps = Math.max(3, Math.round(ms / STEP_MS));
    const began = performance.now();
    await this.touch("touchStart", [{ x: from.x, y: from.y }]);
    for (let step = 1; step <= steps; ++step) {
      const share = Math.sin((step / steps) * (Math.PI / 2));
      const bend = Math.sin((step / steps) * Math.PI) * 4;
      await this.touch("touchMove", [{ x: from.x + (to.x - from.x) * share + bend, y: from.y + (to.y - from.y) * share }]);
      await pause(Math.max(0, began + step * STEP_MS - performance.now()));
    }
    await this.touch("touchEnd", []);
  }
}
