// Puts the report of a second run of failed test files in place of their first, and names what passed only then.
import { readFileSync, writeFileSync } from 'node:fs';

/** `list REPORT`: the files that failed, a line each. `merge FIRST SECOND`: FIRST becomes what counts. */
const [verb, first, second] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

if (verb === 'list') {
  for (const file of read(first).testResults) if (file.status !== 'passed') console.log(file.name);
} else {
  const [before, again] = [read(first), read(second)];
  const repeated = new Map(again.testResults.map((file) => [file.name, file]));
  const failed = (file) => file.assertionResults.filter(({ status }) => status === 'failed');
  for (const file of before.testResults) {
    const now = repeated.get(file.name);
    if (now === undefined) continue;
    const still = new Set(failed(now).map(({ fullName }) => fullName));
    const steady = failed(file).filter(({ fullName }) => !still.has(fullName));
    for (const { fullName } of steady) console.error(`unsteady: ${fullName}`);
    if (file.status !== 'passed' && failed(file).length === 0) console.error(`unsteady: ${file.name}`);
  }
  const testResults = before.testResults.map((file) => repeated.get(file.name) ?? file);
  const count = (wanted) =>
    testResults.flatMap((file) => file.assertionResults).filter(({ status }) => status === wanted).length;
  const merged = { ...before, testResults, numPassedTests: count('passed'), numFailedTests: count('failed') };
  writeFileSync(first, JSON.stringify(merged));
}
