// Steps through a page that figures count: each holds when what should be seen is seen in time. For modules that walk a
// real server; `opened` is {context, page, problems} of an application's own opener.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const WAIT_MS = 15_000;

export class Walk {
  steps = []; // {step, holds, found}

  constructor(opened, { url, shots, phone }) {
    mkdirSync(shots, { recursive: true });
    Object.assign(this, opened, { url, shots, phone });
    this.page.setDefaultTimeout(WAIT_MS);
  }

  press = (locator) => (this.phone ? locator.tap() : locator.click());
  // The whole page, from its top: what sticks to the screen would else stand in the middle.
  async shot(name) {
    await this.page.evaluate("scrollTo({top: 0, behavior: 'instant'})");
    await this.page.screenshot({ path: join(this.shots, `${name}.png`), fullPage: true });
  }

  // Holds when `look` finds true before the time is over; else what it found last is told.
  async step(step, look) {
    const from = Date.now();
    let found = await look();
    while (found !== true && Date.now() - from < WAIT_MS) {
      await this.page.waitForTimeout(50);
      found = await look();
    }
    this.steps.push({ step, holds: found === true, found: String(found) });
  }

  // What a walk hands on beside its steps.
  told = () => ({});

  // The named parts, one after the other; one that stops ends the walk with a step that does not hold. Prints the result.
  async run(parts) {
    try {
      for (const part of parts) await this[part]();
    } catch (thrown) {
      await this.shot("stopped");
      this.steps.push({ step: "walked to the end", holds: false, found: String(thrown).split("\n").slice(0, 3).join(" ") });
    }
    await this.context.browser().close();
    console.log(JSON.stringify({ steps: this.steps, problems: this.problems, ...this.told() }));
  }
}
