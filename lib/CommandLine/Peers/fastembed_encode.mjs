// fastembed-js on a folder with model.onnx and tokenizer.json: texts in their order, 32 at once, padded as it pads: to the tokenizer's limit.
// Arguments: the folder, and a JSON file of texts. Each line on stdin encodes all texts once and answers with the seconds.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { EmbeddingModel, FlagEmbedding } from 'fastembed';

const [folder, textsFile] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const model = await FlagEmbedding.init({
  model: EmbeddingModel.CUSTOM,
  modelAbsoluteDirPath: folder,
  modelName: 'model.onnx',
});
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  for await (const batch of model.embed(texts, 32)) if (batch.length === 0) throw new Error('no vectors');
  console.log((performance.now() - start) / 1000);
}
process.exit(0);
