// What the programs of this folder that are timed share: a session on one thread, the tensors of a safetensors file,
// and rounds. A program says its logits as one JSON line; then it answers each line "round N" on standard input with
// one JSON line: the nanoseconds of N passes over all feeds, one number a session.run. Tensors are made beforehand, so
// only the run itself is timed.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import ort from 'onnxruntime-node';

export const openSession = (modelPath) =>
  ort.InferenceSession.create(modelPath, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
  });

// Tells visit(name, shape, value, metadata) of every tensor of that dtype (F32 or I32); value(i) is its i-th one.
export function eachTensor(path, dtype, visit) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + headerBytes).toString());
  for (const [name, tensor] of Object.entries(header)) {
    if (tensor.dtype !== dtype) continue;
    const begin = 8 + headerBytes + tensor.data_offsets[0];
    const value = dtype === 'F32' ? (i) => file.readFloatLE(begin + 4 * i) : (i) => file.readInt32LE(begin + 4 * i);
    visit(name, tensor.shape, value, header.__metadata__);
  }
}

export function tellLogits(logits) {
  console.log(JSON.stringify({ logits, version: ort.env.versions.node ?? ort.env.versions.common }));
}

export async function answerRounds(session, feeds) {
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
}
