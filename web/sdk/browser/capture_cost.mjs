// What capturing costs a page: turns of swipes with the kit and without it, one after the other in the same page. For
// bench/figures/sdk-capture-cost:  node capture_cost.mjs TURNS TURN_MS
// Prints one JSON object: for each turn its frames, dropped frames, long tasks, and the time that the kit took.
import { Finger, launch, newPhone, pause } from "./phone.mjs";
import { ShopServer, devicePackage } from "./shop_server.mjs";

const [turns, turnMs] = process.argv.slice(2, 4).map(Number);
const deviceBytes = devicePackage();
const hasCore = deviceBytes !== null;

// In the page, before anything else: what the kit is called back for is put between two looks at the clock.
const instruments = `(() => {
  const most = 100000;
  const listenerMs = new Float64Array(most), workFrom = new Float64Array(most), workMs = new Float64Array(most);
  let heard = 0, worked = 0, frames = [], tasks = [];
  const timed = (call, starts, lasts, next) => function (...given) {
    const from = performance.now();
    try { return call.apply(this, given); } finally {
      const at = Math.min(next(), most - 1);
      if (starts) starts[at] = from;
      lasts[at] = performance.now() - from;
    }
  };
  const pointers = /^(touch|pointer|wheel)/;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const wrapped = new Map();
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (pointers.test(type)) {
      const around = timed(listener, null, listenerMs, () => heard++);
      wrapped.set(listener, around);
      listener = around;
    }
    return addEventListener.call(this, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    return removeEventListener.call(this, type, wrapped.get(listener) ?? listener, options);
  };
  for (const name of ["requestIdleCallback", "setTimeout"]) {
    const original = globalThis[name];
    globalThis[name] = (call, ...rest) => original.call(globalThis,
      typeof call === "function" ? timed(call, workFrom, workMs, () => worked++) : call, ...rest);
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push([startTime, duration]);
  }).observe({ type: "longtask" });
  const frame = (ms) => { frames.push(ms); requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  globalThis.measured = {
    begin() { heard = worked = 0; frames = []; tasks = []; },
    end() {
      const within = (from, to) => {
        let ms = 0;
        for (let i = 0; i < worked; ++i) if (workFrom[i] >= from && workFrom[i] <= to) ms += workMs[i];
        return ms;
      };
      return {
        listener_ms: [...listenerMs.subarray(0, heard)], work_ms: [...workMs.subarray(0, worked)], frames,
        long_tasks: tasks.map(([from, lasts]) => ({ ms: lasts, kit_ms: within(from, from + lasts) })),
      };
    },
  };
})()`;

async function swipes(finger, forMs) {
  const end = performance.now() + forMs;
  for (let i = 0; performance.now() < end; ++i) {
    const up = i % 4 !== 3; // three down the page, one back
    await finger.swipe([200, up ? 700 : 250], [210, up ? 250 : 700], 240);
    await pause(120);
    if (i % 5 === 4) await finger.tap(60, 400);
  }
}

async function startKit(page, wasm) {
  await page.evaluate(`(async () => {
    const { start } = await import("/kit/inkling-sdk.js");
    globalThis.problems = [];
    globalThis.scores = 0;
    globalThis.kit = await start({
      server: "", shopper: "ann", consent: "granted", wasm: "${wasm}", pages: ["home", "feed"], flushEveryMs: 2000,
      onProblem: (problem) => problems.push(problem), onScore: () => ++scores,
    });
    kit.page("feed");
  })()`);
  if (wasm) await page.waitForFunction("kit.explain() !== null || problems.length > 0");
}

async function turn(page, finger, withKit, wasm) {
  await page.evaluate("scrollTo(0, 0); measured.begin()");
  if (withKit) await startKit(page, wasm);
  const start = await page.evaluate("measured.end()");
  await page.evaluate("measured.begin()");
  await swipes(finger, turnMs);
  const result = await page.evaluate("measured.end()");
  const told = withKit ? await page.evaluate("({problems, scores})") : { problems: [], scores: 0 };
  if (withKit) await page.evaluate("kit.stop()");
  return { with_kit: withKit, start_long_tasks: start.long_tasks, ...result, ...told };
}

const shop = await new ShopServer().listen();
shop.package = deviceBytes;
const browser = await launch();
try {
  const page = await (await newPhone(browser)).newPage();
  await page.addInitScript(instruments);
  await page.goto(shop.url);
  const finger = await Finger.on(page);
  const isolated = await page.evaluate("crossOriginIsolated");
  await swipes(finger, 1000); // warms both sides
  const results = [];
  for (let i = 0; i < turns; ++i) {
    for (const withKit of i % 2 === 0 ? [false, true] : [true, false]) {
      results.push(await turn(page, finger, withKit, hasCore ? "/kit/" : ""));
    }
  }
  const events = shop.events.length;
  console.log(JSON.stringify({ isolated, core: hasCore, package_bytes: deviceBytes?.length, browser: browser.version(), events, turns: results }));
} finally {
  await browser.close();
  await shop.close();
}
