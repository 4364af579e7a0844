// The built kit in a real browser, with real touches, against a server that keeps what arrives.
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Finger, launch, newPhone } from "./phone.mjs";
import { ShopServer, devicePackage } from "./shop_server.mjs";

interface Told {
  type: string;
  id: string;
  action?: string;
  item?: string;
  stay_ms?: number;
  pointer?: string;
  samples?: { screen: number[]; rows: number[][] };
}

let browser: Browser;
let shop: InstanceType<typeof ShopServer>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => void (browser = await launch()));
afterAll(() => browser.close());
beforeEach(async () => {
  shop = await new ShopServer().listen();
  context = await newPhone(browser);
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await shop.close();
});

// Starts the kit in a page or frame; `options` are JSON. As text, because the test runner rewrites imports.
async function startIn(where: Page | Frame, options: object): Promise<void> {
  const usual = { server: "", shopper: "ann", consent: "granted", wasm: "", pages: ["home", "feed", "detail"] };
  await where.evaluate(`(async () => {
    const { start } = await import("/kit/inkling-sdk.js");
    globalThis.problems = [];
    globalThis.decisions = [];
    globalThis.kit = await start({
      onProblem: (problem) => problems.push(problem),
      onCoupon: (decision) => decisions.push(decision),
      ...${JSON.stringify({ ...usual, ...options })},
    });
  })()`);
}

