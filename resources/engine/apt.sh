# Debian packages for the scripts that source this: installed once, also after an interruption, one script at a time.
# shellcheck shell=bash
export DEBIAN_FRONTEND=noninteractive

apt_has() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
  done
}

# apt_install PACKAGE...: returns at once when all are there. The index is fetched only when something is missing.
apt_install() {
  apt_has "$@" && return
  echo "installing with apt: $*"
  (
    flock 9
    # an earlier run may have been killed in the middle of dpkg, or may have installed them while this one waited
    apt_quietly dpkg --force-confold --configure -a
    apt_has "$@" && exit
    apt_quietly apt-get update || echo "trying with the package lists that are there" >&2
    apt_quietly apt-get -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold install "$@"
  ) 9>/run/lock/boathouse-apt
}

# apt_quietly COMMAND...: the command's output is shown only when it fails
apt_quietly() {
  local output
  output=$("$@" 2>&1 </dev/null) && return
  printf '%s\nerror: failed: %s\n' "$(tail -n 15 <<<"$output")" "$*" >&2
  return 1
}
