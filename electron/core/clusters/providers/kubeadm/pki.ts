// The certificates, keys and kubeconfigs of a cluster, made before its nodes exist, in the layout kubeadm expects to find.
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../../../../shared/model/errors';
import { addressIn, rangesIn } from '../../../../../shared/model/template/ranges';
import type { ContainerFile } from '../../../engine/archive';
import { certificateGroups } from './access';
import {
  type Authority,
  createAuthority,
  issue,
  type KeyPair,
  privateKeyPem,
  readAuthority,
  type Subject,
} from './certificate';
import { base64, kubeconfig } from './kubeconfig-text';
import { type KubernetesVersion, parseKubernetesVersion } from './kubernetes-version';

export interface PkiNode {
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  /** Address in the cluster's network that its parts are reached at. */
  readonly address: string;
}

export interface PkiRequest {
  readonly kubernetesVersion: string;
  readonly clusterName: string;
  /** Host and port, e.g. `dev-control-plane:6443`. */
  readonly controlPlaneEndpoint: string;
  /** Names and addresses of the API beyond `localhost` and `127.0.0.1`, as given to the kubeadm configuration. */
  readonly certSANs: readonly string[];
  readonly serviceSubnet: string;
  /** Domain of the cluster's names; `cluster.local` where it is left out. */
  readonly dnsDomain?: string | undefined;
  readonly nodes: readonly PkiNode[];
  readonly now: Date;
}

export interface ClusterPki {
  /** Certificate of the cluster's authority, PEM. */
  readonly authority: string;
  /** A client in the group `system:masters`, PEM: works before any role binding exists. */
  readonly superAdmin: KeyPair;
  /** Certificate and key, PEM, with which the entrance answers for an API that is paused. */
  readonly entrance: string;
  /** What belongs into each node, by node name; parents before links to them. */
  readonly files: ReadonlyMap<string, readonly ContainerFile[]>;
}

/** What issuing a client's identity takes. */
interface Issuing {
  readonly request: Pick<PkiRequest, 'clusterName' | 'controlPlaneEndpoint' | 'now'>;
  readonly leafEnd: Date;
  readonly cluster: Authority;
}

interface Context extends Issuing {
  readonly request: PkiRequest;
  readonly version: KubernetesVersion;
  readonly frontProxy: Authority;
  readonly etcd: Authority;
  readonly serviceAccount: { readonly privateKey: string; readonly publicKey: string };
}

const pki = '/etc/kubernetes/pki';
const days = 24 * 60 * 60 * 1000;
/** kubeadm back-dates by this much; the clock of an engine's virtual machine may be behind ours. */
const backdate = 5 * 60 * 1000;

const certificateFile = (path: string, content: string): ContainerFile => ({
  path: `${path}.crt`,
  mode: 0o644,
  content,
});
const keyFile = (path: string, content: string): ContainerFile => ({ path, mode: 0o600, content });

function pairFiles(path: string, pair: KeyPair): ContainerFile[] {
  return [certificateFile(path, pair.certificate), keyFile(`${path}.key`, pair.key)];
}

function authorityFiles(path: string, authority: Authority): ContainerFile[] {
  return pairFiles(path, { certificate: authority.certificate, key: privateKeyPem(authority.key) });
}

/** The first address of a range, of the first one in a dual-stack cluster: where the API is served inside the cluster. */
function firstAddress(subnet: string): string {
  const [range] = rangesIn(subnet);
  if (!range) throw new AppError('bad-input', `"${subnet}" is not a range of addresses`, { params: { subnet } });
  return addressIn(range, 1);
}

function apiServerNames({ request }: Context, node: PkiNode): string[] {
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    `kubernetes.default.svc.${request.dnsDomain ?? 'cluster.local'}`,
  ];
  return [
    node.name,
    ...service,
    firstAddress(request.serviceSubnet),
    node.address,
    request.controlPlaneEndpoint.replace(/:\d+$/, ''),
    'localhost',
    '127.0.0.1',
    ...request.certSANs,
  ];
}