async function open(options: object = {}, where: Page = page): Promise<void> {
  await where.goto(shop.url);
  await startIn(where, options);
}
// `kit.<call>` in the page.
const kit = (call: string, where: Page = page) => where.evaluate(`kit.${call}`);
const problems = () => page.evaluate("problems") as Promise<{ code: string; message: string }[]>;
const told = () => shop.events as Told[];
const deeds = () => told().map((event) => event.action ?? event.type);

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`in a minute this did not happen: ${what}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

// Types of the listeners that window and document have.
async function listeners(): Promise<string[]> {
  const devtools = await context.newCDPSession(page);
  const types: string[] = [];
  for (const expression of ["window", "document"]) {
    const { result } = await devtools.send("Runtime.evaluate", { expression });
    const { listeners } = await devtools.send("DOMDebugger.getEventListeners", { objectId: result.objectId! });
    types.push(...listeners.map(({ type }) => type));
  }
  return types.sort();
}

const kept = () => page.evaluate(async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  session: Object.keys(sessionStorage), local: Object.keys(localStorage), cookies: document.cookie,
  caches: await caches.keys(),
}));
const nothing = { databases: [], session: [], local: [], cookies: "", caches: [] };

describe("consent", () => {
  it("comes before anything is listened to, stored or sent", async () => {
    await open({ consent: "ask", flushEveryMs: 1000 });
    const finger = await Finger.on(page);
    await kit('page("detail", {item: "77"})');
    await finger.swipe([200, 700], [200, 300], 200);
    await finger.tap(100, 20);
    await page.type("#name", "Ann");
    await page.waitForTimeout(1500);
    expect(await listeners()).toEqual([]);
    expect(await kept()).toEqual(nothing);
    expect(shop.asked).toEqual([]);

    await kit('setConsent("granted")');
    await finger.tap(100, 20);
    await kit("flush()");
    expect(told().map(({ samples }) => samples?.rows.map((row) => row[1]))).toEqual([[1, 2]]);
  });

  it("withdrawn takes listeners, queue and names away", async () => {
    await open();
    shop.refusal = { status: 503 };
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    expect((await kept()).databases).toHaveLength(1);
    expect((await listeners()).length).toBeGreaterThan(0);
    await kit('setConsent("denied")');
    await until(async () => JSON.stringify(await kept()) === JSON.stringify(nothing), "everything is removed");
    expect(await listeners()).toEqual([]);
    shop.refusal = null;
    const asked = shop.asked.length;
    await (await Finger.on(page)).tap(100, 20);
    await page.goto("about:blank");
    await page.waitForTimeout(300);
    expect(shop.asked.length).toBe(asked);
  });
});

describe("capture", () => {
  it("follows a finger through the whole swipe although the page scrolls", async () => {
    await open();
    const finger = await Finger.on(page);
    await finger.swipe([200, 700], [200, 200], 400);
    await finger.tap(60, 20);
    await kit("flush()");
    expect(await page.evaluate("scrollY")).toBeGreaterThan(200);
    const rows = told()[0]!.samples!.rows;
    expect(told()[0]!.samples!.screen).toEqual([390, 844]);
    const swipe = rows.slice(0, rows.findIndex((row) => row[1] === 2) + 1);
    expect(swipe.length).toBeGreaterThan(10);
    expect(swipe[0]).toEqual([0, 1, expect.any(Number), 200, 700]);
    expect(swipe.at(-1)![4]).toBeLessThan(260);
    expect(swipe.at(-1)![0]).toBeGreaterThan(300);
    expect(rows.filter((row) => row[1] === 3)).toEqual([]);
  });

  it("tells page and control of a tap by the application's own numbers", async () => {
    await open();
    await kit('page("detail", {item: "77"})');
    await (await Finger.on(page)).tap(40, 20);
    await kit("flush()");
    const down = told()[0]!.samples!.rows.find((row) => row[1] === 1)!;
    expect(down.slice(5)).toEqual([2, 0, 4, 5]);
  });

  it("hears mouse and wheel, and each of two fingers", async () => {
    await open();
    await page.mouse.move(100, 300);
    await page.mouse.move(200, 300, { steps: 5 });
    await page.mouse.wheel(0, 240);
    await (await Finger.on(page)).pinch();
    await kit("flush()");
    const mouse = told().filter((event) => event.pointer === "mouse");
    const wheel = mouse.flatMap(({ samples }) => samples!.rows).find((row) => row[1] === 6)!;
    expect(wheel.slice(3, 5)).toEqual([0, 240]);
    const touch = told().filter((event) => event.pointer === undefined).flatMap(({ samples }) => samples!.rows);
    expect(new Set(touch.filter((row) => row[1] === 1).map((row) => row[2])).size).toBe(2);
  });

  it("takes nothing of what is typed or pasted", async () => {
    await open();
    const secret = "geheim4711";
    for (const field of ["#name", "#secret", "#note", "#free"]) {
      await page.focus(field);
      await page.keyboard.type(secret);
      await page.keyboard.press("Enter");
    }
    await page.evaluate((text) => navigator.clipboard?.writeText(text).catch(() => undefined), secret);
    await page.keyboard.press("Control+V");
    await (await Finger.on(page)).tap(100, 80);
    await kit('page("feed")');
    await kit('action("cart_add", {item: "1", password: "geheim4711"})');
    await kit("flush()");
    expect(shop.bodies.length).toBeGreaterThan(0);
    const everything = shop.bodies.join("\n") + shop.requests.join("\n");
    expect(everything).not.toContain(secret);
    for (const letter of ["geheim", "4711", "Enter", "Control"]) expect(everything).not.toContain(letter);
    expect((await listeners()).filter((type) => /key|input|focus|^change|paste|copy|composition|select/.test(type)))
      .toEqual([]);
  });

  it("has no word for keys or input in what is shipped", () => {
    const bundle = readFileSync(new URL("../dist/inkling-sdk.js", import.meta.url), "utf8");
    const words = ["keydown", "keyup", "keypress", "beforeinput", "textInput", "composition", "clipboard", "paste",
      "textContent", "innerText", "innerHTML", '"input"', '"change"', '"focus', "cookie", "localStorage", ".value"];
    expect(words.filter((word) => bundle.includes(word))).toEqual([]);
  });

  it("works inside a frame, whose fingers are its own", async () => {
    await page.goto(shop.url);
    await page.evaluate(() => {
      document.body.innerHTML = '<iframe src="/" style="border:0;width:300px;height:400px"></iframe>';
    });
    await until(() => page.frames().length === 2 && page.frames()[1]!.url() === `${shop.url}/`, "the frame is there");
    const frame = page.frames()[1]!;
    await frame.waitForLoadState();
    await startIn(frame, {});
    await (await Finger.on(page)).tap(100, 300);
    await frame.evaluate("kit.flush()");
    expect(told()[0]!.samples!.screen).toEqual([300, 400]);
  });
});

describe("the network", () => {
  it("gone and back: everything arrives in order and once", async () => {
    await open();
    await context.setOffline(true);
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    await kit('action("cart_add", {item: "1"})');
    await kit("flush()");
    expect(shop.events).toEqual([]);
    expect((await problems()).map(({ code }) => code)).toContain("server");
    await context.setOffline(false);
    await until(() => shop.events.length >= 2, "the events arrive");
    await kit("flush()");
    expect(deeds()).toEqual(["favourite", "cart_add"]);
  });

  it("gone until the tab is closed: the next visit sends it", async () => {
    await open();
    shop.refusal = { status: 503 };
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    await page.close();
    shop.refusal = null;
    page = await context.newPage();
    await open();
    await until(() => shop.events.length > 0, "the event arrives");
    expect(deeds()).toEqual(["favourite"]);
  });

  it("shared by two tabs: each event is sent once", async () => {
    const other = await context.newPage();
    await open();
    await open({}, other);
    shop.refusal = { status: 503 };
    await kit('action("favourite", {item: "1"})');
    await kit('action("favourite", {item: "2"})', other);
    await Promise.all([kit("flush()"), kit("flush()", other)]);
    shop.refusal = null;
    await Promise.all([kit("flush()"), kit("flush()", other)]);
    expect(told().map(({ item }) => item).sort()).toEqual(["1", "2"]);
  });

  it("without room in the storage: events go on from memory", async () => {
    const devtools = await context.newCDPSession(page);
    await page.goto(shop.url);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: shop.url, quotaSize: 1 });
    await open();
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    expect(deeds()).toEqual(["favourite"]);
    expect((await problems()).map(({ code }) => code)).toEqual(["storage"]);
  });

  it("a bad event is dropped and told, and the others arrive", async () => {
    await open();
    shop.refusal = { status: 400, body: { detail: "line 1: item: is wrong", line: 1 } };
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    shop.refusal = null;
    await kit('action("favourite", {item: "2"})');
    await kit("flush()");
    expect(told().map(({ item }) => item)).toEqual(["2"]);
    expect(await problems()).toMatchObject([{ code: "event_refused" }]);
  });
});

describe("the page's end", () => {
  it("sends the last gestures and the view by beacon", async () => {
    await open();
    await kit('page("detail", {item: "77"})');
    await (await Finger.on(page)).tap(40, 20);
    await page.waitForTimeout(300);
    await page.goto("about:blank");
    await until(() => shop.events.length >= 2, "the beacon arrives");
    expect(deeds()).toEqual(["gestures", "view"]);
    expect(told()[1]!.stay_ms).toBeGreaterThanOrEqual(300);
  });

  it("counts no time while the tab is hidden", async () => {
    await open();
    await kit('page("detail", {item: "77"})');
    // Headless Chromium shows every tab, and freezes none that is shown.
    const turn = (state: string) => page.evaluate(`Object.defineProperty(document, "visibilityState",
      {configurable: true, value: "${state}"}); document.dispatchEvent(new Event("visibilitychange"))`);
    await turn("hidden");
    await until(() => shop.events.length === 1, "the view arrives by beacon");
    await page.waitForTimeout(1500);
    await turn("visible");
    await page.waitForTimeout(600);
    await kit('page("feed")');
    await kit("flush()");
    const stays = new Map(told().map(({ id, action, stay_ms }) => [id, [action, stay_ms]] as const));
    expect([...stays.values()].map(([action]) => action)).toEqual(["view", "page_leave"]);
    for (const [, stay_ms] of stays.values()) expect(stay_ms).toBeLessThan(1500);
  });
});

describe("start", () => {
  it("refuses to run twice on a page, and wrong options by name", async () => {
    await open();
    await expect(startIn(page, {})).rejects.toThrow("runs already");
    await kit("stop()");
    await expect(startIn(page, { shopper: "" })).rejects.toThrow("shopper");
    await startIn(page, {});
    await kit('action("favourite", {item: "1"})');
    await kit("flush()");
    expect(deeds()).toEqual(["favourite"]);
  });
});

describe("without the core", () => {
  it("raw samples go to the server, and the scene's probability is the score", async () => {
    const coupon = { scene: "coupon", target: "purchase_1h", low: 0.05, high: 0.6 };
    await open({ wasm: "/kit/", flushEveryMs: 1000, coupon });
    await until(async () => (await problems()).length > 0, "the package is refused");
    expect((await problems())[0]).toMatchObject({ code: "device" });
    await (await Finger.on(page)).tap(40, 20);
    await until(async () => (await kit("score()")) !== null, "a score comes");
    const score = { from: "server", version: "v1", probabilities: { purchase_1h: 0.3 } };
    expect(await kit("score()")).toMatchObject(score);
    expect(shop.hints[0]).toMatchObject({ shopper: "ann" });
    expect(shop.hints[0]).not.toHaveProperty("hint");
    expect(await page.evaluate("decisions")).toMatchObject([{ offer: true, score_from: "server", request_id: "r1" }]);
  });
});

describe.skipIf(devicePackage() === null)("with the core", () => {
  const coupon = { scene: "coupon", target: "purchase_1h", low: 0, high: 1, minIntervalMs: 1000 };

  it("scores on the device, sends swipes and taps, and asks for a coupon with a hint", async () => {
    shop.package = devicePackage();
    await open({ wasm: "/kit/", scoreEveryMs: 100, coupon });
    const finger = await Finger.on(page);
    await kit('page("detail", {item: "77"})');
    await finger.tap(40, 20);
    for (let i = 0; i < 3; ++i) await finger.swipe([200, 700], [200, 300], 200);
    await until(async () => (await page.evaluate("decisions.length")) as number > 0, "the scene decides");
    expect(await problems()).toEqual([]);
    const score = (await kit("score()")) as { from: string; version: string; probabilities: Record<string, number> };
    expect(score.from).toBe("device");
    expect(score.probabilities["purchase_1h"]).toBeGreaterThan(0);
    expect(score.probabilities["purchase_1h"]).toBeLessThan(1);
    const hint = (shop.hints[0] as { hint: Record<string, unknown> }).hint;
    expect(hint).toMatchObject({ model: "dipn", version: score.version, target: "purchase_1h" });
    expect(await kit("explain()")).toContainEqual(expect.objectContaining({ view: "swipe" }));
    await kit('page("feed")');
    await kit("flush()");
    const gestures = shop.events.filter(({ type }) => type === "gestures");
    expect(gestures.flatMap(({ swipes }) => swipes as number[][])).toHaveLength(3);
    const taps = gestures.flatMap(({ taps }) => taps as number[][]);
    expect(taps.map((tap) => tap.slice(3))).toEqual([[2, 4, 5]]);
    expect(shop.bodies.join()).not.toContain("samples");
  });

  it("fetches an unchanged package once", async () => {
    shop.package = devicePackage();
    for (let visit = 0; visit < 2; ++visit) {
      await open({ wasm: "/kit/" });
      await until(async () => (await kit("explain()")) !== null, "the core is there");
    }
    expect(shop.fetched).toBe(1);
  });

  it("goes on without it when the package is damaged", async () => {
    const bytes = Buffer.from(devicePackage()!);
    bytes.fill(7, bytes.length / 2, bytes.length / 2 + 64);
    shop.package = bytes;
    await open({ wasm: "/kit/" });
    await until(async () => (await problems()).length > 0, "the package is refused");
    expect((await problems())[0]).toMatchObject({ code: "device" });
    await (await Finger.on(page)).tap(40, 20);
    await kit("flush()");
    expect(told()[0]!.samples!.rows.length).toBeGreaterThan(1);
  });
});
