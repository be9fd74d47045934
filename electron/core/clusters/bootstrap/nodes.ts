// The steps that make one node: its container, its files, its boot, its images.
import { portText } from '../../../../shared/model/change';
import { getFile, putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { execInContainer, execOrThrow } from '../../engine/exec';
import { explained } from '../../engine/failures';
import { freePort } from '../../engine/ports';
import type { StepContext } from '../../operations/operation';
import { writeHosts } from '../../registry/node-hosts';
import { openEntrance } from '../edge/entrance';
import { openPort } from '../edge/ports';
import { notANodeImage } from '../failures';
import { nodeContainer } from '../providers/kubeadm/container';
import type { OwnFacts } from '../providers/kubeadm/labels';
import { versionOfImage } from '../providers/kubeadm/node-image';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { createPki } from '../providers/kubeadm/pki';
import { bootNode } from './boot';
import {
  addressOf,
  type Building,
  clusterAddressesOf,
  controlPlaneEndpoint,
  controlPlanesOf,
  firstControlPlane,
  found,
  type ImageFacts,
  imageOf,
  ipv6AddressOf,
} from './building';
import { clusterConfigurationOf } from './node-config';
import { nodeFiles } from './node-files';
import { unpackImages, updateTrust } from './scripts';

/**
 * Creates the node's container without starting it. The request itself is not cancelled half-way: the engine would go on
 * and leave a container that nobody knows of.
 */
export async function createNode(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const { engine, request } = building;
  const network = found(building.network, 'the network');
  const image = imageOf(building, node);
  const { environment, networking } = request.template.spec;
  const subnets = [network.subnet, ...(network.ipv6Subnet ? [network.ipv6Subnet] : [])];
  const body = nodeContainer({
    cluster: request.name,
    node: {
      name: node.name,
      role: node.role,
      address: addressOf(building, node),
      ipv6Address: ipv6AddressOf(building, node),
    },
    image,
    network: network.name,
    engine: building.traits,
    proxyEnvironment: request.proxyEnvironment(subnets),
    ...(request.snapshotter && { snapshotter: request.snapshotter }),
    facts: { ...factsOf(building, node), ...(node.pool && { pool: node.pool }) },
    environment,
    dnsSearch: networking.dnsSearch,
    ...(node.mounts && { mounts: node.mounts }),
    ...(node.resources && { resources: node.resources }),
  });
  await explained(() => engine.docker.createContainer(body));
  context.signal.throwIfAborted();
  const isFirst = node === firstControlPlane(building);
  if (!isFirst && (node.image === undefined || building.images?.has(image))) return;
  const facts = await readImage(engine, image, node.name, context.signal);
  if (isFirst) building.image = facts;
  if (node.image !== undefined) building.images?.set(image, facts);
}

/** What the labels of everything that this create makes say; of a node its own version. */
function factsOf({ request, image }: Building, node?: PlannedNode): OwnFacts {
  const own = node?.image !== undefined && node.image !== request.image ? node.image : undefined;
  const version = own ? versionOfImage(own) : (image?.kubernetesVersion ?? versionOfImage(request.image));
  return {
    version: request.version,
    template: request.template.metadata.id,
    operation: request.creation,
    ...(version && { kubernetesVersion: version }),
  };
}

/** Opens the entrance, on a port of this computer that stays the same for as long as the cluster lives. */
export async function openClusterEntrance(building: Building, { signal }: StepContext): Promise<void> {
  const { engine, request } = building;
  const { address, port } = request.template.spec.networking.apiServer;
  building.apiPort = port || (await freePort(engine, { signal, address }));
  await openEntrance(
    engine,
    {
      cluster: request.name,
      image: request.image,
      network: found(building.network, 'the network'),
      api: { address, port: building.apiPort },
      controlPlanes: controlPlanesOf(building).map((node) => addressOf(building, node)),
      certificate: found(building.pki, 'the certificates').entrance,
      facts: factsOf(building),
      resources: request.resources,
    },
    signal,
  );
}

/** Opens the ports that the template asks for, side by side. */
export async function openTemplatePorts(building: Building, { signal, log }: StepContext): Promise<void> {
  const { engine, request } = building;
  const of = {
    cluster: request.name,
    image: request.image,
    network: found(building.network, 'the network'),
    serviceSubnet: request.template.spec.networking.serviceSubnet,
    nodes: request.nodes.map((node) => ({ name: node.name, pool: node.pool, address: addressOf(building, node) })),
  };
  const options = { resources: request.resources, facts: factsOf(building), signal };
  const opened = await Promise.all(request.template.spec.ports.map((port) => openPort(engine, of, port, options)));
  for (const port of opened) log(`${portText(port)} is open`);
}

/** What the image brings, read from the container before it runs. Throws `node-boot-failed` when it is no node image. */
export async function readImage(
  engine: Engine,
  image: string,
  container: string,
  signal: AbortSignal,
): Promise<ImageFacts> {
  const read = async (path: string) => (await getFile(engine, container, path, signal))?.toString('utf8');
  const [version, podNetworkManifest, storageManifest, containerdConfig] = await Promise.all(
    [
      '/kind/version',
      '/kind/manifests/default-cni.yaml',
      '/kind/manifests/default-storage.yaml',
      '/etc/containerd/config.toml',
    ].map(read),
  );
  if (version === undefined || podNetworkManifest === undefined) throw notANodeImage(image);
  return { kubernetesVersion: version.trim(), podNetworkManifest, storageManifest, containerdConfig };
}

/** Makes the cluster's keys and certificates, for what the user's patches have made of the configuration. */
export async function makeCertificates(building: Building): Promise<void> {
  const { request } = building;
  const { certSANs, serviceSubnet, dnsDomain } = clusterConfigurationOf(building);
  building.pki = await createPki({
    kubernetesVersion: found(building.image, 'the image').kubernetesVersion,
    clusterName: request.name,
    controlPlaneEndpoint: controlPlaneEndpoint(building),
    certSANs,
    serviceSubnet,
    dnsDomain,
    nodes: request.nodes.map((node) => ({
      name: node.name,
      role: node.role,
      address: clusterAddressesOf(building, node)[0],
    })),
    now: new Date(),
  });
  building.files = building.pki.files;
}

/** Puts the node's files into its container and boots it. */
export async function bootWithFiles(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  await putFiles(building.engine, node.name, nodeFiles(building, node), context.signal);
  if (building.hosts?.size) {
    await writeHosts(building.engine, { name: node.name, running: false }, building.hosts, context.signal);
  }
  await bootNode(building.engine, node.name, { signal: context.signal, onLine: context.log });
}

/** Makes the node trust the certificates that it was given. */
export async function trustCertificates(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const options = { signal: context.signal, onLine: context.log };
  await execOrThrow(building.engine, node.name, updateTrust(), options);
}

/** Unpacks what the node will run first; what goes wrong here the kubelet mends. */
export async function unpackNodeImages(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const { cni, kubeProxy } = building.request.template.spec.networking;
  const onEveryNode = [
    ...(kubeProxy === 'none' ? [] : ['kube-proxy']),
    ...(cni === 'none' ? [] : podNetworkImages(building)),
  ];
  const names =
    node.role === 'control-plane'
      ? ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', ...onEveryNode, 'coredns']
      : [...onEveryNode, 'coredns'];
  const script = unpackImages(['pause', ...names]);
  await execInContainer(building.engine, node.name, script, { signal: context.signal, onLine: context.log });
}

function podNetworkImages(building: Building): string[] {
  const manifest = found(building.image, 'the image').podNetworkManifest;
  return [...manifest.matchAll(/^\s*(?:- )?image: *"?([^\s"]+)"?/gm)].map((match) => match[1] ?? '');
}
