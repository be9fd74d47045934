// Reports of vitest and Playwright: counted, halves put together, and a second run of failed files put in place of their first.
//   report.mjs failed REPORT            the files that failed, a line each
//   report.mjs again FIRST SECOND       FIRST becomes what counts of both; names what passed only the second time
//   report.mjs join WHOLE REPORT...     WHOLE becomes one of all; what another report has run is not left out
//   report.mjs count REPORT             how many tests passed, failed and were left out; names those
import { readFileSync, writeFileSync } from 'node:fs';

const ranAtAll = ({ status }) => status === 'passed' || status === 'failed';
const failedIn = (file) => file.assertionResults.filter(({ status }) => status === 'failed');

function summed(testResults) {
  const all = testResults.flatMap((file) => file.assertionResults);
  const count = (wanted) => all.filter(({ status }) => status === wanted).length;
  return { testResults, numPassedTests: count('passed'), numFailedTests: count('failed') };
}

/** `say` is told what passed only in the second run. */
function again(first, second, say) {
  const repeated = new Map(second.testResults.map((file) => [file.name, file]));
  for (const file of first.testResults) {
    const now = repeated.get(file.name);
    if (now === undefined) continue;
    const still = new Set(failedIn(now).map(({ fullName }) => fullName));
    const steady = failedIn(file).filter(({ fullName }) => !still.has(fullName));
    for (const { fullName } of steady) say(`unsteady: ${fullName}`);
    const loadedOnlyNow = file.status !== 'passed' && failedIn(file).length === 0 && now.status === 'passed';
    if (loadedOnlyNow) say(`unsteady: ${file.name}`);
  }
  return summed(first.testResults.map((file) => repeated.get(file.name) ?? file));
}

/** One report of several that ran parts of the same files. What none of them ran is left out once. */
function join(reports) {
  const files = reports.flatMap(({ testResults }) => testResults);
  const key = (file, { fullName }) => `${file.name}\n${fullName}`;
  const told = new Set(files.flatMap((file) => file.assertionResults.filter(ranAtAll).map((test) => key(file, test))));
  const isNews = (file, test) => !told.has(key(file, test)) && told.add(key(file, test));
  const kept = (file) => file.assertionResults.filter((test) => ranAtAll(test) || isNews(file, test));
  return summed(files.map((file) => ({ ...file, assertionResults: kept(file) })));
}

/** @returns numbers of tests that passed and failed, and the names of those that were left out */
function count(report) {
  if (!report.stats) {
    const left = report.testResults.flatMap((file) => file.assertionResults.filter((test) => !ranAtAll(test)));
    // a file that does not load has no tests to fail
    const broken = report.testResults.filter((file) => file.status === 'failed' && failedIn(file).length === 0).length;
    const names = left.map(({ fullName }) => fullName);
    return { good: report.numPassedTests, bad: report.numFailedTests + broken, left: names };
  }
  const left = [];
  const visit = (suite, path) => {
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests.filter(({ status }) => status === 'skipped'))
        left.push(
          [...path, spec.title, ...test.annotations.map((one) => `[${one.description ?? one.type}]`)].join(' '),
        );
  };
  visit(report, []);
  return { good: report.stats.expected + report.stats.flaky, bad: report.stats.unexpected, left };
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const write = (path, report) => writeFileSync(path, JSON.stringify(report));

function main(verb, path, ...others) {
  if (verb === 'failed') {
    for (const file of read(path).testResults) if (file.status !== 'passed') console.log(file.name);
  } else if (verb === 'again') {
    write(path, again(read(path), read(others[0]), console.log));
  } else if (verb === 'join') {
    write(path, join(others.map(read)));
  } else if (verb === 'count') {
    const { good, bad, left } = count(read(path));
    for (const name of left) console.error(`left out: ${name}`);
    console.log(good, bad, left.length);
  } else throw new Error('usage: report.mjs failed|again|join|count REPORT...');
}

main(...process.argv.slice(2));
