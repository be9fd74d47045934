// The kubelet of a node: configured by kubeadm's own phase, beside what is known of the node's networks before those who serve them run.
import type { ContainerFile } from '../../engine/archive';
import { execInContainer, execOrThrow } from '../../engine/exec';
import type { StepContext } from '../../operations/operation';
import { kubeadmConfig } from '../providers/kubeadm/kubeadm-config';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { type Building, found } from './building';
import { earlyNetwork, earlyNetworkOfComing, writeEarlyNetwork } from './early-network';
import { kubeadmRequestOf } from './node-config';
import { configureKubelet, kubeletConfigurationOf, openApiEarly, startKubelet } from './scripts';

/** Writes the kubelet's configuration and the networks. A node that comes to a cluster is registered by then. */
export async function configureNode(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const options = { signal: context.signal, onLine: context.log };
  await Promise.all([
    writeNetworks(building, node, context),
    execOrThrow(building.engine, node.name, configureKubelet(node.role), options),
  ]);
}

/** The way to the API and to the other nodes' pods, on a node that runs. */
export async function writeNetworks(
  building: Building,
  node: PlannedNode,
  { signal, log }: StepContext,
): Promise<void> {
  const options = { signal, onLine: log };
  const writePods = async () => {
    const network =
      building.endpoint === undefined
        ? earlyNetwork(building, node)
        : await earlyNetworkOfComing(building, node, signal);
    if (network) await execInContainer(building.engine, node.name, writeEarlyNetwork(network), options);
  };
  await Promise.all([execInContainer(building.engine, node.name, openApiEarly(), options), writePods()]);
}

/**
 * Adds to the files of a worker that comes what kubeadm would write for its kubelet, so that systemd starts it while the node boots.
 * `on`: a node that runs and is of the same image.
 */
export async function configureAhead(
  building: Building,
  node: PlannedNode,
  on: string,
  { signal, log }: StepContext,
): Promise<void> {
  const { stdout } = await execOrThrow(building.engine, on, kubeletConfigurationOf(), {
    signal,
    stdin: kubeadmConfig(kubeadmRequestOf(building, node)),
    onLine: (line, stream) => {
      if (stream === 'stderr') log(line);
    },
  });
  const files = found(building.files, 'the certificates');
  building.files = new Map(files).set(node.name, [...(files.get(node.name) ?? []), ...kubeletFiles(stdout)]);
}

/** What `kubeletConfigurationOf` printed, as files. Pure. */
export function kubeletFiles(printed: string): ContainerFile[] {
  return printed
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [path, content = ''] = line.split(' ');
      return { path: `/var/lib/kubelet/${path}`, content: Buffer.from(content, 'base64') };
    });
}

/** Starts the kubelet of a node that is configured. */
export async function startNode(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  await execOrThrow(building.engine, node.name, startKubelet(), { signal: context.signal, onLine: context.log });
}
