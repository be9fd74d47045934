// The steps that make a k3s cluster: network and volume, the entrance, containers, k3s in them, and the names they have.
import { portText } from '../../../../../shared/model/change';
import { putFiles } from '../../../engine/archive';
import { explained } from '../../../engine/failures';
import { createClusterNetwork, entranceAddress } from '../../../engine/networks';
import { freePort } from '../../../engine/ports';
import { pullImage } from '../../../engine/pull';
import { connectKube } from '../../../kube/connect';
import { waitForApi } from '../../../kube/wait';
import { standaloneKubeconfig } from '../../../kubeconfig/entry';
import type { StepContext } from '../../../operations/operation';
import { found } from '../../bootstrap/building';
import { edgeScript } from '../../edge/container';
import { entranceRoutes, openEdge } from '../../edge/entrance';
import { openPort } from '../../edge/ports';
import { recordedTemplate } from '../../recorded';
import { bindOf } from '../kubeadm/container';
import { ownLabels } from '../kubeadm/labels';
import { readK3sKubeconfig } from './access';
import { addressOf, apiServerOf, argumentsOf, clusterFacts, imageOf, type K3sBuilding, serversOf } from './building';
import { certificateFiles } from './certificates';
import { imageVolume, k3sNodeContainer, loadBalancerConfig, loadBalancerContainer } from './container';
import { waitForK3sDns } from './dns';
import { entrypointFiles } from './entrypoint';
import { k3dLabels } from './labels';
import { k3dNames, type PlannedK3sNode } from './nodes';
import { readyWords, waitForWords } from './ready';
import { registriesFile } from './registries';
import { restoreNames } from './restore-names';

const apiLimit = 240_000;

export async function pullImages({ engine, request }: K3sBuilding, { signal, progress }: StepContext): Promise<void> {
  for (const [index, image] of request.pulls.entries()) {
    const share = (fraction: number | undefined) =>
      fraction === undefined ? undefined : (index + fraction) / request.pulls.length;
    await pullImage(engine, image, {
      signal,
      onProgress: ({ fraction, note }) => progress(share(fraction), note),
    });
  }
}

/** The network, and the port of this computer by which certificates and labels of all servers will know the API. */
export async function createNetwork(building: K3sBuilding, { signal }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { podSubnet, serviceSubnet } = request.template.spec.networking;
  building.network = await createClusterNetwork(engine, {
    name: k3dNames(request.name).network,
    avoid: [podSubnet, serviceSubnet],
    labels: {
      [k3dLabels.app]: 'k3d',
      [ownLabels.cluster]: request.name,
      [ownLabels.operation]: request.creation,
      [ownLabels.version]: request.version,
    },
  });
  building.apiPort = request.template.spec.networking.apiServer.port || (await freePort(engine, { signal }));
}

export async function createImageVolume({ engine, request }: K3sBuilding): Promise<void> {
  const own = { version: request.version, operation: request.creation };
  await explained(() => engine.docker.createVolume(imageVolume(request.name, own)));
}

export async function openEntrance(building: K3sBuilding, { signal }: StepContext): Promise<void> {
  const { engine, request } = building;
  const servers = serversOf(building);
  const address = entranceAddress(found(building.network, 'the network').subnet);
  const files = [
    await edgeScript(request.resources),
    entranceRoutes(servers.map((server) => addressOf(building, server))),
    loadBalancerConfig(servers.map(({ name }) => name)),
  ];
  await openEdge(engine, loadBalancerContainer(clusterFacts(building), request.image, address), files, signal);
}

/** Creates the node's container with what belongs into it, without starting it. */
export async function createNode(building: K3sBuilding, node: PlannedK3sNode, { signal }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { environment, networking, registry } = request.template.spec;
  const facts = clusterFacts(building);
  const body = k3sNodeContainer({
    facts,
    node,
    address: addressOf(building, node),
    image: imageOf(building, node),
    args: argumentsOf(building, node),
    several: serversOf(building).length > 1,
    environment: [
      ...request.proxyEnvironment([facts.network.subnet]),
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
    ],
    binds: node.mounts.map(bindOf),
    dnsSearch: networking.dnsSearch,
  });
  // Not cancelled half-way: the engine would go on and leave a container that nobody knows of.
  const { id } = await explained(() => engine.docker.createContainer(body));
  signal.throwIfAborted();
  const record = node.role === 'control-plane' ? [recordedTemplate(request.template)] : [];
  const files = [
    ...(await entrypointFiles(request.resources, engine.info)),
    ...registriesFile(registry),
    ...certificateFiles(request.certificates),
    ...record,
  ];
  await putFiles(engine, id, files, signal);
}

/** Starts k3s and waits for the words that k3d waits for. */
export async function startK3sNode({ engine }: K3sBuilding, node: PlannedK3sNode, { signal, log }: StepContext) {
  await explained(() => engine.docker.getContainer(node.name).start({ abortSignal: signal }));
  if (node.k3sRole === 'port') return;
  const words = readyWords(node.k3sRole, 'create');
  await waitForWords(engine, { name: node.name, containerId: node.name }, words, { signal, onLine: log });
}

/** Connects as the administrator that k3s has made, through the entrance. */
export async function connectToApi(building: K3sBuilding, { signal }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { name } = request;
  const nodes = serversOf(building).map((server) => ({ role: server.role, containerId: server.name }));
  const { adminConf, server } = await readK3sKubeconfig(
    engine,
    { name, nodes: nodes.slice(0, 1), apiServer: apiServerOf(building) },
    signal,
  );
  building.adminConf = adminConf;
  building.kube = await connectKube(standaloneKubeconfig(adminConf, subjectOf(name), server));
  await waitForApi(building.kube, signal, apiLimit);
}

/** What the cluster is called in a kubeconfig. k3d 5.9: `k3d-<name>`. */
export function subjectOf(name: string) {
  return { name, provider: 'k3s', context: `k3d-${name}` } as const;
}

export async function nameNodes(building: K3sBuilding, context: StepContext): Promise<void> {
  const { engine, request } = building;
  const nodes = request.nodes.map((node) => ({
    name: node.name,
    containerId: node.name,
    k3sRole: node.k3sRole,
    args: argumentsOf(building, node),
  }));
  await restoreNames(engine, { network: building.network?.name, nodes, aliases: undefined }, context);
}

export async function waitForDns(building: K3sBuilding, { signal, progress }: StepContext): Promise<void> {
  const [server] = serversOf(building);
  const target = { kube: found(building.kube, 'the API'), engine: building.engine, server: server?.name ?? '' };
  await waitForK3sDns(target, { signal, onWaiting: (what) => progress(undefined, what) });
}

/** Opens the ports that the template asks for, side by side. */
export async function openTemplatePorts(building: K3sBuilding, { signal, log }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { ports, networking } = request.template.spec;
  const facts = clusterFacts(building);
  const of = {
    cluster: request.name,
    image: request.image,
    network: facts.network,
    serviceSubnet: networking.serviceSubnet,
    nodes: request.nodes.map((node) => ({
      name: node.name,
      pool: node.pool.name,
      address: addressOf(building, node),
    })),
  };
  const options = { resources: request.resources, facts: facts.own, signal };
  for (const port of await Promise.all(ports.map((wanted) => openPort(engine, of, wanted, options)))) {
    log(`${portText(port)} is open`);
  }
}
