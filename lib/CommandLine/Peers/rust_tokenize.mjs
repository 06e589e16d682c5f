// The Rust tokenizers through their Node binding, one text at a time.
// Arguments: a folder with tokenizer.json, and a JSON file of texts. Each line on stdin tokenises all texts once and answers with the seconds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Tokenizer } from '@anush008/tokenizers';

const [folder, textsFile] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, 'utf8'));
const tokenizer = Tokenizer.fromFile(join(folder, 'tokenizer.json'));
console.log('ready');
for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  let tokens = 0;
  for (const text of texts) tokens += (await tokenizer.encode(text)).getIds().length;
  if (tokens === 0) throw new Error('no tokens');
  console.log((performance.now() - start) / 1000);
}
process.exit(0);
