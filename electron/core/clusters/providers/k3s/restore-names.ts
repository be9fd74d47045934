// Names of this computer and of the nodes, given to a k3s cluster anew after each start of its containers.
import { getFile, putFiles } from '../../../engine/archive';
import type { Engine } from '../../../engine/engine';
import { execOrThrow } from '../../../engine/exec';
import type { StepContext } from '../../../operations/operation';
import { hostGateway, inspectNetwork, type K3sNode } from './facts';
import { addHosts, aliasesOf, withNodeHosts } from './host-names';
import { waitForWords } from './ready';
import { disablesDns } from './start-plan';

/** Milliseconds for k3s to have written its manifest of CoreDNS; k3d waits without end. */
const manifestLimit = 60_000;
const corednsManifest = '/var/lib/rancher/k3s/server/manifests/coredns.yaml';

interface NamedNodes {
  network: string | undefined;
  nodes: readonly Pick<K3sNode, 'name' | 'containerId' | 'k3sRole' | 'args'>[];
  /** k3d's label of further names, JSON. */
  aliases: string | undefined;
}

/**
 * The engine has written `/etc/hosts` anew, and k3s its manifest of CoreDNS: what k3d adds to both is added again.
 * k3d 5.9: the manifest is changed on the first server that did not begin the etcd, because that one's is used.
 */
export async function restoreNames(
  engine: Engine,
  { network: networkName, nodes, aliases: label }: NamedNodes,
  step: StepContext,
): Promise<void> {
  const { signal, log } = step;
  const kubernetesNodes = nodes.filter(({ k3sRole }) => k3sRole !== 'loadbalancer' && k3sRole !== 'port');
  const servers = kubernetesNodes.filter(({ k3sRole }) => k3sRole !== 'agent');
  const server = servers.find(({ k3sRole }) => k3sRole === 'server') ?? servers[0];
  if (!server || !networkName || networkName === 'host') return;
  const network = await inspectNetwork(engine, networkName, signal);
  const gateway = await hostGateway(engine, network, server.containerId, signal);
  if (!gateway) return log('the network has no gateway: this computer has no name in the cluster');
  const aliases = aliasesOf(label, gateway);
  await Promise.all(
    kubernetesNodes.map((node) => execOrThrow(engine, node.containerId, addHosts(aliases), { signal })),
  );
  if (disablesDns(servers)) return;
  await waitForWords(engine, server, 'Cluster dns configmap', { signal, onLine() {}, limit: manifestLimit }).catch(
    (error) => {
      signal.throwIfAborted();
      log(`k3s did not say that its DNS is set up: ${String(error)}`);
    },
  );
  const manifest = (await getFile(engine, server.containerId, corednsManifest, signal))?.toString('utf8');
  if (manifest === undefined) return log(`${server.name} has no manifest of CoreDNS`);
  const content = withNodeHosts(manifest, [...aliases, ...network.members]);
  await putFiles(engine, server.containerId, [{ path: corednsManifest, content, mode: 0o744 }], signal);
}
