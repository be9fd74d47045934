// A running cluster as one that is being built further: what is there already, and the nodes that come.
import { type ClusterTemplate, templateApiVersion, templateSchema } from '../../../../shared/model/template';
import { rangesIn } from '../../../../shared/model/template/ranges';
import { accessFiles } from '../../access/files';
import { getFile } from '../../engine/archive';
import { explained } from '../../engine/failures';
import type { StepContext } from '../../operations/operation';
import { certsFolder, ownHosts } from '../../registry/hosts';
import { readCerts } from '../../registry/node-hosts';
import { readCertificates } from '../../templates/contents';
import { type Building, clusterAddressesOf, controlPlaneEndpoint } from '../bootstrap/building';
import { clusterConfigurationOf } from '../bootstrap/node-config';
import { readImage } from '../bootstrap/nodes';
import { apiPort, entranceName } from '../edge/entrance';
import { engineTraits } from '../providers/kubeadm/engine-traits';
import { bootstrapToken } from '../providers/kubeadm/kubeadm-config';
import { formatKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { laterControlPlaneFiles, laterWorkerFiles, type SharedPki, sharedPkiPaths } from '../providers/kubeadm/pki';
import { nodeProxies } from '../proxies';
import { recordedTemplate } from '../recorded';
import type { LiveCluster } from './live-cluster';
import { templateSettings } from './new-nodes';
import { companyOf, type Entered } from './part';

/** What the steps of new nodes share: found out once, by the first that needs it. */
export type Grow = (context: StepContext) => Promise<Building>;

/**
 * `nodes` get their addresses and files. Control planes that come make the entrance the address of the API for all nodes
 * (see `endpoint.ts`).
 */
export async function growingCluster(
  entered: Entered,
  nodes: readonly PlannedNode[],
  signal: AbortSignal,
): Promise<Building> {
  const { options, operation, supplies } = entered;
  const here = entered.live();
  const { engine, cluster, first, network } = here;
  // The same objects: steps know their nodes by them. Each image is read anew: the files of nodes that run have been changed.
  for (const node of nodes) Object.assign(node, { address: here.takeAddress(), image: node.image ?? supplies.image });
  const endpoint = entered.several ? `${entranceName(cluster.name)}:${apiPort}` : here.endpoint;
  const template = supplies.template ?? likelyTemplate(here);
  const { Config } = await explained(() =>
    engine.docker.getContainer(first.containerId).inspect({ abortSignal: signal }),
  );
  const [image, info, proxyEnvironment, certificates, certs, access] = await Promise.all([
    readImage(engine, Config.Image, first.name, signal),
    explained(() => engine.docker.info()),
    nodeProxies(options, engine, cluster.name, template),
    readCertificates(template),
    readCerts(engine, first.name, signal),
    accessFiles(engine, first.name, signal),
  ]);
  const certFiles = [...certs].map(([path, content]) => ({ path: `${certsFolder}/${path}`, content }));
  const snapshotter = Config.Env.map((one) => /^KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER=(.*)/.exec(one)?.[1]).find(
    Boolean,
  );
  const building: Building = {
    engine,
    traits: engineTraits(info),
    request: {
      name: cluster.name,
      template,
      nodes: [...controlPlanesOf(entered), ...nodes],
      image: supplies.image,
      proxyEnvironment,
      snapshotter,
      resources: options.resources,
      creation: operation,
      version: options.version,
      registryImage: undefined,
      token: bootstrapToken(),
      certificates,
    },
    network,
    image,
    images: new Map(),
    hosts: ownHosts(certs),
    kube: here.kube,
    endpoint,
  };
  const files = await filesOf(here, building, nodes, signal);
  building.files = new Map([...files].map(([name, own]) => [name, [...own, ...certFiles, ...access]]));
  return building;
}

/** Those that are there: what their configuration was patched with holds for those that come. */
function controlPlanesOf(entered: Entered): PlannedNode[] {
  const company = companyOf(entered);
  return entered
    .live()
    .members.all()
    .filter(({ role }) => role === 'control-plane')
    .map((member) => {
      const { name, address } = member;
      return { ...templateSettings(company, member), name, role: 'control-plane', ...(address && { address }) };
    });
}

/** What belongs into each node: certificates and kubeconfigs, signed by the authorities that a control plane keeps. */
async function filesOf(here: LiveCluster, building: Building, nodes: readonly PlannedNode[], signal: AbortSignal) {
  const read = async (path: string) => String((await getFile(here.engine, here.first.name, path, signal)) ?? '');
  const pair = async (path: string) => {
    const [certificate, key] = await Promise.all([read(`${path}.crt`), read(`${path}.key`)]);
    return { certificate, key };
  };
  const shared = async (): Promise<SharedPki> => {
    const { serviceAccount } = sharedPkiPaths;
    const [cluster, frontProxy, etcd, privateKey, publicKey] = await Promise.all([
      pair(sharedPkiPaths.cluster),
      pair(sharedPkiPaths.frontProxy),
      pair(sharedPkiPaths.etcd),
      read(`${serviceAccount}.key`),
      read(`${serviceAccount}.pub`),
    ]);
    return { cluster, frontProxy, etcd, serviceAccount: { privateKey, publicKey } };
  };
  const { certSANs, serviceSubnet, dnsDomain } = clusterConfigurationOf(building);
  const request = {
    kubernetesVersion: formatKubernetesVersion(here.version),
    clusterName: here.cluster.name,
    controlPlaneEndpoint: controlPlaneEndpoint(building),
    certSANs,
    serviceSubnet,
    dnsDomain,
    now: new Date(),
  };
  const pkiNode = (node: PlannedNode) => ({
    name: node.name,
    role: node.role,
    address: clusterAddressesOf(building, node)[0],
  });
  const record = here.template ? [recordedTemplate(here.template)] : [];
  const leads = nodes.some(({ role }) => role === 'control-plane');
  const [authority, all] = await Promise.all([pair(sharedPkiPaths.cluster), leads ? shared() : undefined]);
  return new Map(
    nodes.map((node) => [
      node.name,
      all && node.role === 'control-plane'
        ? [...laterControlPlaneFiles(request, all, pkiNode(node)), ...record]
        : laterWorkerFiles(request, authority, pkiNode(node)),
    ]),
  );
}

/** What can be seen of the template of a cluster that remembers none. */
function likelyTemplate({ cluster, podSubnet, serviceSubnet }: LiveCluster): ClusterTemplate {
  const id = cluster.template ?? cluster.name;
  const families = rangesIn(podSubnet).map(({ family }) => family);
  const ipFamily = families.length > 1 ? 'dual' : families[0];
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id, title: id, description: id },
    spec: { nodes: [{ role: 'control-plane' }], networking: { ipFamily, podSubnet, serviceSubnet } },
  });
}
