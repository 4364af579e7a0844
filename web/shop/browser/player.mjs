// Somebody in the shop with a real finger: scrolls, opens goods, turns pictures, looks closely, reads reviews, buys. How
// slowly and how thoroughly follows the simulated shoppers (sim/handling.cpp, sim/cues.h), whose like the model has seen.
import { Finger, pause } from "../../sdk/browser/phone.mjs";

export function drawing(seed) {
  let state = seed * 2654435761;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (count) => Math.floor(uniform() * count),
    pause: (mean) => -mean * Math.log(1 - 0.95 * uniform()),
  };
}

const CLEAR_OF_BUTTONS = 110; // px from a picture's top and bottom: so short a stroke on a button presses it

export class Player {
  scores = []; // [ms since the beginning, probability], as the small meter shows them
  answers = []; // of the coupon scene: {decision, hint}
  popups = 0;

  static async on(page, seed, slowness) {
    const player = new Player();
    player.page = page;
    player.finger = await Finger.on(page);
    player.draw = drawing(seed);
    player.slowness = slowness;
    player.began = performance.now();
    player.watch();
    return player;
  }

  watch() {
    this.page.on("response", (response) => {
      if (!response.url().endsWith("/v1/scenes/coupon") || !response.ok()) return;
      const hint = response.request().postDataJSON()?.hint ?? null;
      response.json().then(
        ({ decision }) => this.answers.push({ decision, hint }),
        () => undefined,
      );
    });
  }

  ms() {
    return performance.now() - this.began;
  }

  async look() {
    const value = await this.page
      .locator(".meter-small data")
      .getAttribute("value", { timeout: 500 })
      .catch(() => null);
    if (value) this.scores.push([Math.round(this.ms()), Number(value)]);
    const popup = await this.page.locator(".ticket-later").count();
    if (popup > 0) {
      this.popups += 1;
      await this.page.locator(".ticket-later").tap();
    }
  }

  rest(mean) {
    return pause(60 + this.slowness * this.draw.pause(mean));
  }

  async stroke(x, y, byX, byY, ms, restMs) {
    await this.rest(restMs);
    const { draw } = this;
    const length = draw.between(0.75, 1.2);
    const from = [x + draw.between(-30, 30), y + draw.between(-40, 40)];
    const to = [from[0] + byX * length + draw.between(-4, 4), from[1] + byY * length + draw.between(-4, 4)];
    await this.finger.swipe(from, to, 30 + this.slowness * ms * draw.between(0.6, 1.4));
    await this.look();
  }

  scrollList() {
    return this.stroke(240, 600, 0, -300, 190, 1350);
  }

  scrollItem() {
    return this.stroke(240, 640, 0, -300, 190, 1030);
  }

  // Presses the thing once the page stands still; a tap on a gliding page presses nothing.
  async press(locator) {
    await locator.evaluate((each) => each.scrollIntoView({ block: "center", inline: "center", behavior: "instant" }));
    await pause(700);
    const box = await locator.boundingBox();
    await this.finger.tap(box.x + box.width / 2, box.y + Math.min(box.height / 2, 60));
  }

  // Again where a popup came in between, as people do.
  async pressFor(locator, wanted) {
    await locator.waitFor();
    for (let tries = 0; tries < 4; ++tries) {
      await this.look();
      if ((await wanted.count()) === 0 && (await locator.count()) > 0) await this.press(locator);
      const came = await wanted.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (came) return;
    }
    throw new Error(`pressed four times in vain: ${locator}`);
  }

  async openCard(index) {
    const card = this.page.locator(".grid .card:not(.skeleton) .card-link").nth(index);
    await this.pressFor(card, this.page.locator(".item:not(.skeleton) .gallery-lens"));
    await this.page.evaluate("scrollTo(0, 0)");
  }

  goBack() {
    return this.pressFor(this.page.locator(".item-back"), this.page.locator(".grid .card:not(.skeleton)").first());
  }

  // Of a picture, 12 places in 3 columns and 4 rows.
  async inspect(places) {
    const [off, on] = ["false", "true"].map((on) => this.page.locator(`.item .gallery-lens[aria-pressed="${on}"]`));
    await this.pressFor(off, on);
    const box = await this.page.locator(".gallery").first().boundingBox();
    for (const place of places) {
      const x = box.x + box.width * (0.17 + 0.33 * (place % 3));
      const y = box.y + CLEAR_OF_BUTTONS + ((box.height - 2 * CLEAR_OF_BUTTONS) / 3) * Math.floor(place / 3);
      await this.stroke(x, y, 6, 14, 350, 250);
    }
    await this.pressFor(on, off);
  }

  async turnPictures(times) {
    for (let i = 0; i < times; ++i) await this.stroke(300, 200, -170, 4, 150, 700);
  }

  // Asks for a topic and reads, slowly, what is said about it, or about another.
  async readReviews(matches) {
    await this.press(this.page.getByRole("tab").nth(2));
    const asked = this.draw.below(8);
    await this.press(this.page.locator(".chips-scroll .chip").nth(asked));
    await this.stroke(240, 650, 0, -120, 190, 1030);
    const reviews = this.page.locator(".review");
    const first = matches ? 0 : 3; // what was asked for stands first
    for (let i = 0; i < 3; ++i) {
      const box = await reviews.nth(first + Math.min(i, 1)).boundingBox();
      const y = Math.min(Math.max(box ? box.y + box.height / 2 : 500, 180), 700);
      await this.stroke(230, y, 0, -90, 420, 1500);
    }
  }

  async waitUntil(at) {
    while (performance.now() < at) {
      await this.look();
      await pause(Math.min(500, Math.max(0, at - performance.now())));
    }
  }
}
