// node serve.mjs MODEL.onnx inputs.safetensors STYLE [batch]: says its logits as one JSON line, then answers each line
// "round N" on standard input with one JSON line: the nanoseconds of N passes over all inputs, one number a
// session.run. Tensors are made beforehand, so only the run itself is timed. With "batch" one run takes all inputs.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';

const [modelPath, inputsPath, style, together] = process.argv.slice(2);

// The same ids as ours; the tuned model has one table a view, so there each feature's are moved behind those of the
// features before it.
function readFeeds(path) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + headerBytes).toString());
  const offset = style === 'tuned' ? Number(header.__metadata__.vocabulary) : 0;
  const feeds = [];
  for (const [name, tensor] of Object.entries(header)) {
    if (tensor.dtype !== 'I32') continue;
    const { shape, data_offsets: [begin] } = tensor;
    const [inputs, steps, features] = shape;
    const batch = together === 'batch' ? inputs : 1;
    for (let i = 0; i < inputs / batch; ++i) {
      const ids = new BigInt64Array(batch * steps * features);
      for (let k = 0; k < ids.length; ++k) {
        const id = file.readInt32LE(8 + headerBytes + begin + 4 * (i * ids.length + k));
        ids[k] = BigInt(id + (k % features) * offset);
      }
      const shape = together === 'batch' ? [batch, steps, features] : [steps, features];
      (feeds[i] ??= {})[name] = new ort.Tensor('int64', ids, shape);
    }
  }
  return feeds;
}

const session = await ort.InferenceSession.create(modelPath, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableCpuMemArena: true,
  enableMemPattern: true,
});
const feeds = readFeeds(inputsPath);
const logits = [];
for (const feed of feeds) {
  const { data, dims: [rows, columns] } = (await session.run(feed)).logits;
  for (let row = 0; row < rows; ++row) logits.push([...data.slice(row * columns, (row + 1) * columns)]);
}
console.log(JSON.stringify({ logits, version: ort.env.versions.node ?? ort.env.versions.common }));

for await (const line of createInterface({ input: process.stdin })) {
  const [command, count] = line.split(' ');
  const passes = Number(count);
  if (command !== 'round' || !(passes > 0)) throw new Error(`expected "round N", found "${line}"`);
  const ns = [];
  for (let pass = 0; pass < passes; ++pass) {
    for (const feed of feeds) {
      const start = process.hrtime.bigint();
      await session.run(feed);
      ns.push(Number(process.hrtime.bigint() - start));
    }
  }
  console.log(JSON.stringify({ ns }));
}
