import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeBrowser, FakeEdge, FakeServer, controlled, finger, touch } from "./for_test.js";
import { Kit } from "./kit.js";
import { settingsOf } from "./settings.js";
import type { CouponDecision, Options, Problem, Score } from "./types.js";

const at = "https://shop.example/";

function kit(options: Partial<Options> = {}, prepare: (browser: FakeBrowser) => void = () => undefined) {
  const browser = new FakeBrowser();
  prepare(browser);
  const server = new FakeServer();
  vi.stubGlobal("fetch", server.fetch);
  const problems: Problem[] = [];
  const scores: Score[] = [];
  const decisions: CouponDecision[] = [];
  const settings = settingsOf({
    server: "", shopper: "ann", session: "s1", consent: "granted", pages: ["home", "feed", "detail"],
    onProblem: (problem) => problems.push(problem),
    onScore: (score) => scores.push(score),
    onCoupon: (decision) => decisions.push(decision),
    ...options,
  }, at, at);
  const handle = new Kit(settings, browser);
  const tap = (control = "0") => {
    const stamp = performance.now();
    browser.window.fire("touchstart", { ...touch(stamp, finger(0, 9, 9)), target: controlled(control) });
    browser.window.fire("touchend", touch(stamp, finger(0, 9, 9)));
  };
  const deeds = () => server.events.map((event) => event.action ?? event.type);
  return { handle, browser, server, problems, scores, decisions, tap, deeds, edge: browser.edge as FakeEdge };
}
// Lets promises that are settled already run.
const settle = () => vi.advanceTimersByTimeAsync(0);

