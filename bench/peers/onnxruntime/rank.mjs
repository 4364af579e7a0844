// node rank.mjs MODEL.onnx requests.safetensors: scores all requests of the file with a model of export_caam.py and
// says its logits as one JSON line, a row a request; then answers each line "round N" on standard input with one JSON
// line: the nanoseconds of N passes over all requests, one number a session.run. Tensors are made beforehand, so only
// the run itself is timed.
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [modelPath, requestsPath] = process.argv.slice(2);

// Tensors stand as [requests, rows, columns]; steps and triggers keep a side of 1 in front.
function readFeeds(path) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const feeds = [];
  for (const [name, tensor] of Object.entries(JSON.parse(file.subarray(8, 8 + headerBytes).toString()))) {
    if (tensor.dtype !== 'F32') continue;
    const { shape: [requests, rows, columns], data_offsets: [begin] } = tensor;
    const dims = name === 'steps' || name === 'triggers' ? [1, rows, columns] : [rows, columns];
    for (let i = 0; i < requests; ++i) {
      const values = new Float32Array(rows * columns);
      for (let k = 0; k < values.length; ++k) {
        values[k] = file.readFloatLE(8 + headerBytes + begin + 4 * (i * values.length + k));
      }
      (feeds[i] ??= {})[name] = new ort.Tensor('float32', values, dims);
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
const feeds = readFeeds(requestsPath);
const logits = [];
for (const feed of feeds) logits.push([...(await session.run(feed)).logits.data]);
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
