// Which files of engine tests belong to the half of which engine, as they say themselves: `halves.mjs 28.5` prints them.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const project = resolve(import.meta.dirname, '..', '..');
const versions = ['20.10', '28.5'];

/**
 * The engines whose half of the run a file belongs to. What talks to the engine alone is shown to each; `testEngines()` asks
 * for each, `testEngine('28.5')` for one; who asks for none is run once, with the first.
 */
function halvesOf(file, text) {
  if (file.startsWith('electron/core/engine/') || text.includes('testEngines()')) return versions;
  const asked = versions.filter((version) => text.includes(`testEngine('${version}')`));
  return asked.length > 0 ? asked : versions.slice(0, 1);
}

const [version] = process.argv.slice(2);
if (!versions.includes(version)) throw new Error(`usage: halves.mjs ${versions.join('|')}`);
for (const name of readdirSync(join(project, 'electron'), { recursive: true })) {
  const file = `electron/${name}`;
  if (!file.endsWith('.engine.test.ts')) continue;
  if (halvesOf(file, readFileSync(join(project, file), 'utf8')).includes(version)) console.log(file);
}
