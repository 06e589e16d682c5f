// transformers.js on a folder with model.onnx and tokenizer.json: texts in their order, 32 at once, mean pooled.
// Arguments: the folder, and a JSON file of texts. Each line on stdin encodes all texts once and answers with the seconds.
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { env, pipeline } from '@huggingface/transformers';

const [folder, textsFile] = process.argv.slice(2);
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const encode = await pipeline('feature-extraction', basename(folder), {
  dtype: 'fp32',
  device: 'cpu',
  subfolder: '',
  model_file_name: 'model',
});
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  for (let i = 0; i < texts.length; i += 32) await encode(texts.slice(i, i + 32), { pooling: 'mean' });
  console.log((performance.now() - start) / 1000);
}
process.exit(0);
