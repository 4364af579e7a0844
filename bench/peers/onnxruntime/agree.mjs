// node agree.mjs FOLDER: for each line "NAME" on standard input, runs FOLDER/NAME.onnx over the samples of
// FOLDER/NAME.safetensors and says one JSON line: the logits as one batch, the logits one by one without padding, the
// probabilities, and what the samples' "served" tensor holds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';

const folder = process.argv[2];
const arrays = { I64: BigInt64Array, F32: Float32Array };
const types = { I64: 'int64', F32: 'float32' };

function readTensors(path) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + headerBytes).toString());
  const tensors = {};
  for (const [name, { dtype, shape, data_offsets: place }] of Object.entries(header)) {
    if (!(dtype in arrays)) continue;
    const [begin, end] = place;
    const start = file.byteOffset + 8 + headerBytes + begin;
    const values = new arrays[dtype](file.buffer.slice(start, start + end - begin));
    tensors[name] = { type: types[dtype], values, shape };
  }
  return tensors;
}

// Rows `from` to `until`, and of those only the first `steps`, at least one.
function part({ type, values, shape }, from, until, steps) {
  const [, ...sides] = shape;
  const size = sides.reduce((product, side) => product * side, 1);
  if (sides.length < 2) return new ort.Tensor(type, values.slice(from * size, until * size), [until - from, ...sides]);
  const width = sides[1], kept = Math.max(1, Math.min(steps, sides[0]));
  const out = new BigInt64Array((until - from) * kept * width);
  for (let row = from; row < until; ++row) {
    const own = values.subarray(row * size, row * size + Math.min(kept, sides[0]) * width);
    out.set(own, (row - from) * kept * width);
  }
  return new ort.Tensor(type, out, [until - from, kept, width]);
}

const longest = (lengths) => Number(lengths.reduce((a, b) => (a > b ? a : b), 0n));

// Inputs of samples `from` to `until`: first over what lies before the window, from states of zeros, then over it.
async function run(session, tensors, from, until) {
  const views = session.inputNames.filter((name) => name.endsWith('_lengths')).map((name) => name.slice(0, -8));
  const feeds = (prefix, states) => {
    const all = { ...states };
    for (const view of views) {
      const lengths = tensors[`${view}${prefix}_lengths`].values.slice(from, until);
      all[`${view}_lengths`] = new ort.Tensor('int64', lengths, [until - from]);
      all[`${view}_ids`] = part(tensors[`${view}${prefix}_ids`], from, until, longest(lengths));
    }
    for (const name of ['numbers', 'ids']) {
      if (session.inputNames.includes(name)) all[name] = part(tensors[name], from, until);
    }
    return all;
  };
  const carried = {};
  for (const metadata of session.inputMetadata) {
    if (!/_(state|cell)$/.test(metadata.name)) continue;
    const hidden = metadata.shape[1];
    carried[metadata.name] =
      new ort.Tensor('float32', new Float32Array((until - from) * hidden), [until - from, hidden]);
  }
  const before = await session.run(feeds('_prefix', carried));
  for (const name of Object.keys(carried)) carried[name] = before[`${name}_after`];
  return session.run(feeds('', carried));
}

const rowsOf = ({ data, dims: [rows, columns] }) =>
  Array.from({ length: rows }, (_, row) => [...data.slice(row * columns, (row + 1) * columns)]);

console.log(JSON.stringify({ version: ort.env.versions.node ?? ort.env.versions.common }));
for await (const name of createInterface({ input: process.stdin })) {
  const session = await ort.InferenceSession.create(join(folder, `${name}.onnx`), { intraOpNumThreads: 1 });
  const tensors = readTensors(join(folder, `${name}.safetensors`));
  const { values, shape: dims } = tensors.served;
  const batch = await run(session, tensors, 0, dims[0]);
  const alone = [];
  for (let i = 0; i < dims[0]; ++i) alone.push(...rowsOf((await run(session, tensors, i, i + 1)).logits));
  console.log(JSON.stringify({
    batch: rowsOf(batch.logits), alone, probabilities: rowsOf(batch.probabilities), served: rowsOf({ data: values, dims }),
  }));
  await session.release();
}
