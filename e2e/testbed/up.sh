#!/usr/bin/env bash
# Sets the testbed up: up.sh [engine|node|modern|kind|browser|all]...; root; cached, resumable, safe to run twice at once.
#   engine   Debian's Docker Engine, running        modern    a second, current engine, running, with the same images
#   node     the node image and its companions      kind      the real kind        browser   chromium for Playwright
# Each step's title is a line that begins with "== ".
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Compiling takes the processors, fetching packages the network: they go side by side. Each is a process group, so that
# Ctrl-C or a signal to this script ends all of it; a script waiting for a program in the foreground would not be told.
lanes=()
begin() {
  set -m
  "$@" &
  set +m
  lanes+=($!)
}
finish() {
  local _
  for _ in "${lanes[@]}"; do wait -n || exit; done
  lanes=()
}
end_lanes() {
  local lane
  for lane in "${lanes[@]}"; do kill -- "-$lane" 2>/dev/null || true; done
}
trap end_lanes EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# packages PART...: everything that only fetches and unpacks
packages() {
  local part
  for part in "$@"; do
    case $part in
      node) "$here/roots.sh" ;;
      modern) "$here/modern-engine.sh" install ;;
      kind | browser) "$here/$part.sh" ;;
    esac
  done
}

wanted=("$@")
if [ $# = 0 ] || [ "$*" = all ]; then wanted=(engine node modern kind browser); fi
wants() { [[ " ${wanted[*]} " == *" $1 "* ]]; }
for part in "${wanted[@]}"; do
  case $part in engine | node | modern | kind | browser) ;; *)
    echo "usage: ${0##*/} [engine|node|modern|kind|browser|all]..." >&2
    exit 2
    ;;
  esac
done
[ "$(id -u)" = 0 ] || fail "the testbed needs root"

# Nodes of a few clusters together watch more files than Debian lets a user (128 instances).
for setting in fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=1048576; do
  if (($(sysctl -n "${setting%=*}") < ${setting#*=})); then sysctl -q -w "$setting" || say "Could not raise ${setting%=*}"; fi
done

# images are built on the first engine and copied to the second
if wants modern; then wanted+=(node); fi
if wants engine || wants node; then begin "$here/../../resources/engine/debian.sh" start; finish; fi
begin packages "${wanted[@]}"
if wants node; then begin "$here/kubernetes.sh"; fi
finish
if wants node; then begin "$here/images.sh"; finish; fi
if wants modern; then begin "$here/modern-engine.sh" start; finish; fi
printf 'The testbed is up: %s (%d s)\n' "$(printf '%s\n' "${wanted[@]}" | sort -u | paste -sd' ')" "$SECONDS"
