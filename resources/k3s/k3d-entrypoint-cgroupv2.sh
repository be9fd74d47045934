#!/bin/sh
# Kubelets make control groups below their own, which version 2 forbids while processes are in it: they move to one beside.
set -u
root=/sys/fs/cgroup
[ -e $root/cgroup.controllers ] || exit 0
mkdir -p $root/init
while read -r process; do echo "$process" >$root/init/cgroup.procs; done 2>/dev/null <$root/cgroup.procs
for controller in $(cat $root/cgroup.controllers); do echo "+$controller" >>$root/cgroup.subtree_control; done
