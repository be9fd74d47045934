#!/usr/bin/env bash
# For tests, in the place of docker: nodes boot at once and `kubeadm init` fails. Keeps in $NOTES the arguments of `run`
# and every file that is written to a node.
case "$*" in
"run "*)
  echo "$3" >> "$NOTES/nodes"
  printf '%s\n' "$@" > "$NOTES/run.$3" ;;
"ps -a"*) cat "$NOTES/nodes" 2>/dev/null ;;
"-v"*) echo "Docker version 27.0.0, build 0000000" ;;
"info --format '{{json .SecurityOptions}}'"*) echo "[]" ;;
info*) echo '{"CgroupVersion":"2","SecurityOptions":[],"MemoryLimit":true,"PidsLimit":true,"CPUShares":true}' ;;
logs*) echo "Reached target Multi-User System." ;;
inspect*role*)
  case "${!#}" in
  *control-plane*) echo control-plane ;;
  *balancer) echo external-load-balancer ;;
  *) echo worker ;;
  esac ;;
inspect*IPAddress*) echo "10.9.0.2,fc00::2" ;;
*"cat /kind/version") echo v1.34.0 ;;
*"cat /etc/containerd/config.toml") printf 'version = 2\n[debug]\nlevel = "info"\n' ;;
*"cp /dev/stdin "*)
  node=$(printf '%s\n' "$@" | grep -m1 -x -F -f "$NOTES/nodes")
  cat > "$NOTES/file.$node.$(tr / _ <<< "${!#}")" ;;
*"kubeadm init"*) exit 1 ;;
esac
exit 0
