#!/usr/bin/env bash
# A second, current Docker Engine beside Debian 12's: Debian unstable's docker.io in a root of its own, containerd image store.
#   start    also installs it and fills it with the testbed's images; removes what earlier runs left in it
#   restart  keeps its containers, as a restarted machine would
#   stop, install
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$here/image-set.sh"

root=$cache/modern-engine # its images and containers are in there too, in var/lib/docker
state=$run/modern-engine
log=$state/engine.log

answers() { timeout 5 docker --host "$BOATHOUSE_TEST_MODERN_ENGINE" version >/dev/null 2>&1; }
# the process that holds the engine's namespaces; its program tells it from a stranger with the same number, and from a zombie
holder() {
  local pid
  pid=$(cat "$state/holder.pid" 2>/dev/null) && [[ $(readlink "/proc/$pid/exe") == */unshare ]] && echo "$pid"
}

make_root() {
  [ -d "$root" ] && return
  say "Installing a second, current Docker Engine from Debian unstable in a root of its own"
  apt_install debootstrap
  remove_tree "$root.part"
  debian_root "$root.part" sid docker.io,iptables,iproute2,ca-certificates,kmod,procps
  mkdir -p "$root.part/etc/docker" "$root.part/old"
  echo '{ "features": { "containerd-snapshotter": true } }' >"$root.part/etc/docker/daemon.json"
  mv "$root.part" "$root"
}

# Control groups of containers that were killed with their engine; runc cannot set up a container in one that has children.
clear_cgroups() {
  local container
  for container in "$root"/var/lib/docker/containers/*; do
    find /sys/fs/cgroup/docker/"${container##*/}" /sys/fs/cgroup/*/docker/"${container##*/}" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

start() {
  end
  clear_cgroups
  say "Starting the second engine (log: $log)"
  mkdir -p "$state"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # a bridge of its own, in the range kept for benchmarks, where neither engine looks for free subnets
  ip link show boathouse-two >/dev/null 2>&1 || ip link add boathouse-two type bridge
  ip addr replace 198.18.29.1/24 dev boathouse-two
  ip link set boathouse-two up
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      ((fd > 2)) && eval "exec $fd>&-"
    done
    exec setsid unshare --mount --pid --fork --kill-child bash "$here/modern-engine-init" "$root" "$state" </dev/null >"$log" 2>&1
  ) &
  echo $! >"$state/holder.pid"
  for _ in $(seq 150); do
    answers && return
    kill -0 $! 2>/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$log" >&2
  fail "the second engine did not come up; its last lines are above, the rest is in $log"
}

end() {
  local pid attempt
  pid=$(holder) || return 0
  pkill -TERM -P "$pid" || true
  for attempt in $(seq 350); do
    holder >/dev/null || return 0
    if ((attempt == 300)); then kill -KILL "$pid"; fi
    sleep 0.1
  done
  fail "the second engine (process $pid) does not stop"
}

# What earlier runs left in an engine that had stopped since: its networks could overlap those that the first engine has
# made in the meantime. Nobody but the tests uses this engine.
clear_leftovers() {
  modern ps -aq | xargs -r docker --host "$BOATHOUSE_TEST_MODERN_ENGINE" rm -fv >/dev/null
  modern network prune -f >/dev/null
  modern volume ls -q | xargs -r docker --host "$BOATHOUSE_TEST_MODERN_ENGINE" volume rm >/dev/null
}

fill() {
  has_images modern && return
  say "Copying the images to the second engine"
  load_images modern || first save "${images[@]}" | modern load -q >/dev/null
  forget_old_images modern
}

verb=${1:-start}
case $verb in
  install) [ ! -d "$root" ] || exit 0 ;;
  start) if answers && has_images modern; then exit; fi ;;
esac
lock modern-engine
case $verb in
  install) make_root ;;
  start)
    make_root
    if ! answers; then
      start
      clear_leftovers
    fi
    fill
    ;;
  restart)
    end
    start
    ;;
  stop) end ;;
  *)
    echo "usage: ${0##*/} [start|stop|restart|install]" >&2
    exit 2
    ;;
esac
