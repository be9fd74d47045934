#!/bin/sh
# The first program in a node of k3s: prepares the container, then becomes k3s.
# It lies where k3d puts its own, which takes its place at `k3d cluster start`.
set -u
for part in /bin/k3d-entrypoint-*.sh; do
  [ -x "$part" ] || continue
  "$part" || echo "$part failed: the node goes on without"
done
exec /bin/k3s "$@"
