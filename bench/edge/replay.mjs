// As bench/edge_replay.cpp, over a wasm build:  node replay.mjs CORE.wasm PACKAGE LOADER.mjs < steps.jsonl
import { readFileSync } from "node:fs";
import { compileLoader } from "./load.mjs";

const [core, packageFile, loader] = process.argv.slice(2);
const { loadEdge } = await compileLoader(loader);
const wasm = readFileSync(core);
const bytes = readFileSync(packageFile);
const edge = await loadEdge({ simd: wasm, plain: wasm }, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));

function packed(rows) {
  const view = new DataView(new ArrayBuffer(rows.length * 32));
  rows.forEach(([at, phase, pointer, id, x, y, ...context], row) => {
    const start = row * 32;
    view.setFloat64(start, at, true);
    view.setFloat32(start + 8, x, true);
    view.setFloat32(start + 12, y, true);
    view.setInt32(start + 16, id, true);
    context.forEach((value, i) => view.setInt16(start + 20 + 2 * i, value, true));
    view.setUint8(start + 28, phase);
    view.setUint8(start + 29, pointer);
  });
  return new Uint8Array(view.buffer);
}

for (const line of readFileSync(0, "utf8").split("\n")) {
  if (line === "") continue;
  const step = JSON.parse(line);
  if (step.screen) edge.screen(...step.screen);
  else if (step.samples) edge.samples(packed(step.samples));
  else if (step.event) edge.event(JSON.stringify(step.event));
  else if (step.take) console.log(JSON.stringify(edge.takeGestures()));
  else console.log(JSON.stringify([...edge.score(step.score)]));
}
edge.free();
