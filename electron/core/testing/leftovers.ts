// For tests: what of a cluster is there in an engine and in the kubeconfig, by any trace it could have left.
import { readFile } from 'node:fs/promises';
import { ended, type TestCore } from './core';
import { docker } from './programs';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

/** Names of the anonymous volumes that the containers of a cluster have now. */
export async function volumesOf(core: TestCore, cluster: string): Promise<string[]> {
  const ids = lines(await docker(core, 'ps', '-aq', '--filter', `label=io.x-k8s.kind.cluster=${cluster}`));
  if (ids.length === 0) return [];
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}';
  return lines(await docker(core, 'inspect', '--format', format, ...ids));
}

/** Everything that is left of a cluster; empty when nothing is. `volumes`: names that it had. */
export async function leftoversOf(core: TestCore, cluster: string, volumes: readonly string[]): Promise<string[]> {
  const [byLabel, byName, networks, allVolumes, kubeconfig] = await Promise.all([
    docker(core, 'ps', '-a', '--filter', `label=io.x-k8s.kind.cluster=${cluster}`, '--format', 'container {{.Names}}'),
    docker(core, 'ps', '-a', '--filter', `name=^${cluster}-`, '--format', 'container {{.Names}}'),
    docker(core, 'network', 'ls', '--filter', `name=${cluster}`, '--format', 'network {{.Name}}'),
    docker(core, 'volume', 'ls', '-q'),
    readFile(core.kubeconfig, 'utf8').catch(() => ''),
  ]);
  const present = new Set(lines(allVolumes));
  const mentions = kubeconfig.includes(`kind-${cluster}`) ? [`an entry in ${core.kubeconfig}`] : [];
  const found = [...lines(byLabel), ...lines(byName), ...lines(networks)];
  return [...new Set([...found, ...volumes.filter((name) => present.has(name)), ...mentions])];
}

/** Takes away what there is of a cluster: before a test what a run that was cut off has left, after it what the test has. */
export async function removeLeftovers(core: TestCore, cluster: string): Promise<void> {
  if ((await leftoversOf(core, cluster, [])).length === 0) return;
  await ended(core.client, await core.client.clusters.cleanup({ name: cluster }));
}
