#!/usr/bin/env bash
# Where the testbed's parts are, for the tests: source it, or run it to have the lines printed.
_testbed_cache=${XDG_CACHE_HOME:-$HOME/.cache}/boathouse-testbed
export BOATHOUSE_TEST_ENGINE=unix:///var/run/docker.sock
export BOATHOUSE_TEST_MODERN_ENGINE=unix:///run/boathouse-testbed/modern-engine/docker.sock
export BOATHOUSE_TEST_NODE_IMAGE=testbed/node:v1.20.2
export BOATHOUSE_TEST_KIND=$_testbed_cache/bin/kind
export BOATHOUSE_TEST_KUBECTL=$_testbed_cache/kubernetes-v1.20.2/kubectl
export BOATHOUSE_TEST_CHROMIUM=/usr/bin/chromium
unset _testbed_cache

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  for _testbed_name in ENGINE MODERN_ENGINE NODE_IMAGE KIND KUBECTL CHROMIUM; do
    declare -p "BOATHOUSE_TEST_$_testbed_name" | sed 's/^declare -x/export/'
  done
fi
