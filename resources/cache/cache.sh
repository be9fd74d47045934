#!/bin/sh
# Keeps what clusters fetch from one registry elsewhere, with the registry program of the container's image.
#
# /cache/proxy.yml   the registry that asks upstream, on port 5000; it ends at its start while upstream cannot be reached
# /cache/kept.yml    a registry of what is kept alone, on port 5001: nodes ask it second
# /cache/budget      kilobytes that may be kept
#
#   cache.sh             serves
#   cache.sh tidy KB     lets what was used least recently go until no more than KB kilobytes are kept
set -u
store=/var/lib/registry
program=$(command -v registry || command -v docker-registry)

kept() {
  du -sk $store | cut -f 1
}

# FORMAT: what stat tells of every blob
blobs() {
  find $store/docker/registry/v2/blobs -type f -name data -exec stat -c "$1" {} + 2>/dev/null
}

# tidy TARGET: a blob without its file is fetched again when somebody asks for it
tidy() {
  left=$(kept)
  blobs '%x|%y|%b|%n' | awk -F'|' '{ print ($1 > $2 ? $1 : $2) "|" $3 "|" $4 }' | sort |
    while IFS='|' read -r used blocks file; do
      [ "$left" -gt "$1" ] || break
      rm -rf "${file%/data}"
      left=$((left - blocks / 2))
    done
}

# Linux notes a file's use at the next reading only where the last one is older than a change of the file (relatime): what was read
# is changed, in nothing.
notice() {
  blobs '%X %Z %n' | while read -r used changed file; do
    [ "$used" -lt "$changed" ] || chmod u+r "$file"
  done
}

if [ "${1:-}" = tidy ]; then
  tidy "$2"
  notice
  exit
fi

trap 'exit 0' TERM INT
# distribution 2: blobs would go a week after they came, used or not.
rm -f $store/scheduler-state.json
while :; do
  "$program" serve /cache/proxy.yml
  sleep 5
done &
while :; do
  "$program" serve /cache/kept.yml
  sleep 5
done &
while :; do
  budget=$(cat /cache/budget)
  [ "$(kept)" -le "$budget" ] || tidy $((budget / 10 * 9))
  notice
  sleep 60
done &
wait