const clocks = ["setTimeout", "clearTimeout", "Date", "performance"] as const;
beforeEach(() => void vi.useFakeTimers({ now: 1.7e12, toFake: [...clocks] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("Consent", () => {
  const notGranted = ["ask", "denied", undefined] as "ask"[];
  it.each(notGranted)("%s: nothing is listened to, stored, loaded or sent", async (consent) => {
    const { handle, browser, server, tap } = kit({ consent });
    handle.page("detail", { item: "77" });
    handle.action("cart_add", { item: "77" });
    handle.search("shoes");
    tap();
    browser.idle();
    await handle.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(handle.score()).toBeNull();
    expect(browser.window.count() + browser.document.count()).toBe(0);
    expect([server.urls, browser.loads, await browser.store.first()]).toEqual([[], 0, null]);
  });

  it("granted later: the page that is open is entered then", async () => {
    const { handle, deeds } = kit({ consent: "ask", wasm: "" });
    handle.page("detail", { item: "77" });
    handle.setConsent("granted");
    handle.setConsent("granted");
    await vi.advanceTimersByTimeAsync(3000);
    handle.page("feed");
    await handle.flush();
    expect(deeds()).toEqual(["view"]);
  });

  it("withdrawn: listeners, waiting events and the core are gone, and nothing is sent any more", async () => {
    const { handle, browser, server, tap, edge } = kit();
    await settle();
    server.offline = true;
    handle.action("cart_add", { item: "77" });
    await handle.flush();
    tap();
    expect(await browser.store.first()).not.toBeNull();
    handle.setConsent("denied");
    server.offline = false;
    const before = server.urls.length;
    tap();
    handle.page("feed");
    browser.idle();
    await handle.flush();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(browser.window.count() + browser.document.count()).toBe(0);
    expect(await browser.store.first()).toBeNull();
    expect(browser.storage).toEqual(["open", "forget"]);
    expect(edge.freed).toBe(1);
    expect(server.urls.slice(before)).toEqual([]);
  });

  it.each([true, false])("granted again after that: begins anew (some time later: %s)", async (later) => {
    const { handle, deeds, browser } = kit({ wasm: "" });
    handle.setConsent("denied");
    if (later) await settle();
    handle.setConsent("granted");
    await settle();
    expect(browser.storage).toEqual(["open", "forget", "open"]);
    handle.action("favourite", { item: "1" });
    await handle.flush();
    expect(deeds()).toEqual(["favourite"]);
  });
});

describe("Kit on a device with the core", () => {
  it("sends gestures before the page event that follows them, as the core folded them", async () => {
    const { handle, browser, server, tap, deeds, edge } = kit();
    handle.page("detail", { item: "77", category: ["Shoes"] });
    tap("4 7");
    await settle();
    tap();
    await vi.advanceTimersByTimeAsync(2000);
    handle.page("feed");
    browser.idle();
    await handle.flush();
    expect(deeds()).toEqual(["gestures", "view"]);
    expect(edge.folded).toEqual(["gesture", "gesture", "view"]);
    expect(server.events[0]!.taps![0]!.slice(3)).toEqual([2, 4, 7]);
    expect(server.events[1]).toMatchObject({ item: "77", page: "detail", stay_ms: 2000, session: "s1" });
    expect(edge.screens).toEqual([[400, 800]]);
  });

  it("scores after something new, at most as often as wanted", async () => {
    const { browser, scores, tap, handle } = kit({ scoreEveryMs: 500 });
    await settle();
    browser.idle();
    const first = scores.length;
    for (let i = 0; i < 50; ++i) {
      tap();
      browser.idle();
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(scores.length - first).toBeLessThanOrEqual(3);
    expect(scores.length - first).toBeGreaterThanOrEqual(2);
    await vi.advanceTimersByTimeAsync(60_000);
    const after = scores.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(scores.length).toBe(after);
    expect(handle.score()).toMatchObject({ version: "v3", from: "device" });
    expect(handle.score()!.probabilities["purchase_1h"]).toBeCloseTo(0.01);
  });

  it("asks for a coupon once each time that the score enters the band", async () => {
    const coupon = { scene: "coupon", target: "purchase_1h", low: 0.1, high: 0.6, minIntervalMs: 1000 };
    const { browser, server, decisions, tap, edge } = kit({ coupon });
    await settle();
    for (const probability of [0.05, 0.2, 0.3, 0.9, 0.3, 0.05, 0.3]) {
      edge.probability = probability;
      tap();
      browser.idle();
      await vi.advanceTimersByTimeAsync(1500);
    }
    expect(server.scenes).toHaveLength(3);
    expect(server.scenes[0]).toEqual({
      shopper: "ann", session: "s1",
      hint: { model: "dipn", version: "v3", session: "s1", target: "purchase_1h", probability: expect.closeTo(0.2, 5),
        gestures: 2 },
    });
    expect(decisions).toHaveLength(3);
    expect(decisions[0]).toMatchObject({ offer: true, request_id: "r1" });
    const order = server.urls.filter((url) => !url.includes("models"));
    expect(order.indexOf("/v1/events")).toBeLessThan(order.indexOf("/v1/scenes/coupon"));
  });

  it("never asks more often than the interval, and then only if the score is still inside", async () => {
    const coupon = { scene: "coupon", target: "purchase_1h", low: 0.1, high: 0.6, minIntervalMs: 30_000 };
    const { browser, server, tap, edge } = kit({ coupon });
    await settle();
    for (let i = 0; i < 20; ++i) {
      edge.probability = i % 2 === 0 ? 0.3 : 0.01;
      tap();
      browser.idle();
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(server.scenes).toHaveLength(1);
  });

  it("asks again when a question got no answer", async () => {
    const coupon = { scene: "coupon", target: "purchase_1h", low: 0.1, high: 0.6, minIntervalMs: 5000 };
    const { browser, server, tap, edge, decisions } = kit({ coupon });
    await settle();
    edge.probability = 0.3;
    server.offline = true;
    tap();
    browser.idle();
    await vi.advanceTimersByTimeAsync(4000);
    server.offline = false;
    tap();
    browser.idle();
    await vi.advanceTimersByTimeAsync(500);
    expect(decisions).toEqual([]);
    await vi.advanceTimersByTimeAsync(3000);
    tap();
    browser.idle();
    await vi.advanceTimersByTimeAsync(500);
    expect(decisions).toHaveLength(1);
  });

  it("goes on with raw samples when the core breaks", async () => {
    const { handle, browser, server, tap, edge, problems } = kit();
    await settle();
    edge.fails = new Error("unreachable executed");
    tap();
    browser.idle();
    tap();
    browser.idle();
    await handle.flush();
    expect(problems.map(({ code }) => code)).toEqual(["device"]);
    expect(edge.freed).toBe(1);
    expect(server.events[0]!.samples!.rows).toHaveLength(2);
    expect(server.events[0]!.samples!.screen).toEqual([400, 800]);
  });

  it("explains the score while there is one on the device", async () => {
    const { handle } = kit();
    expect(handle.explain()).toBeNull();
    await settle();
    expect(handle.explain()).toEqual([{ view: "tap", rows: 1, intra: [1], inter: [] }]);
  });
});

describe("Kit without the core", () => {
  const coupon = { scene: "coupon", target: "purchase_1h", low: 0.1, high: 0.6 };

  it("sends raw samples and takes the server's score", async () => {
    const { browser, server, tap, scores, decisions, handle } = kit({ wasm: "", coupon });
    tap();
    browser.idle();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.events[0]).toMatchObject({ type: "gestures", samples: { screen: [400, 800] } });
    expect(server.scenes).toEqual([{ shopper: "ann", session: "s1" }]);
    expect(scores).toMatchObject([{ version: "v2", from: "server", probabilities: { purchase_1h: 0.3 } }]);
    expect(handle.score()).toMatchObject({ from: "server" });
    expect(decisions).toHaveLength(1);
    expect(handle.explain()).toBeNull();
    expect(browser.loads).toBe(0);
  });

  it("does so when the core cannot be loaded, and says why", async () => {
    const { browser, server, tap, problems } = kit({}, (fake) => (fake.edge = new Error("no wasm here")));
    tap();
    await settle();
    browser.idle();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(problems).toEqual([{ code: "device", message: "no score on this device: no wasm here" }]);
    expect(server.events[0]!.samples!.rows).toHaveLength(2);
  });

  it("does not wait for a core that never comes, and takes it when it does", async () => {
    let arrive: (edge: FakeEdge) => void = () => undefined;
    const edge = new FakeEdge();
    const { browser, server, tap, handle } = kit({}, (fake) => {
      fake.loadEdge = () => new Promise((resolve) => (arrive = resolve));
    });
    tap();
    browser.idle();
    await vi.advanceTimersByTimeAsync(9000);
    expect(server.events).toEqual([]);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(server.events[0]!.samples!.rows).toHaveLength(2);
    arrive(edge);
    await settle();
    tap();
    browser.idle();
    await handle.flush();
    expect(server.events.at(-1)!.taps).toHaveLength(1);
  });
});

describe("Kit in a page's life", () => {
  it("hands everything to a beacon and to the storage when the page goes away", async () => {
    const beacons: string[] = [];
    const blobs: Promise<unknown>[] = [];
    const sendBeacon = (_url: string, blob: Blob) => {
      blobs.push(blob.text().then((text) => beacons.push(...text.split("\n"))));
      return true;
    };
    vi.stubGlobal("navigator", { sendBeacon, onLine: true });
    const { handle, browser, tap } = kit({ wasm: "" });
    handle.page("detail", { item: "77" });
    tap();
    await vi.advanceTimersByTimeAsync(1500);
    browser.isVisible = false;
    browser.document.fire("visibilitychange");
    browser.window.fire("pagehide");
    await settle();
    await Promise.all(blobs);
    const told = beacons.map((line) => JSON.parse(line) as { action?: string; type: string; stay_ms?: number });
    expect(told.map((event) => event.action ?? event.type)).toEqual(["gestures", "view"]);
    expect(told[1]!.stay_ms).toBe(1500);
    expect((await browser.store.first())!.lines).toHaveLength(2);
  });

  it("sends the same ids again, so that the server counts once", async () => {
    const sendBeacon = () => true;
    vi.stubGlobal("navigator", { sendBeacon, onLine: true });
    const { handle, browser, server } = kit({ wasm: "" });
    server.offline = true;
    handle.action("favourite", { item: "1" });
    browser.document.fire("freeze");
    await settle();
    const stored = (await browser.store.first())!.lines;
    server.offline = false;
    await handle.flush();
    expect(server.events.map(({ id }) => id)).toEqual(stored.map((line) => (JSON.parse(line) as { id: string }).id));
  });

  it("tells the new screen after a rotation, but not when an address bar slides away", async () => {
    const { browser, tap, handle, server } = kit({ wasm: "" });
    tap();
    browser.size = [400, 744];
    browser.window.fire("resize");
    tap();
    browser.size = [800, 400];
    browser.window.fire("resize");
    tap();
    browser.idle();
    await handle.flush();
    expect(server.events.map((event) => [event.samples!.screen, event.samples!.rows.length])).toEqual(
      [[[400, 800], 4], [[800, 400], 2]]);
  });

  it("survives thousands of pointer events between two idle moments", async () => {
    const { browser, problems, handle } = kit();
    await settle();
    for (let i = 0; i < 20_000; ++i) {
      browser.window.fire("touchstart", touch(performance.now(), finger(i, i, -i)));
    }
    browser.idle();
    await handle.flush();
    expect(problems.map(({ code }) => code)).toEqual(["samples_lost"]);
  });

  it("reads in pieces that no frame waits for", async () => {
    const { browser, edge, handle } = kit();
    await settle();
    browser.idle();
    const samples = edge.samples.bind(edge);
    let longest = 0;
    edge.samples = (packed) => {
      vi.advanceTimersByTime(3);
      samples(packed);
    };
    for (let i = 0; i < 3000; ++i) browser.window.fire("touchstart", touch(performance.now(), finger(i, i, i)));
    for (let moment = 0; moment < 100 && edge.seen.length < 3000; ++moment) {
      const from = performance.now();
      browser.idleOnce();
      longest = Math.max(longest, performance.now() - from);
    }
    expect(edge.seen.length).toBe(3000);
    expect(longest).toBeLessThan(10);
    await handle.stop();
  });

  it("tells a wrong call and goes on", async () => {
    const { handle, problems, deeds } = kit({ wasm: "" });
    handle.action("buy" as "purchase");
    handle.action("cart_add", { item: 5 as unknown as string });
    handle.action("cart_add", { item: "5" });
    await handle.flush();
    expect(problems.map(({ code }) => code)).toEqual(["bad_call", "bad_call"]);
    expect(deeds()).toEqual(["cart_add"]);
  });

  it("stops with everything sent and nothing left listening", async () => {
    const { handle, browser, tap, deeds } = kit();
    await settle();
    handle.page("feed");
    tap();
    await vi.advanceTimersByTimeAsync(600);
    await handle.stop();
    await handle.stop();
    handle.action("favourite", { item: "1" });
    expect(deeds()).toEqual(["gestures", "page_leave"]);
    expect(browser.window.count() + browser.document.count()).toBe(0);
  });

  it("is not stopped by a callback that throws", async () => {
    const onScore = vi.fn(() => {
      throw new Error("the application's own");
    });
    const { browser, tap, handle, deeds } = kit({ onScore });
    await settle();
    tap();
    browser.idle();
    expect(onScore).toHaveBeenCalled();
    expect(() => vi.runAllTimers()).toThrow("the application's own");
    handle.action("favourite", { item: "1" });
    await handle.flush();
    expect(deeds()).toContain("favourite");
  });
});

describe("settingsOf", () => {
  it.each([
    [{ shopper: "" }, "shopper"], [{ server: 5 }, "server"], [{ consent: "yes" }, "consent"],
    [{ precision: "int4" }, '"int4" does not exist; expected one of int8 fp16 float'],
    [{ coupon: { low: 0.6, high: 0.1 } }, "band"], [{ flushEveryMs: 1 }, "flushEveryMs"],
    [{ scoreEveryMs: NaN }, "scoreEveryMs"],
  ])("refuses %j by the name of what is wrong", (wrong, name) => {
    expect(() => settingsOf({ server: "", shopper: "ann", ...wrong } as Options, at, at)).toThrow(name);
  });

  it("finds the core beside the module, in a folder of the page, or nowhere", () => {
    const folder = (wasm?: string) =>
      settingsOf({ server: "", shopper: "a", ...(wasm !== undefined && { wasm }) }, `${at}js/kit.js`, at).wasmFolder;
    expect(String(folder())).toBe(`${at}js/`);
    expect(String(folder("/core"))).toBe(`${at}core/`);
    expect(folder("")).toBeNull();
  });
});
