// Brings files of one npm package into a folder: downloads the pinned version through the user's own npm settings,
// verifies its integrity hash, and keeps only what is named. Nothing of the package is ever executed.
//
//   node npm-package.mjs --package NAME --version V --integrity sha512-... --output FOLDER --keep PATH [--keep PATH ...]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    package: { type: 'string' },
    version: { type: 'string' },
    integrity: { type: 'string' },
    output: { type: 'string' },
    keep: { type: 'string', multiple: true },
  },
});
const name = `${options.package} ${options.version}`;
const complete = join(options.output, '.complete');
const wanted = [options.integrity, ...options.keep].join(';');
const isComplete = () => existsSync(complete) && readFileSync(complete, 'utf8') === wanted;
if (isComplete()) process.exit(0);

mkdirSync(dirname(options.output), { recursive: true });
const work = mkdtempSync(`${options.output}.part-`);
try {
  const tarball = await download();
  await verify(tarball);
  unpack(tarball);
  publish();
  console.log(`npm: ${name}: ready`);
} catch (error) {
  console.error(`error : ${name}: ${error.message}`); // the form that a build shows as its own error
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function download() {
  const windows = process.platform === 'win32';
  const npm = windows ? 'npm.cmd' : 'npm'; // a .cmd file needs a shell; every argument is ours
  const run = { shell: windows, stdio: ['ignore', 'ignore', 'pipe'], cwd: work };
  const cache = spawnSync(npm, ['config', 'get', 'cache'], { shell: windows, encoding: 'utf8' });
  if (cache.error || cache.status !== 0) throw new Error('npm did not answer; install Node.js 20 or later with npm');
  console.log(`npm: ${name}: downloading`);
  const started = Date.now();
  const temporary = join(cache.stdout.trim(), '_cacache', 'tmp');
  const timer = setInterval(() => {
    const bytes = newestFile(temporary, started);
    if (bytes > 1 << 20) console.log(`npm: ${name}: ${(bytes / 1e6).toFixed(0)} MB`);
  }, 2000);
  let said = '';
  const code = await new Promise((resolve, reject) => {
    const child = spawn(npm, ['pack', `${options.package}@${options.version}`, '--ignore-scripts', '--prefer-offline', '--loglevel=error'], run);
    child.stderr.on('data', text => (said += text));
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => clearInterval(timer));
  const tarball = readdirSync(work).find(file => file.endsWith('.tgz'));
  if (code !== 0 || !tarball) {
    const reason = said.split('\n').map(line => line.replace(/^npm (error|ERR!)\s*/, '').trim()).filter(line => line && !line.startsWith('A complete log'));
    throw new Error(`npm could not download it (${reason.slice(0, 2).join(' ') || `exit code ${code}`}); a network is needed once`);
  }
  return join(work, tarball);
}

/** The size of the file that npm is writing now: its cache's temporary file, touched since the download began. */
function newestFile(folder, since) {
  try {
    const sizes = readdirSync(folder).map(file => statSync(join(folder, file))).filter(file => file.isFile() && file.mtimeMs >= since);
    return Math.max(0, ...sizes.map(file => file.size));
  } catch {
    return 0; // the file was moved to its place meanwhile
  }
}

async function verify(tarball) {
  const [algorithm, expected] = [options.integrity.slice(0, options.integrity.indexOf('-')), options.integrity.slice(options.integrity.indexOf('-') + 1)];
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(tarball)) hash.update(chunk);
  const found = hash.digest('base64');
  if (found !== expected) throw new Error(`the downloaded file is not the one that was tested: ${algorithm} is ${found}, expected ${expected}`);
}

function unpack(tarball) {
  // tar is part of Windows 10, macOS and every Linux.
  const tar = spawnSync('tar', ['-xzf', tarball.slice(work.length + 1), ...options.keep.map(path => `package/${path}`)], { cwd: work, encoding: 'utf8' });
  if (tar.error || tar.status !== 0) throw new Error(`tar could not unpack it: ${(tar.error?.message ?? tar.stderr).trim().split('\n')[0]}`);
}

function publish() {
  // One rename, so that another build sees either nothing or all of it; and none where that one was faster.
  if (isComplete()) return;
  writeFileSync(join(work, 'package', '.complete'), wanted);
  rmSync(options.output, { recursive: true, force: true });
  renameSync(join(work, 'package'), options.output);
}
