// Configurations that people wrote for skaffold: each is accepted whole, or answered with the fields and lines that are not supported.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Reading } from '../../../../shared/model/devloop/project';
import { readProject } from './read';
import { folderWith } from './testing/folder';

const root = join(import.meta.dirname, '../../../..');
const elsewhere = process.env.BOATHOUSE_TEST_CASES ?? join(root, '../shared/cases');
const cases = join(elsewhere, 'skaffold');

describe.runIf(existsSync(cases))('projects of others', () => {
  it('are accepted whole, or answered field by field', async () => {
    const names = readdirSync(cases).filter((name) => /\.ya?ml$/.test(name));
    const dir = folderWith({});
    // A name is the path in the project of origin.
    for (const name of names) {
      const to = join(dir, name.replaceAll('__', '/'));
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(cases, name), to);
    }
    const answers = [];
    for (const name of names) {
      const file = join(dir, name.replaceAll('__', '/'));
      answers.push(`${name}\n${answer(dir, await readProject({ dir: file, env: {}, context: 'kind-shop' }))}`);
    }
    await expect(answers.join('\n')).toMatchFileSnapshot('testdata/cases.txt');
  }, 30_000);
});
it.skipIf(existsSync(cases))(`projects of others are not beside the checkout: ${cases}`, () => {});

/** Files that are not there were not copied with the configurations. */
function answer(dir: string, reading: Reading): string {
  if (reading.kind === 'none') return '  none';
  const { problems, unsupported } = reading.kind === 'project' ? reading.project : reading;
  const found = problems.filter(({ severity, message }) => severity === 'error' || !message.startsWith('there is no'));
  const count = reading.kind === 'project' ? reading.project.modules.map(({ artifacts }) => artifacts.length) : [];
  return [
    `  ${reading.kind}${count.length > 0 ? `, images built: ${count.join(' + ')}` : ''}`,
    ...found.map(({ file, line, severity, message }) => `  ${severity} ${file}:${line} ${message}`),
    ...unsupported.map(({ file, line, path, effect, why }) => `  ${effect} ${file}:${line} ${path}: ${why}`),
  ]
    .join('\n')
    .replaceAll(`${dir}/`, '');
}

describe('a configuration with every field of skaffold', () => {
  const text = readFileSync(join(import.meta.dirname, 'testdata/every-field.yaml'), 'utf8');
  const others = {
    'lib/skaffold.yaml':
      'apiVersion: skaffold/v4beta14\nkind: Config\nmetadata: {name: base}\nbuild: {artifacts: [{image: base}]}\n' +
      'profiles: [{name: fast, build: {artifacts: [{image: faster}]}}]\n---\n' +
      'apiVersion: skaffold/v4beta14\nkind: Config\nmetadata: {name: other}\nbuild: {artifacts: [{image: other}]}\n',
  };
  /** What they decide comes out the same this time: a profile that is on or off without them, a port that is left out anyway. */
  const decideNothing = [
    'requires[0].activeProfiles[0].activatedBy[0]',
    'portForward[1].resourceName',
    'portForward[1].port',
    'profiles[1].activation[0].command',
    'profiles[1].patches[0].value',
  ];
  const request = { env: { MODE: 'local', FOO: 'foo' }, context: 'kind-shop' };

  it('has none that changes nothing and is not told of', async () => {
    const dir = folderWith({ 'skaffold.yaml': text, ...others });
    const whole = await readProject({ dir, ...request });
    if (whole.kind !== 'project') throw new Error(JSON.stringify(whole));
    const told = whole.project.unsupported.map(({ path }) => path);
    const silent: string[] = [];
    for (const [path, remove] of leavesOf(parseDocument(text))) {
      if (told.some((other) => path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`)))
        continue;
      const changed = folderWith({ 'skaffold.yaml': remove(), ...others });
      const reading = await readProject({ dir: changed, ...request });
      if (plain(reading, changed) === plain(whole, dir)) silent.push(path);
    }
    expect(silent).toEqual(decideNothing);
  }, 120_000);
});

/** A reading without the places, which move when a line goes. */
function plain(reading: Reading, dir: string): string {
  return JSON.stringify(reading, (key, value) => (['line', 'column'].includes(key) ? 0 : value)).replaceAll(dir, '');
}

/** Every scalar of a document by its path, with a function that gives the text without it. */
function leavesOf(document: Document): [string, () => string][] {
  const leaves: [string, () => string][] = [];
  const walk = (node: unknown, path: (string | number)[]) => {
    if (isMap(node))
      for (const { key, value } of node.items) walk(value, [...path, String(isScalar(key) ? key.value : key)]);
    else if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    else {
      const name = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i ? '.' : ''}${step}`)).join('');
      leaves.push([
        name,
        () => {
          const copy = document.clone();
          copy.deleteIn(path);
          return copy.toString();
        },
      ]);
    }
  };
  walk(document.contents, []);
  return leaves;
}
