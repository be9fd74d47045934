// The help in docs/: every command in it is one, with options that there are; what only looks or plans is run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGrammar } from './program';
import { boathouse } from './run-for-test';

const docs = join(import.meta.dirname, '../../docs');
const folders = [docs, join(docs, 'zh-CN')];
const pages = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** Lines of a page's blocks that are marked as commands. */
function commandsOf(page: string): string[] {
  const blocks = readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, block = '']) => block.trim().split('\n'));
}

/** The words after `boathouse`; none of the pages needs more of a shell than blanks, and where text goes to or comes from. */
function wordsOf(line: string): string[] {
  return line
    .replace(/ [<>] \S+$/, '')
    .split(' ')
    .slice(1);
}

const all = [...new Set(pages.flatMap(commandsOf))];
const ours = all.filter((line) => line.startsWith('boathouse '));

it('has commands on every page but the list of them', () => {
  expect(ours.length).toBeGreaterThan(60);
  expect(pages.filter((page) => !page.endsWith('README.md') && commandsOf(page).length === 0)).toEqual([]);
});

it('uses no programs but ours, those of Docker and Kubernetes, and npm', () => {
  const programs = new Set(all.map((line) => line.split(' ')[0]));
  expect([...programs].filter((name) => !['boathouse', 'docker', 'kubectl', 'npm'].includes(name ?? ''))).toEqual([]);
});

it.each(ours)('%s', (line) => {
  const said: string[] = [];
  const { program, chosen } = createGrammar('0.0.0', {
    out: (text) => said.push(text),
    err: (text) => said.push(text),
  });
  const words = wordsOf(line);
  if (words[0] === '--version') return expect(() => program.parse(words, { from: 'user' })).toThrow('0.0.0');
  program.parse(words, { from: 'user' });
  expect(said).toEqual([]);
  expect(chosen()).toBeDefined();
});

const looks = /^boathouse (\S+ )?(list|status|show|usage|get|history|contexts|doctor|versions)\b|--dry-run/;
/** What of these needs a file or an object that only the page's reader has. */
const needs = /class\.yaml|staging\.yaml|--template (class|workshop)|kind-old|templates show|kubeconfig (rename|undo)/;
const run = ours.filter((line) => looks.test(line) && !needs.test(line) && !line.includes('--fix'));

describe('what only looks or plans', () => {
  it.each(run)('%s', async (line) => {
    const { code, err } = await boathouse(wordsOf(line).join(' '));
    expect(`${code} ${err}`).toMatch(/^[01] /);
    expect(err).not.toContain('made a mistake');
  });
});

it('links only to pages that are there', () => {
  for (const page of pages) {
    for (const [, target = ''] of readFileSync(page, 'utf8').matchAll(/\]\(([^)#:]+)\)/g)) {
      const at = join(page, '..', target);
      expect(() => readdirSync(target.includes('.') ? join(at, '..') : at), `${page}: ${target}`).not.toThrow();
      if (target.endsWith('.md')) expect(() => readFileSync(at), `${page}: ${target}`).not.toThrow();
    }
  }
});
