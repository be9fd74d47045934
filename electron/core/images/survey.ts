// What a node's containerd holds, asked in one call: images, small blobs, layers, and how it wants to be given more.
import { AppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { type NodeStore, parseSurvey } from './node-store';

/**
 * One line per thing; a program for each of hundreds of files would take a second. kind and minikube keep containerd in /var/lib/containerd, k3s 1.20 and newer in its own folder.
 * Folders whose program is gone, with its node perhaps, are cleared away. kind 0.33: the
 * snapshotter is that of the CRI plugin in `containerd config dump`, which is asked where the configuration alone does not say.
 */
export const surveyScript = `
for root in /var/lib/containerd /var/lib/rancher/k3s/agent/containerd; do
  [ -d "$root/io.containerd.content.v1.content/blobs/sha256" ] && break
done
content=$root/io.containerd.content.v1.content
[ -d "$content/blobs/sha256" ] || { echo "no containerd"; exit 0; }
mkdir -p "$content/boathouse"
for left in $(find "$content/boathouse" -mindepth 2 -maxdepth 2 -name pid); do
  work=\${left%/pid}
  grep -q "\${work##*/}" "/proc/$(cat "$left")/cmdline" 2>/dev/null || rm -rf "$work"
done
find "$content/boathouse" -mindepth 1 -maxdepth 1 -mmin +60 -exec rm -rf {} + 2>/dev/null
snapshotter_in() { sed -n 's/^ *snapshotter = .\\([a-z0-9.-]*\\).$/\\1/p' | grep -v '^$' | head -n 1; }
config=/etc/containerd/config.toml
grep -q '^ *imports' $config 2>/dev/null || snapshotter=$(snapshotter_in 2>/dev/null <$config)
[ -n "$snapshotter" ] || snapshotter=$( (containerd config dump || cat /var/lib/rancher/k3s/agent/etc/containerd/config.toml) 2>/dev/null | snapshotter_in)
echo "machine $(uname -m)"
echo "content $content"
echo "staging $(stat -c %d:%i "$content/boathouse")"
echo "snapshotter \${snapshotter:-overlayfs}"
ctr --namespace=k8s.io images ls | sed 1d | while read -r name type digest more; do echo "image $digest $name"; done
ctr --namespace=k8s.io snapshots --snapshotter "\${snapshotter:-overlayfs}" ls | sed -n 's/^\\(sha256:[0-9a-f]*\\) .*Committed.*/snapshot \\1/p'
cd "$content/blobs/sha256" || exit 1
find . -type f -size -129k -exec awk '
  FNR == 1 {
    if (shown) print "\\n"
    shown = substr($0, 1, 1) == "{"
    if (shown) print "json " substr(FILENAME, 3) " "
  }
  shown { print }
  END { if (shown) print "\\n" }' ORS= {} +
ls -l | sed -n 's/^-[^ ]* *[^ ]* *[^ ]* *[^ ]* *\\([0-9]*\\) .* \\([0-9a-f]*\\)$/blob \\2 \\1/p'
echo end`;

/** Bytes of a survey's output: some thousand images. */
const outputCap = 64 * 1024 * 1024;

/**
 * Throws `not-possible` when its images are not in a containerd (minikube with Docker inside), `exec-failed` when it does not run or
 * does not answer.
 */
export async function surveyNode(engine: Engine, node: string, signal: AbortSignal): Promise<NodeStore> {
  const { stdout } = await execOrThrow(engine, node, ['sh', '-c', surveyScript], { signal, outputCap });
  return storeFrom(stdout, node);
}

/** What the program said. Throws as {@link surveyNode} does. */
export function storeFrom(stdout: string, node: string): NodeStore {
  if (stdout.trim() === 'no containerd') throw noContainerd(node);
  const survey = parseSurvey(stdout);
  if (!survey)
    throw new AppError('exec-failed', `${node} did not say which images it has`, { detail: stdout.slice(-500) });
  return survey;
}

function noContainerd(node: string): AppError {
  return new AppError('not-possible', `The node ${node} does not keep its images in containerd`, {
    params: { name: node, maker: 'minikube', ability: 'images', why: 'no-containerd' },
    hints: [{ text: "Use minikube's own program: minikube image load" }],
  });
}
