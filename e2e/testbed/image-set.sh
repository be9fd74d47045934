# Which images the testbed promises, whether an engine has them as they would be built today, and how it gets them.
# shellcheck shell=bash disable=SC2154
images=("$BOATHOUSE_TEST_NODE_IMAGE" testbed/registry:2 testbed/haproxy:2 testbed/busybox:1)
image_label=dev.boathouse.testbed
# what the images are made from, as one number: changing a script or a file below files/ rebuilds them
image_inputs=$(cd "$here" && find files images.sh roots.sh -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-12)
image_archive=$cache/images-$image_inputs.tar.zst

# has_images ENGINE: whether the engine (first or modern) has every image, built from today's inputs
has_images() {
  local labels
  labels=$("$1" image inspect --format "{{index .Config.Labels \"$image_label\"}}" "${images[@]}" 2>/dev/null) || return 1
  [ "$(sort -u <<<"$labels")" = "$image_inputs" ]
}

# load_images ENGINE: fills the engine from the archive; fails where there is none
load_images() {
  [ -f "$image_archive" ] || return 1
  zstd -dc "$image_archive" | "$1" load -q >/dev/null
}

# forget_old_images ENGINE: the testbed's images that newer ones took the names of, unless a container still uses them
forget_old_images() { "$1" image prune -f --filter "label=$image_label" >/dev/null; }

archive_images() {
  [ -f "$image_archive" ] && return
  say "Keeping the images in the cache"
  first save "${images[@]}" | zstd -q -f -T0 -o "$image_archive.part"
  mv "$image_archive.part" "$image_archive"
  find "$cache" -maxdepth 1 -name 'images-*.tar.zst*' ! -path "$image_archive" -delete
}
