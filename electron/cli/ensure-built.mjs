// Builds when a source file is newer than the last build, and does nothing otherwise: what `npm start` runs first.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const sources = [
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.json',
];

/**
 * Newest change below a path, in milliseconds since the epoch. Folders count too: theirs changes when a file goes away.
 * @param {string} path
 * @returns {number}
 */
export function newestChange(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/**
 * @param {string} folder the product's root
 * @returns {boolean}
 */
export function isBuilt(folder) {
  const built = statSync(join(folder, 'dist', 'built'), { throwIfNoEntry: false });
  return !!built && sources.every((source) => newestChange(join(folder, source)) <= built.mtimeMs);
}

function build() {
  process.stderr.write('Building Boathouse ... ');
  const started = Date.now();
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const run = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.status === 0) {
    process.stderr.write(`done (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    return 0;
  }
  process.stderr.write(`failed\n${run.stdout}${run.stderr}${run.error ? `${run.error.message}\n` : ''}`);
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !isBuilt(root)) process.exitCode = build();
