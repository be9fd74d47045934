// What the run of all tests makes of its reports, and of files that say on which engine they want to be run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'boathouse-gate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (script: string, ...words: string[]) =>
  execFileSync(process.execPath, [join(import.meta.dirname, script), ...words], {
    encoding: 'utf8',
    cwd: folder,
    stdio: 'pipe',
  });
const report = (...words: string[]) => run('report.mjs', ...words).trim();

/** Writes a report of vitest: the state of each test by file; a file without one did not load. */
function write(path: string, files: Record<string, Record<string, string>>): string {
  const testResults = Object.entries(files).map(([name, tests]) => {
    const states = Object.values(tests);
    const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
    return { name, status: states.length === 0 || states.includes('failed') ? 'failed' : 'passed', assertionResults };
  });
  writeFileSync(join(folder, path), JSON.stringify({ testResults }));
  report('join', path, path);
  return path;
}

test('what one half leaves to the other is not left out; what no half runs is, once', () => {
  const first = write('first', { a: { one: 'passed', two: 'skipped', three: 'skipped' } });
  const second = write('second', { a: { one: 'skipped', two: 'failed', three: 'skipped' }, b: { one: 'passed' } });
  report('join', 'whole', first, second);
  expect(report('count', 'whole')).toBe('2 1 1');
});

test('what fails twice counts as failed, what passes only the second time is named', () => {
  const first = write('first', { a: { one: 'failed', two: 'failed' }, b: { one: 'passed' }, c: {} });
  expect(report('failed', first).split('\n')).toEqual(['a', 'c']);
  const second = write('second', { a: { one: 'passed', two: 'failed' }, c: { one: 'passed' } });
  expect(report('again', first, second).split('\n')).toEqual(['unsteady: one', 'unsteady: c']);
  expect(report('count', first)).toBe('3 1 0');
});

test('a file that does not load is a failure', () => {
  expect(report('count', write('broken', { a: {}, b: { one: 'passed' } }))).toBe('1 1 0');
});

test('files are run where they ask to be: for each engine, for one, and else once', () => {
  const [first, second] = ['20.10', '28.5'].map((engine) => run('halves.mjs', engine).trim().split('\n'));
  const both = ['electron/core/create.engine.test.ts', 'electron/core/engine/exec.engine.test.ts'];
  expect(first).toEqual(expect.arrayContaining([...both, 'electron/core/kubeconfig/kubeconfig.engine.test.ts']));
  expect(second).toEqual(expect.arrayContaining([...both, 'electron/core/inside.engine.test.ts']));
  expect(first).not.toContain('electron/core/inside.engine.test.ts');
  expect(second).not.toContain('electron/core/kubeconfig/kubeconfig.engine.test.ts');
});
