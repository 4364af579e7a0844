// Chromium as a phone, with fingers that the browser takes for real ones: Input.dispatchTouchEvent in steps of 16 ms.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run"];
const stepMs = 16;

export async function launch() {
  if (!existsSync(executablePath)) throw new Error(`there is no ${executablePath}; install Debian's chromium`);
  return chromium.launch({ executablePath, args, headless: true });
}

export function newPhone(browser) {
  return browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export class Finger {
  static async on(page) {
    return new Finger(await page.context().newCDPSession(page));
  }
  constructor(devtools) {
    this.devtools = devtools;
  }

  #touch(type, ...points) {
    return this.devtools.send("Input.dispatchTouchEvent", {
      type, touchPoints: points.map(([x, y, id = 0]) => ({ x, y, id })),
    });
  }

  async tap(x, y) {
    await this.#touch("touchStart", [x, y]);
    await pause(60);
    await this.#touch("touchEnd");
  }

  async swipe(from, to, durationMs) {
    const steps = Math.max(1, Math.round(durationMs / stepMs));
    const started = performance.now();
    await this.#touch("touchStart", from);
    for (let step = 1; step <= steps; ++step) {
      const part = step / steps;
      await this.#touch("touchMove", [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
      await pause(started + step * stepMs - performance.now());
    }
    await this.#touch("touchEnd");
  }

  async pinch() {
    await this.#touch("touchStart", [150, 400, 0], [250, 400, 1]);
    for (let step = 1; step <= 10; ++step) {
      await this.#touch("touchMove", [150 - step * 5, 400, 0], [250 + step * 5, 400, 1]);
      await pause(stepMs);
    }
    await this.#touch("touchEnd");
  }
}
