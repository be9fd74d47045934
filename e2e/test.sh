#!/usr/bin/env bash
# Everything that says whether the product is good, with its own set-up (`npm test`). The testbed needs root and Debian 12.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. e2e/testbed/env.sh
PATH=$PWD/node_modules/.bin:$PATH
if [ ! -t 1 ]; then export NO_COLOR=1; fi
reports=$(mktemp -d)
passed=0 failed=0 skipped=0 summary=()

testbed_pid=''
finish() {
  # shellcheck disable=SC2317 # called by the trap
  if [ -n "$testbed_pid" ]; then kill -- "-$testbed_pid" 2>/dev/null || true; fi
  # shellcheck disable=SC2317
  rm -rf "$reports"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# counts REPORT: how many tests passed, failed and were skipped by the JSON report of vitest or Playwright; names the skipped
counts() {
  node - "$1" <<'JS'
const report = JSON.parse(require('node:fs').readFileSync(process.argv[2], 'utf8'));
const skipped = [];
const visit = (suite, path) => {
  for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
  for (const spec of suite.specs ?? [])
    for (const test of spec.tests.filter((test) => test.status === 'skipped'))
      skipped.push([...path, spec.title, ...test.annotations.map((a) => `[${a.description ?? a.type}]`)].join(' '));
};
if (report.stats) visit(report, []);
else for (const file of report.testResults)
  for (const test of file.assertionResults) if (['skipped', 'pending', 'todo'].includes(test.status)) skipped.push(test.fullName);
for (const name of skipped) console.error(`skipped: ${name}`);
const numbers = report.stats
  ? [report.stats.expected + report.stats.flaky, report.stats.unexpected]
  : [report.numPassedTests, report.numFailedTests];
console.log(...numbers, skipped.length);
JS
}

# phase NAME COMMAND...: runs it and counts it: by its tests where it writes a report, else as one
phase() {
  local name=$1 report=$reports/report.json start=$SECONDS status=0 good=0 bad=0 left=0 verdict=ok
  shift
  printf '\n==== %s: %s\n' "$name" "$*"
  rm -f "$report"
  BOATHOUSE_TEST_REPORT=$report PLAYWRIGHT_JSON_OUTPUT_NAME=$report "$@" </dev/null || status=$?
  if [ -s "$report" ]; then
    read -r good bad left < <(counts "$report")
    # a file that does not load, or a run without a single test, is a failure of its own
    if ((good + bad == 0 || (status != 0 && bad == 0))); then bad=$((bad + 1)); fi
  elif ((status == 0)); then good=1; else bad=1; fi
  if ((bad > 0)); then verdict=FAILED; fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
  summary+=("$(printf '%-10s %-7s %5d s   %d good, %d bad, %d left out' "$name" $verdict $((SECONDS - start)) "$good" "$bad" "$left")")
  printf -- '---- %s\n' "${summary[-1]}"
  ((bad == 0))
}

vitest() {
  local reporter=$1
  shift
  command vitest run "$@" --reporter="$reporter" --reporter=json --outputFile.json="$BOATHOUSE_TEST_REPORT"
}

# Tests on real engines, for half an hour: files that fail are run once more, and what passes only then is named unsteady.
engine_tests() {
  local failed
  if vitest verbose --project engine "$@"; then return; fi
  mapfile -t failed < <(node e2e/unsteady.mjs list "$BOATHOUSE_TEST_REPORT")
  if ((${#failed[@]} == 0)); then return 1; fi
  printf '\nonce more: %s\n' "${failed[*]}"
  BOATHOUSE_TEST_REPORT=$reports/again.json vitest verbose --project engine "${failed[@]}" || true
  node e2e/unsteady.mjs merge "$BOATHOUSE_TEST_REPORT" "$reports/again.json"
}

# Engines lose their processes with the machine and keep their containers. On a machine for tests alone, those that came
# back with an engine, from runs before this one, are stopped: they would only slow the tests down.
quiet_engine() {
  local running
  if [ -z "${CI:-}" ] || [ -e "$reports/answered-before" ]; then return; fi
  running=$(docker --host "$1" ps -q)
  if [ -n "$running" ]; then xargs docker --host "$1" kill <<<"$running" >/dev/null; fi
}

testbed() {
  local status=0
  tail -n +1 -f --pid="$testbed_pid" "$reports/testbed.log"
  wait "$testbed_pid" || status=$?
  testbed_pid=''
  ((status == 0)) || return "$status"
  quiet_engine "$BOATHOUSE_TEST_ENGINE"
  quiet_engine "$BOATHOUSE_TEST_MODERN_ENGINE"
}

no_testbed() {
  echo "not run: the testbed did not come up"
  return 1
}

if pgrep -x dockerd >/dev/null; then touch "$reports/answered-before"; fi
# the testbed mostly waits for the network at first: it starts while the rest is checked
set -m
e2e/testbed/up.sh </dev/null >"$reports/testbed.log" 2>&1 &
testbed_pid=$!
set +m

phase check npm run --silent check || true
phase unit vitest default --project unit --project renderer || true
phase build npm run --silent build || true
if phase testbed testbed; then
  phase engine engine_tests || true
  # what talks to the engine alone is shown to the second one too; tests with clusters choose their engines themselves
  BOATHOUSE_TEST_ENGINE=$BOATHOUSE_TEST_MODERN_ENGINE phase modern engine_tests electron/core/engine || true
  phase journeys playwright test --reporter=list,json || true
else
  phase engine no_testbed || true
  phase modern no_testbed || true
  phase journeys no_testbed || true
fi

printf '\n'
printf '%s\n' "${summary[@]}"
printf '%d passed, %d failed, %d skipped\n' $passed $failed $skipped
((failed == 0))
