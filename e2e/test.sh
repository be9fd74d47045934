#!/usr/bin/env bash
# Everything that says whether the product is good, with its own set-up (`npm test`). The testbed needs root and Debian 12.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. e2e/testbed/env.sh
PATH=$PWD/node_modules/.bin:$PATH
if [ ! -t 1 ]; then export NO_COLOR=1; fi
reports=$(mktemp -d)
summary=$reports/summary
touch "$summary"

# What runs beside something else is a process group, so that all of it can be ended.
beside=()
finish() {
  # shellcheck disable=SC2317 # called by the trap
  for group in "${beside[@]}"; do kill -- "-$group" 2>/dev/null || true; done
  # shellcheck disable=SC2317
  rm -rf "$reports"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
begin() {
  set -m
  "$@" </dev/null &
  set +m
  beside+=($!)
}

report() { node e2e/gate/report.mjs "$@"; }

# phase NAME COMMAND...: runs it and counts it: by its tests where it writes a report, else as one
phase() {
  local name=$1 start=$SECONDS status=0 good=0 bad=0 left=0 verdict=ok
  local -x BOATHOUSE_TEST_REPORT=$reports/$name.json PLAYWRIGHT_JSON_OUTPUT_NAME=$reports/$name.json
  shift
  printf '\n==== %s: %s\n' "$name" "$*"
  rm -f "$BOATHOUSE_TEST_REPORT"
  "$@" </dev/null || status=$?
  if [ -s "$BOATHOUSE_TEST_REPORT" ]; then
    read -r good bad left < <(report count "$BOATHOUSE_TEST_REPORT")
    # a run that ends badly, or without a single test, is a failure of its own
    if ((good + bad == 0 || (status != 0 && bad == 0))); then bad=$((bad + 1)); fi
  elif ((status == 0)); then good=1; else bad=1; fi
  if ((bad > 0)); then verdict=FAILED; fi
  printf -- '---- '
  printf '%-10s %-7s %5d s   %d good, %d bad, %d left out\n' "$name" $verdict $((SECONDS - start)) "$good" "$bad" "$left" | tee -a "$summary"
  ((bad == 0))
}

# vitest REPORT REPORTER...: ended after three quarters of an hour, whatever it waits for then
vitest() {
  local report=$1
  shift
  timeout --foreground --kill-after=60 45m vitest run --reporter=json --outputFile.json="$report" "$@"
}
unit_tests() { vitest "$BOATHOUSE_TEST_REPORT" --reporter=default --project unit --project renderer; }

# half ENGINE REPORT [FILE...]: engine tests on one of the engines, one file after another; by default all that ask for it
half() {
  local engine=$1 report=$2 files=("${@:3}")
  local -x BOATHOUSE_TEST_HALF=$engine
  if [ "$engine" = 28.5 ]; then local -x BOATHOUSE_TEST_ENGINE=$BOATHOUSE_TEST_MODERN_ENGINE; fi
  if [ ${#files[@]} = 0 ]; then mapfile -t files < <(node e2e/gate/halves.mjs "$engine"); fi
  vitest "$report" --reporter=verbose --reporter=./e2e/gate/slowest.ts --project engine "${files[@]}"
}
# Each line says whose it is: several tell at once.
told_as() { sed -u "s/^/$1 | /"; }

# Tests on real engines: a half on each, side by side, as one alone leaves the processors idle a part of the time; when it is
# done, half of the journeys follow on the same engine. Files that fail are run once more, alone: what passes only then is unsteady.
on_engine() {
  local engine=$1 part=$2
  half "$engine" "$reports/$engine.json" 2>&1 | told_as "$engine" || true
  if [ "$engine" = 28.5 ]; then export BOATHOUSE_TEST_ENGINE=$BOATHOUSE_TEST_MODERN_ENGINE; fi
  phase "journeys$part" journeys "$part/2" 2>&1 | told_as "$engine" || true
}
journeys() { timeout --foreground --kill-after=60 45m playwright test --reporter=list,json --output="test-results/${1%/*}" --shard="$1"; }
engine_tests() {
  local engine files whole=() status=0
  begin on_engine 20.10 1
  begin on_engine 28.5 2
  wait "${beside[@]: -2}" || true
  for engine in 20.10 28.5; do
    if ! [ -s "$reports/$engine.json" ]; then
      echo "the tests on Docker $engine were cut off"
      status=1
      continue
    fi
    whole+=("$reports/$engine.json")
    mapfile -t files < <(report failed "$reports/$engine.json")
    if ((${#files[@]} == 0)); then continue; fi
    printf '\nonce more, on Docker %s: %s\n' "$engine" "${files[*]}"
    half "$engine" "$reports/again.json" "${files[@]}" || true
    if [ -s "$reports/again.json" ]; then report again "$reports/$engine.json" "$reports/again.json"; fi
    rm -f "$reports/again.json"
  done
  report join "$BOATHOUSE_TEST_REPORT" "${whole[@]}"
  return $status
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
  tail -n +1 -f --pid="$testbed" "$reports/testbed.log"
  wait "$testbed" || status=$?
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
up() { exec e2e/testbed/up.sh >"$reports/testbed.log" 2>&1; }
begin up
testbed=$!

phase check npm run --silent check || true
phase unit unit_tests || true
phase build npm run --silent build || true
if phase testbed testbed; then
  phase engine engine_tests || true
else
  phase engine no_testbed || true
  phase journeys no_testbed || true
fi

printf '\n'
cat "$summary"
awk '{ good += $5; bad += $7; left += $9 } END { printf "%d passed, %d failed, %d skipped\n", good, bad, left; exit bad > 0 }' "$summary"
