#!/usr/bin/env bash
# Installs and starts Debian's Docker Engine (docker.io): debian.sh [start|stop|restart]; root; safe to repeat.
#   start    says what it does line by line; an engine that already answers is left as it is
#   stop     stops the engine that this script started; its containers and images stay on disk
#   restart  stop, then start
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/apt.sh"

socket=/var/run/docker.sock
started=/run/boathouse/engine.pid # holds the process id of the engine that this script started
log=/var/log/boathouse-engine.log
wrapper=/usr/local/lib/boathouse/runc-without-sys-resource
drop_in=/etc/systemd/system/docker.service.d/boathouse.conf

say() { printf '== %s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}

# answers SOCKET: whether an HTTP server answers Docker's ping there (perl-base is on every Debian, a docker program is not)
answers() {
  [ -S "$1" ] || return 1
  perl -MIO::Socket::UNIX -e '
    $SIG{ALRM} = sub { exit 1 };
    alarm 5;
    my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1;
    print $s "GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n";
    exit(<$s> =~ / 200 / ? 0 : 1)' "$1" 2>/dev/null
}
# runs NAME PID: whether that process runs that program; a number from a stale file may be a stranger's, or a zombie's
runs() { [[ $(readlink "/proc/${2:-none}/exe") =~ /"$1"( \(deleted\))?$ ]]; }
pid_in() { cat "$1" 2>/dev/null || true; }
has_systemd() { [ "$(cat /proc/1/comm)" = systemd ]; }
# CAP_SYS_RESOURCE is bit 24 of the set that nothing on this machine can exceed; Docker 23 and newer look there first
needs_wrapper() {
  local version
  version=$(dockerd --version)
  version=${version#*version } version=${version%%.*}
  ((version < 23 && (0x$(awk '/^CapBnd/ { print $2 }' /proc/self/status) >> 24 & 1) == 0))
}

# The runtime keeps the name "capped" for good: containers remember the name of theirs and do not start without it.
runtime_flags=()
install_wrapper() {
  needs_wrapper || return 0
  say "Wrapping runc: this machine withholds CAP_SYS_RESOURCE, which Docker before 23 gives to privileged containers"
  apt_install jq
  install -D -m 755 "$here/runc-without-sys-resource" "$wrapper.new"
  mv "$wrapper.new" "$wrapper"
  runtime_flags=(--add-runtime "capped=$wrapper" --default-runtime capped)
}

# A machine can lose its processes and keep /run: what dead engines left there would be taken for a living one.
clear_remains() {
  runs dockerd "$(pid_in /run/docker.pid)" || rm -f /run/docker.pid
  if [ -S /run/containerd/containerd.sock ] && command -v ctr >/dev/null &&
    ! timeout 5 ctr --address /run/containerd/containerd.sock version >/dev/null 2>&1; then
    echo "removing the socket of a containerd that is gone"
    rm -f /run/containerd/containerd.sock /run/containerd/containerd.sock.ttrpc
  fi
  # a containerd that outlived its engine is taken over by the next one, with its containers
  runs containerd "$(pid_in /run/docker/containerd/containerd.pid)" && return
  rm -f /run/docker/containerd/containerd.pid
  pgrep -f -- '-address /(var/)?run/docker/containerd/containerd.sock' >/dev/null || rm -rf /run/docker/containerd /run/docker/runtime-*
}

# detached COMMAND...: in the background, in a session of its own, holding none of our open files; sets $detached to its pid
detached() {
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      ((fd > 2)) && eval "exec $fd>&-"
    done
    exec setsid "$@" </dev/null >"$log" 2>&1
  ) &
  detached=$!
}

# await_answer PID: until the engine with that process id answers; fails after two minutes, or when the process is gone
await_answer() {
  local end=$((SECONDS + 120))
  until answers $socket; do
    if ((SECONDS > end)) || ! kill -0 "$1" 2>/dev/null; then return 1; fi
    sleep 0.2
  done
}

start_by_hand() {
  clear_remains
  if [ -e /run/docker.pid ]; then
    say "An engine is starting already"
    await_answer "$(pid_in /run/docker.pid)" || fail "the engine (process $(pid_in /run/docker.pid)) runs and does not answer on $socket"
    return
  fi
  say "Starting the engine (log: $log)"
  detached dockerd "${runtime_flags[@]}"
  mkdir -p "${started%/*}"
  echo "$detached" >"$started"
  await_answer "$detached" && return
  tail -n 20 "$log" >&2
  fail "the engine did not come up; its last lines are above, the rest is in $log"
}

start_by_systemd() {
  if ((${#runtime_flags[@]})); then
    mkdir -p "${drop_in%/*}"
    # shellcheck disable=SC2016 # systemd expands DOCKER_OPTS
    printf '[Service]\nExecStart=\nExecStart=/usr/sbin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock %s $DOCKER_OPTS\n' \
      "${runtime_flags[*]}" >"$drop_in"
    systemctl daemon-reload
    systemctl stop docker.service
  fi
  say "Starting the engine (systemctl start docker)"
  systemctl enable --quiet docker.socket docker.service
  systemctl start docker.socket docker.service || fail "the engine did not start" "see: journalctl -u docker.service"
  mkdir -p "${started%/*}"
  echo systemd >"$started"
}

start() {
  if answers $socket; then
    say "A Docker Engine is already running"
    return
  fi
  if command -v dockerd >/dev/null; then
    say "The Docker Engine is installed and not running"
    apt_install iptables procps
  else
    say "Installing Debian's docker.io"
    command -v apt-get >/dev/null || fail "this is not Debian; install Docker Engine as https://docs.docker.com/engine/install describes"
    apt_install docker.io iptables iproute2 ca-certificates procps
    command -v docker >/dev/null || apt_install docker-cli # a package of its own from Debian 13 on
    # where nothing forbids it, installing also starts the engine, without the wrapper that it may need
    if answers $socket && ! has_systemd && needs_wrapper; then end_engine "$(pid_in /run/docker.pid)"; fi
  fi
  install_wrapper
  if has_systemd; then start_by_systemd; else start_by_hand; fi
  answers $socket || fail "the engine was started and does not answer on $socket"
  docker --host unix://$socket version --format 'Docker Engine {{.Server.Version}}, API {{.Server.APIVersion}}'
}

end_engine() {
  kill "$1" || return 0
  for _ in $(seq 300); do
    runs dockerd "$1" || return 0
    sleep 0.1
  done
  fail "the engine (process $1) did not stop within 30 seconds"
}

stop() {
  local pid
  pid=$(pid_in "$started")
  if [ "$pid" = systemd ] && has_systemd; then
    say "Stopping the engine (systemctl stop docker)"
    systemctl stop docker.socket docker.service
  elif runs dockerd "$pid" && [ "$pid" = "$(pid_in /run/docker.pid)" ]; then
    say "Stopping the engine"
    end_engine "$pid"
  elif answers $socket; then
    fail "the engine that runs here was not started by this script; stop it the way it was started"
  else
    say "No engine is running"
  fi
  rm -f "$started"
}

[ "$(id -u)" = 0 ] || fail "this needs root: sudo $0 $*"
mkdir -p /run/lock
exec {lock}>/run/lock/boathouse-engine
flock "$lock"
case ${1:-start} in
  start) start ;;
  stop) stop ;;
  restart)
    stop
    start
    ;;
  *)
    echo "usage: ${0##*/} [start|stop|restart]" >&2
    exit 2
    ;;
esac