function controlPlaneCertificates(context: Context, node: PkiNode): ContainerFile[] {
  const { cluster, frontProxy, etcd, leafEnd: notAfter, version } = context;
  const groups = certificateGroups(version);
  const client = (authority: Authority, commonName: string, organization?: string) =>
    issue(authority, { subject: { commonName, organization }, usages: ['client'], notAfter });
  const etcdNames = [node.name, 'localhost', node.address, '127.0.0.1', '::1'];
  const etcdServer = () =>
    // etcd asks for client use on its server certificate too.
    issue(etcd, {
      subject: { commonName: node.name },
      usages: ['server', 'client'],
      alternativeNames: etcdNames,
      notAfter,
    });
  const apiServer = issue(cluster, {
    subject: { commonName: 'kube-apiserver' },
    usages: ['server'],
    alternativeNames: apiServerNames(context, node),
    notAfter,
  });
  return [
    ...authorityFiles(`${pki}/ca`, cluster),
    ...pairFiles(`${pki}/apiserver`, apiServer),
    ...pairFiles(
      `${pki}/apiserver-kubelet-client`,
      client(cluster, 'kube-apiserver-kubelet-client', groups.kubeletClient),
    ),
    ...authorityFiles(`${pki}/front-proxy-ca`, frontProxy),
    ...pairFiles(`${pki}/front-proxy-client`, client(frontProxy, 'front-proxy-client')),
    ...authorityFiles(`${pki}/etcd/ca`, etcd),
    ...pairFiles(`${pki}/etcd/server`, etcdServer()),
    ...pairFiles(`${pki}/etcd/peer`, etcdServer()),
    ...pairFiles(`${pki}/etcd/healthcheck-client`, client(etcd, 'kube-etcd-healthcheck-client', groups.etcdClients)),
    ...pairFiles(`${pki}/apiserver-etcd-client`, client(etcd, 'kube-apiserver-etcd-client', groups.etcdClients)),
    keyFile(`${pki}/sa.key`, context.serviceAccount.privateKey),
    keyFile(`${pki}/sa.pub`, context.serviceAccount.publicKey),
  ];
}

function clientPair({ cluster, leafEnd }: Issuing, subject: Subject): KeyPair {
  return issue(cluster, { subject, usages: ['client'], notAfter: leafEnd });
}

function clientKubeconfig(
  { request, cluster }: Context,
  file: string,
  server: string,
  user: string,
  pair: KeyPair,
): ContainerFile {
  const content = kubeconfig({
    clusterName: request.clusterName,
    authority: cluster.certificate,
    server,
    user,
    credentials: { 'client-certificate-data': base64(pair.certificate), 'client-key-data': base64(pair.key) },
  });
  return { path: `/etc/kubernetes/${file}`, mode: 0o600, content };
}

/** The API where the node reaches it best: on itself for control planes, else at the common endpoint. */
function nearestServer({ request }: Issuing, node: PkiNode): string {
  const itself = `${node.address.includes(':') ? `[${node.address}]` : node.address}:6443`;
  return `https://${node.role === 'control-plane' ? itself : request.controlPlaneEndpoint}`;
}

function controlPlaneKubeconfigs(context: Context, node: PkiNode, superAdmin: KeyPair): ContainerFile[] {
  const groups = certificateGroups(context.version);
  const common = `https://${context.request.controlPlaneEndpoint}`;
  const admin = groups.superAdmin
    ? clientPair(context, { commonName: 'kubernetes-admin', organization: groups.admin })
    : superAdmin;
  const component = (file: string, user: string) =>
    clientKubeconfig(context, file, nearestServer(context, node), user, clientPair(context, { commonName: user }));
  return [
    clientKubeconfig(context, 'admin.conf', common, 'kubernetes-admin', admin),
    ...(groups.superAdmin
      ? [clientKubeconfig(context, 'super-admin.conf', common, 'kubernetes-super-admin', superAdmin)]
      : []),
    component('controller-manager.conf', 'system:kube-controller-manager'),
    component('scheduler.conf', 'system:kube-scheduler'),
  ];
}

/**
 * The kubelet's identity where the kubelet keeps it once it has renewed it: `kubelet.conf` with an embedded certificate
 * would end the node's life with that certificate (kubeadm finalizes its own `kubelet.conf` for the same reason).
 */
function kubeletFiles(context: Issuing, node: PkiNode, server = nearestServer(context, node)): ContainerFile[] {
  const user = `system:node:${node.name}`;
  const pair = clientPair(context, { commonName: user, organization: 'system:nodes' });
  const stamp = context.request.now.toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const directory = '/var/lib/kubelet/pki';
  const current = `${directory}/kubelet-client-current.pem`;
  const own = `${directory}/kubelet-client-${stamp}.pem`;
  const content = kubeconfig({
    clusterName: context.request.clusterName,
    authority: context.cluster.certificate,
    server,
    user,
    credentials: { 'client-certificate': current, 'client-key': current },
  });
  return [
    { path: '/etc/kubernetes/kubelet.conf', mode: 0o600, content },
    { path: own, mode: 0o600, content: `${pair.certificate}${pair.key}` },
    { path: current, linkTo: own },
  ];
}

/** What a worker needs to be one of the cluster: its authority's certificate and a signed identity. */
function workerFiles(context: Issuing, node: PkiNode): ContainerFile[] {
  return [certificateFile(`${pki}/ca`, context.cluster.certificate), ...kubeletFiles(context, node)];
}

