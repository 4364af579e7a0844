// node serve.mjs MODEL.onnx inputs.safetensors STYLE [batch]: says its logits, then answers rounds (rounds.mjs). With
// "batch" one run takes all inputs.
import ort from 'onnxruntime-node';
import { answerRounds, eachTensor, openSession, tellLogits } from './rounds.mjs';

const [modelPath, inputsPath, style, together] = process.argv.slice(2);

// The same ids as ours; the tuned model has one table a view, so there each feature's are moved behind those of the
// features before it.
function readFeeds(path) {
  const feeds = [];
  eachTensor(path, 'I32', (name, [inputs, steps, features], value, metadata) => {
    const offset = style === 'tuned' ? Number(metadata.vocabulary) : 0;
    const batch = together === 'batch' ? inputs : 1;
    const size = batch * steps * features;
    const dims = together === 'batch' ? [batch, steps, features] : [steps, features];
    for (let i = 0; i < inputs / batch; ++i) {
      const ids = BigInt64Array.from({ length: size }, (_, k) => BigInt(value(i * size + k) + (k % features) * offset));
      (feeds[i] ??= {})[name] = new ort.Tensor('int64', ids, dims);
    }
  });
  return feeds;
}

const session = await openSession(modelPath);
const feeds = readFeeds(inputsPath);
const logits = [];
for (const feed of feeds) {
  const { data, dims: [rows, columns] } = (await session.run(feed)).logits;
  for (let row = 0; row < rows; ++row) logits.push([...data.slice(row * columns, (row + 1) * columns)]);
}
tellLogits(logits);
await answerRounds(session, feeds);
