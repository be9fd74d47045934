// What a node does with a load: layers go straight into containerd's content store, then the image is imported around them.

/**
 * `ctr images import` writes every layer through containerd, hashes it there and waits for the disk; placed as files of the store
 * they cost one copy. The digests were checked while they were read, and containerd checks each again when it unpacks.
 *
 * Input: a tar of `layers/<hex>` (what travels), `adopt` (digest and size of each layer that must be known, by line), `images/<n>`
 * (archives of everything but layers), and `complete` last: a stream that was cut off leaves nothing behind.
 * `$1` content store, `$2` snapshotter, `$3` a name of its own in the store.
 */
const script = `
set -eu
content=$1 snapshotter=$2 id=$3
work=$content/boathouse/$id
mkdir -p "$work"
echo $$ >"$work/pid"
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM INT HUP
tar -x -f - -C "$work"
[ -e "$work/complete" ] || { echo 'the stream was cut off' >&2; exit 1; }
echo received
cd "$work"
local=; if ctr images import --help | grep -q -- --local; then local=--local; fi
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
(sync -f "$content/blobs" || sync) </dev/null >/dev/null 2>&1 &
`;

/** The command that receives a load; `id`: letters, digits and dashes. */
export function receiveCommand(content: string, snapshotter: string, id: string): string[] {
  return ['sh', '-c', script, 'boathouse-receive', content, snapshotter, id];
}
