// node rank.mjs MODEL.onnx requests.safetensors: scores all requests of the file with a model of export_caam.py and
// says its logits, a row a request; then answers rounds (rounds.mjs).
import ort from 'onnxruntime-node';
import { answerRounds, eachTensor, openSession, tellLogits } from './rounds.mjs';

const [modelPath, requestsPath] = process.argv.slice(2);

// Tensors stand as [requests, rows, columns]; steps and triggers keep a side of 1 in front.
function readFeeds(path) {
  const feeds = [];
  eachTensor(path, 'F32', (name, [requests, rows, columns], value) => {
    const dims = name === 'steps' || name === 'triggers' ? [1, rows, columns] : [rows, columns];
    const size = rows * columns;
    for (let i = 0; i < requests; ++i) {
      const values = Float32Array.from({ length: size }, (_, k) => value(i * size + k));
      (feeds[i] ??= {})[name] = new ort.Tensor('float32', values, dims);
    }
  });
  return feeds;
}

const session = await openSession(modelPath);
const feeds = readFeeds(requestsPath);
const logits = [];
for (const feed of feeds) logits.push([...(await session.run(feed)).logits.data]);
tellLogits(logits);
await answerRounds(session, feeds);
