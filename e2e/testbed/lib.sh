# What the testbed's scripts share: where things are kept, locks, Debian's archive, the two engines.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../../resources/engine/apt.sh"
. "$here/env.sh"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/boathouse-testbed
kubernetes_version=v1.20.2
programs=$cache/kubernetes-$kubernetes_version
run=/run/boathouse-testbed
mkdir -p "$cache/locks" "$run"

# nothing of the user's docker configuration may lead the testbed to another engine
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
export DOCKER_CONFIG=$cache/docker-config DOCKER_BUILDKIT=0
first() { docker --host "$BOATHOUSE_TEST_ENGINE" "$@"; }
modern() { docker --host "$BOATHOUSE_TEST_MODERN_ENGINE" "$@"; }

say() { printf '== %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}

# lock NAME: held until this process and the programs that it started have ended, however they end
lock() {
  local descriptor
  exec {descriptor}>"$cache/locks/$1"
  flock --nonblock "$descriptor" && return
  say "Waiting for another run that is busy with: $1"
  flock "$descriptor"
}

# remove_tree DIRECTORY: as rm -rf, but never reaches into a file system that is still mounted below it
remove_tree() {
  local point
  awk -v top="$1/" 'index($5, top) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r point; do umount -l "$point"; done
  rm -rf --one-file-system "$1"
}

# The Debian archive that this machine is set up with.
archive() {
  local site
  # shellcheck disable=SC2016 # apt's own variable
  site=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | awk '/\/debian\/?$/ && !seen++')
  [ -n "$site" ] || fail "apt knows no Debian archive; the testbed is made from Debian 12's packages"
  echo "$site"
}

# private_apt DIRECTORY SOURCE: sets $apt to options with which apt-get uses that source alone, and keeps nothing elsewhere
private_apt() {
  mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
  echo "${2%% *} [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(archive) ${2#* }" >"$1/sources.list"
  apt=(apt-get -qq -o "Dir::Etc::sourcelist=$1/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$1/lists"
    -o "Dir::Cache=$1/cache" -o APT::Sandbox::User=root -o Acquire::Retries=3)
  "${apt[@]}" update
}

# debian_root DIRECTORY SUITE PACKAGE,...: a small Debian in a directory that does not exist yet
debian_root() {
  # in mounts of its own, so that killing it leaves none behind
  unshare --mount debootstrap --variant=minbase --include="$3" "$2" "$1" "$(archive)" >"$1.log" 2>&1 || {
    tail -n 5 "$1.log" >&2
    fail "debootstrap could not make $1; its log is $1.log"
  }
  rm -f "$1.log"
}