/** The same for a worker that comes later, signed by the authority that a control plane keeps. */
export function laterWorkerFiles(
  request: Pick<PkiRequest, 'clusterName' | 'controlPlaneEndpoint' | 'now'>,
  authority: KeyPair,
  node: PkiNode,
): ContainerFile[] {
  return workerFiles({ request, leafEnd: leafEndOf(request), cluster: readAuthority(authority) }, node);
}

/** What all control planes of a cluster share, PEM: the authorities with their keys, and the signer of service account tokens. */
export interface SharedPki {
  readonly cluster: KeyPair;
  readonly frontProxy: KeyPair;
  readonly etcd: KeyPair;
  readonly serviceAccount: { readonly privateKey: string; readonly publicKey: string };
}

/** Where a control plane keeps what all of them share. */
export const sharedPkiPaths = {
  cluster: `${pki}/ca`,
  frontProxy: `${pki}/front-proxy-ca`,
  etcd: `${pki}/etcd/ca`,
  serviceAccount: `${pki}/sa`,
} as const;

/**
 * What a control plane that comes later needs, signed by the authorities that the others keep. Its kubelet goes the common way, as after
 * `kubeadm join`: its own API server is the last that starts.
 */
export function laterControlPlaneFiles(request: Omit<PkiRequest, 'nodes'>, shared: SharedPki, node: PkiNode) {
  const context: Context = {
    request: { ...request, nodes: [node] },
    version: parseKubernetesVersion(request.kubernetesVersion),
    leafEnd: leafEndOf(request),
    cluster: readAuthority(shared.cluster),
    frontProxy: readAuthority(shared.frontProxy),
    etcd: readAuthority(shared.etcd),
    serviceAccount: shared.serviceAccount,
  };
  return [
    ...controlPlaneCertificates(context, node),
    ...controlPlaneKubeconfigs(context, node, superAdminOf(context)),
    ...kubeletFiles(context, node, `https://${request.controlPlaneEndpoint}`),
  ];
}

function superAdminOf(context: Context): KeyPair {
  return clientPair(context, {
    commonName: certificateGroups(context.version).superAdmin ? 'kubernetes-super-admin' : 'kubernetes-admin',
    organization: 'system:masters',
  });
}

function leafEndOf({ now }: Pick<PkiRequest, 'now'>): Date {
  return new Date(now.getTime() + 365 * days);
}

async function serviceAccountKeys(): Promise<Context['serviceAccount']> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
}

/**
 * Makes the whole PKI of a cluster: authorities valid for ten years, everything else for one, from 5 minutes ago;
 * ECDSA P-256 keys, and RSA 2048 for the signer of service account tokens (RS256 is what every verifier expects).
 * kubeadm 1.20 to 1.36: subjects, groups, alternative names and files are those of `kubeadm init phase certs all` and
 * `kubeadm init phase kubeconfig all`; workers get a signed kubelet certificate in place of TLS bootstrap.
 * @throws AppError `bad-input` when the version or the service subnet cannot be read.
 */
export async function createPki(request: PkiRequest): Promise<ClusterPki> {
  const version = parseKubernetesVersion(request.kubernetesVersion);
  firstAddress(request.serviceSubnet);
  const serviceAccount = serviceAccountKeys();
  const start = new Date(request.now.getTime() - backdate);
  const authorityEnd = new Date(request.now.getTime() + 3650 * days);
  const [cluster, frontProxy, etcd] = ['kubernetes', 'front-proxy-ca', 'etcd-ca'].map((name) =>
    createAuthority(name, start, authorityEnd),
  ) as [Authority, Authority, Authority];
  const leafEnd = leafEndOf(request);
  const context = { request, version, leafEnd, cluster, frontProxy, etcd, serviceAccount: await serviceAccount };
  const superAdmin = superAdminOf(context);
  const files = request.nodes.map((node): [string, ContainerFile[]] => [
    node.name,
    node.role === 'control-plane'
      ? [
          ...controlPlaneCertificates(context, node),
          ...controlPlaneKubeconfigs(context, node, superAdmin),
          ...kubeletFiles(context, node),
        ]
      : workerFiles(context, node),
  ]);
  const entrance = issue(cluster, {
    subject: { commonName: 'boathouse-entrance' },
    usages: ['server'],
    alternativeNames: ['localhost', '127.0.0.1', ...request.certSANs],
    notAfter: authorityEnd,
  });
  return {
    authority: cluster.certificate,
    superAdmin,
    entrance: `${entrance.certificate}${entrance.key}`,
    files: new Map(files),
  };
}
