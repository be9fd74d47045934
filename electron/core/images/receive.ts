// What a node does with a load: layers go straight into containerd's content store, then the image is imported around them.

/**
 * `ctr images import` writes every layer through containerd, hashes it there and waits for the disk; placed as files of the store
 * they cost one copy. The digests were checked while they were read, and containerd checks each again when it unpacks.
 *
 * Comes after `surveyScript`, whose variables it uses; `$1`: a name of its own in the store. Input: a line `load`, then a tar of
 * `layers/<hex>` (what travels), `adopt` (digest and size of each layer that must be known, by line), `images/<n>` (archives of
 * everything else), and `complete` last: a stream that was cut off leaves nothing behind. A line `nothing` ends it.
 */
export const receiveScript = `
set -eu
id=$1 snapshotter=\${snapshotter:-overlayfs}
# While the layers are still being read.
local=; if ctr images import --help | grep -q -- --local; then local=--local; fi
read -r what || exit 1
[ "$what" = load ] || exit 0
work=$content/boathouse/$id
mkdir -p "$work"
echo $$ >"$work/pid"
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM INT HUP
tar -x -f - -C "$work"
[ -e "$work/complete" ] || { echo 'the stream was cut off' >&2; exit 1; }
echo received
cd "$work"
place() {
  while read -r digest size; do
    blob=$content/blobs/sha256/$digest
    [ ! -e "layers/$digest" ] || ln -f "layers/$digest" "$blob"
    ctr --namespace=k8s.io content ingest --expected-digest "sha256:$digest" --expected-size "$size" "boathouse-$id-$digest" <"$blob"
  done <adopt
  for image in images/*; do
    ctr --namespace=k8s.io images import --digests $local --snapshotter "$snapshotter" "$image"
  done
}
tries=1
until (set -e; place) >out 2>err; do
  # Whatever else ends in containerd at this moment may take what nothing refers to yet.
  if [ $tries = 3 ] || ! grep -q 'not found' err; then cat out err >&2; exit 1; fi
  tries=$((tries + 1))
done
(sleep 2; sync -f "$content/blobs" || sync) </dev/null >/dev/null 2>&1 &
`;
