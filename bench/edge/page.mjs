// In the page: one side's load to its first score, then the time of an event, one record and one score. Called once a
// page, so that every round starts anew.  runs(side, settings) -> {load_ms, event_us, probability}

const now = () => performance.now();
const stepsUntilCompiled = 400;

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

// `step(i)` many times, in turns that are long enough for the clock. Before them as often as it takes until the browser
// runs compiled code everywhere: onnxruntime-web's first two hundred runs take three to ten times as long as its later ones.
async function eventTime(step, turns, each) {
  for (let i = 0; i < stepsUntilCompiled; ++i) await step(i);
  const times = [];
  for (let turn = 0; turn < turns; ++turn) {
    const start = now();
    for (let i = 0; i < each; ++i) await step(stepsUntilCompiled + turn * each + i);
    times.push((now() - start) / each * 1000);
  }
  return median(times);
}

function action(count, at) {
  return JSON.stringify({ type: "action", id: "e" + count, ts_ms: at, shopper: "ann", action: "view", item: "item-" +
    count % 40, category: ["Beauty", "Hair dryers"], page: "detail", stay_ms: 900 + count });
}

function swipe(count, at) {
  const view = new DataView(new ArrayBuffer(96));
  for (let row = 0; row < 3; ++row) {
    view.setFloat64(row * 32, at + row * 20, true);
    view.setFloat32(row * 32 + 8, 200 + row, true);
    view.setFloat32(row * 32 + 12, 700 - row * (80 + count % 50), true);
    view.setInt16(row * 32 + 20, count % 4, true);
    view.setUint8(row * 32 + 28, [1, 0, 2][row]);
  }
  return new Uint8Array(view.buffer);
}

async function edge({ turns, each, records }) {
  const start = now();
  const { loadEdge } = await import("/edge/loader.mjs");
  const bytes = await (await fetch("/edge/package")).arrayBuffer();
  const device = await loadEdge({ simd: new URL("/edge/simd.wasm", location.href),
    plain: new URL("/edge/plain.wasm", location.href) }, bytes);
  device.screen(390, 844);
  let at = 1700000000000, count = 0;
  device.event(action(count++, at));
  device.score(at);
  const loadMs = now() - start;
  for (; count < records; ++count) {  // full windows, as the rival has them
    if (count % 2) device.event(action(count, at += 700));
    else device.samples(swipe(count, at += 700));
  }
  let probability = 0;
  const eventUs = await eventTime((i) => {
    device.event(action(count + i, at += 700));
    probability = device.score(at)[0];
  }, turns, each);
  return { load_ms: loadMs, event_us: eventUs, probability };
}

async function rival({ turns, each, threads, inputs }) {
  const start = now();
  const ort = await import("/ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = "/ort/";
  const model = new Uint8Array(await (await fetch("/ort/model.onnx")).arrayBuffer());
  const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: "all" });
  const feeds = {};
  for (const { name, type, shape, value } of inputs) {
    const size = shape.reduce((product, side) => product * side, 1);
    const data = type === "int64" ? new BigInt64Array(size).fill(BigInt(value)) : new Float32Array(size).fill(value);
    feeds[name] = new ort.Tensor(type, data, shape);
  }
  let probability = 0;
  const step = async () => {
    const answer = await session.run(feeds, ["probabilities"]);
    probability = answer.probabilities.data[0];
  };
  await step();
  const loadMs = now() - start;
  return { load_ms: loadMs, event_us: await eventTime(step, turns, each), probability };
}

export async function runs(side, settings) {
  if (!crossOriginIsolated) throw new Error("the page is not cross-origin isolated");
  return side === "edge" ? edge(settings) : rival(settings);
}
