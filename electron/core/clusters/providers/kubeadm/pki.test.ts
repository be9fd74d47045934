// The certificates, keys and kubeconfigs of a cluster: layout, subjects, names, validity, and that TLS accepts them.
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { AppError } from '../../../../../shared/model/errors';
import { type ClusterPki, createPki, type PkiRequest } from './pki';

const now = new Date('2026-03-04T05:06:07Z');
const controlPlane = 'dev-control-plane';

function request(changes: Partial<PkiRequest> = {}): PkiRequest {
  return {
    kubernetesVersion: 'v1.20.2',
    clusterName: 'dev',
    controlPlaneEndpoint: `${controlPlane}:6443`,
    certSANs: ['api.example', '127.0.0.1'],
    serviceSubnet: '10.96.0.0/16',
    nodes: [
      { name: controlPlane, role: 'control-plane', address: '10.89.0.2' },
      { name: 'dev-worker', role: 'worker', address: '10.89.0.3' },
      { name: 'dev-worker2', role: 'worker', address: '10.89.0.4' },
    ],
    now,
    ...changes,
  };
}

function read(pki: ClusterPki, node: string, path: string): string {
  const file = pki.files.get(node)?.find((candidate) => candidate.path === path);
  if (!file || !('content' in file)) throw new Error(`${node} has no ${path}`);
  return file.content.toString();
}

function certificate(pki: ClusterPki, name: string): X509Certificate {
  return new X509Certificate(read(pki, controlPlane, `/etc/kubernetes/pki/${name}.crt`));
}

interface Kubeconfig {
  readonly 'current-context': string;
  readonly clusters: [{ name: string; cluster: { server: string; 'certificate-authority-data': string } }];
  readonly users: [{ name: string; user: Record<string, string> }];
}

function kubeconfig(pki: ClusterPki, node: string, name: string): Kubeconfig {
  return parse(read(pki, node, `/etc/kubernetes/${name}.conf`)) as Kubeconfig;
}

function clientOf(config: Kubeconfig): X509Certificate {
  return new X509Certificate(Buffer.from(config.users[0].user['client-certificate-data'] ?? '', 'base64'));
}

const subjectOf = (cert: X509Certificate) => cert.subject.split('\n');
const old = await createPki(request());
const modern = await createPki(request({ kubernetesVersion: 'v1.36.1' }));

describe('the layout', () => {
  test('of a control plane is what kubeadm’s certs and kubeconfig phases write', () => {
    const files = (old.files.get(controlPlane) ?? []).map(({ path }) => path).sort();
    const pairs = [
      ...[
        'apiserver',
        'apiserver-etcd-client',
        'apiserver-kubelet-client',
        'ca',
        'front-proxy-ca',
        'front-proxy-client',
      ],
      ...['etcd/ca', 'etcd/healthcheck-client', 'etcd/peer', 'etcd/server'],
    ].flatMap((name) => [`/etc/kubernetes/pki/${name}.crt`, `/etc/kubernetes/pki/${name}.key`]);
    const configs = ['admin', 'controller-manager', 'kubelet', 'scheduler'].map(
      (name) => `/etc/kubernetes/${name}.conf`,
    );
    const kubelet = ['2026-03-04-05-06-07', 'current'].map((name) => `/var/lib/kubelet/pki/kubelet-client-${name}.pem`);
    const serviceAccount = ['/etc/kubernetes/pki/sa.key', '/etc/kubernetes/pki/sa.pub'];
    expect(files).toEqual([...pairs, ...configs, ...kubelet, ...serviceAccount].sort());
  });

  test('of a worker has no key of an authority', () => {
    expect((old.files.get('dev-worker') ?? []).map(({ path }) => path)).toEqual([
      '/etc/kubernetes/pki/ca.crt',
      '/etc/kubernetes/kubelet.conf',
      '/var/lib/kubelet/pki/kubelet-client-2026-03-04-05-06-07.pem',
      '/var/lib/kubelet/pki/kubelet-client-current.pem',
    ]);
  });

  test('keeps secrets to root', () => {
    for (const file of [...old.files.values()].flat()) {
      if ('content' in file)
        expect([file.path, file.mode]).toEqual([file.path, file.path.endsWith('.crt') ? 0o644 : 0o600]);
    }
  });
});

describe('certificates', () => {
  test.each(['ca', 'front-proxy-ca', 'etcd/ca'])('%s is an authority for ten years', (name) => {
    const cert = certificate(old, name);
    expect(cert.ca).toBe(true);
    expect(cert.verify(cert.publicKey)).toBe(true);
    expect([new Date(cert.validFrom), new Date(cert.validTo)]).toEqual([
      new Date('2026-03-04T05:01:07Z'),
      new Date('2036-03-01T05:06:07Z'),
    ]);
  });

  test.each([
    ['apiserver', 'ca', ['CN=kube-apiserver'], ['server']],
    ['apiserver-kubelet-client', 'ca', ['O=system:masters', 'CN=kube-apiserver-kubelet-client'], ['client']],
    ['front-proxy-client', 'front-proxy-ca', ['CN=front-proxy-client'], ['client']],
    ['etcd/server', 'etcd/ca', [`CN=${controlPlane}`], ['server', 'client']],
    ['etcd/peer', 'etcd/ca', [`CN=${controlPlane}`], ['server', 'client']],
    ['etcd/healthcheck-client', 'etcd/ca', ['O=system:masters', 'CN=kube-etcd-healthcheck-client'], ['client']],
    ['apiserver-etcd-client', 'etcd/ca', ['O=system:masters', 'CN=kube-apiserver-etcd-client'], ['client']],
  ])('%s is of %s, for a year', (name, authority, subject, usages) => {
    const cert = certificate(old, name);
    const issuer = certificate(old, authority);
    const ids = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' };
    expect(cert.checkIssued(issuer) && cert.verify(issuer.publicKey)).toBe(true);
    expect(cert.ca).toBe(false);
    expect(subjectOf(cert)).toEqual(subject);
    expect(cert.keyUsage).toEqual(usages.map((usage) => ids[usage as keyof typeof ids]));
    expect(new Date(cert.validFrom)).toEqual(new Date('2026-03-04T05:01:07Z'));
    expect(new Date(cert.validTo)).toEqual(new Date('2027-03-04T05:06:07Z'));
    const key = createPrivateKey(read(old, controlPlane, `/etc/kubernetes/pki/${name}.key`));
    expect(cert.checkPrivateKey(key)).toBe(true);
  });

  test('serial numbers are positive and never the same', () => {
    const serials = ['apiserver', 'etcd/server', 'etcd/peer', 'ca'].map((name) => certificate(old, name).serialNumber);
    expect(new Set(serials).size).toBe(serials.length);
    for (const serial of serials) expect(BigInt(`0x${serial}`) > 0n && BigInt(`0x${serial}`) < 2n ** 63n).toBe(true);
  });

  test('the API server answers to every name it is called by', () => {
    const cert = certificate(old, 'apiserver');
    const service = 'kubernetes.default.svc.cluster.local';
    for (const name of [controlPlane, 'kubernetes', 'kubernetes.default', service, 'localhost', 'api.example']) {
      expect(cert.checkHost(name)).toBe(name);
    }
    for (const address of ['10.96.0.1', '10.89.0.2', '127.0.0.1']) expect(cert.checkIP(address)).toBe(address);
    expect(cert.checkHost('elsewhere.example')).toBeUndefined();
    expect(cert.subjectAltName?.match(/127\.0\.0\.1/g)).toHaveLength(1);
  });

  test('etcd answers on its address and both loopbacks', () => {
    for (const name of ['etcd/server', 'etcd/peer']) {
      for (const address of ['10.89.0.2', '127.0.0.1', '::1']) {
        expect(certificate(old, name).checkIP(address)).toBe(address);
      }
      expect(certificate(old, name).checkHost('localhost')).toBe('localhost');
    }
  });

  test('service account tokens are signed with RSA 2048', () => {
    const key = createPrivateKey(read(old, controlPlane, '/etc/kubernetes/pki/sa.key'));
    const publicKey = createPublicKey(read(old, controlPlane, '/etc/kubernetes/pki/sa.pub'));
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    const text = Buffer.from('token');
    expect(verify('sha256', text, publicKey, sign('sha256', text, key))).toBe(true);
  });

  test('keys are in the forms that kubeadm writes', () => {
    const label = (path: string) => read(old, controlPlane, `/etc/kubernetes/pki/${path}`).split('\n')[0];
    expect(label('ca.key')).toBe('-----BEGIN EC PRIVATE KEY-----');
    expect(label('apiserver.key')).toBe('-----BEGIN EC PRIVATE KEY-----');
    expect(label('sa.key')).toBe('-----BEGIN RSA PRIVATE KEY-----');
    expect(label('sa.pub')).toBe('-----BEGIN PUBLIC KEY-----');
  });
});

describe('kubeconfigs', () => {
  test.each([
    ['admin', 'https://dev-control-plane:6443', ['O=system:masters', 'CN=kubernetes-admin']],
    ['controller-manager', 'https://10.89.0.2:6443', ['CN=system:kube-controller-manager']],
    ['scheduler', 'https://10.89.0.2:6443', ['CN=system:kube-scheduler']],
  ])('%s', (name, server, subject) => {
    const config = kubeconfig(old, controlPlane, name);
    const cert = clientOf(config);
    expect(config.clusters[0]).toMatchObject({ name: 'dev', cluster: { server } });
    expect(config['current-context']).toBe(`${config.users[0].name}@dev`);
    expect(subject.at(-1)).toBe(`CN=${config.users[0].name}`);
    expect(subjectOf(cert)).toEqual(subject);
    expect(Buffer.from(config.clusters[0].cluster['certificate-authority-data'], 'base64').toString()).toBe(
      old.authority,
    );
    const key = Buffer.from(config.users[0].user['client-key-data'] ?? '', 'base64');
    expect(cert.checkPrivateKey(createPrivateKey(key))).toBe(true);
  });

  test.each([
    [controlPlane, 'https://10.89.0.2:6443'],
    ['dev-worker2', 'https://dev-control-plane:6443'],
  ])('the kubelet of %s finds its identity where it would renew it', (node, server) => {
    const config = kubeconfig(old, node, 'kubelet');
    const current = '/var/lib/kubelet/pki/kubelet-client-current.pem';
    expect(config.clusters[0].cluster.server).toBe(server);
    expect(config.users[0]).toEqual({
      name: `system:node:${node}`,
      user: { 'client-certificate': current, 'client-key': current },
    });
    const link = old.files.get(node)?.find(({ path }) => path === current);
    const target = link && 'linkTo' in link ? link.linkTo : '';
    const pem = read(old, node, target);
    const cert = new X509Certificate(pem);
    expect(subjectOf(cert)).toEqual(['O=system:nodes', `CN=system:node:${node}`]);
    expect(cert.checkPrivateKey(createPrivateKey(pem.slice(pem.indexOf('-----BEGIN EC'))))).toBe(true);
  });
});

describe('from Kubernetes 1.29 on', () => {
  test('there are two administrators', () => {
    expect(subjectOf(clientOf(kubeconfig(modern, controlPlane, 'admin')))).toEqual([
      'O=kubeadm:cluster-admins',
      'CN=kubernetes-admin',
    ]);
    const superAdmin = clientOf(kubeconfig(modern, controlPlane, 'super-admin'));
    expect(subjectOf(superAdmin)).toEqual(['O=system:masters', 'CN=kubernetes-super-admin']);
    expect(superAdmin.toString()).toBe(new X509Certificate(modern.superAdmin.certificate).toString());
  });

  test('the clients of etcd have no group', () => {
    expect(subjectOf(certificate(modern, 'etcd/healthcheck-client'))).toEqual(['CN=kube-etcd-healthcheck-client']);
    expect(subjectOf(certificate(modern, 'apiserver-etcd-client'))).toEqual(['CN=kube-apiserver-etcd-client']);
  });

  test('below it the administrator’s own certificate is the one that may do everything', () => {
    expect(old.superAdmin.certificate).toBe(clientOf(kubeconfig(old, controlPlane, 'admin')).toString());
  });
});

test('a client of the cluster is let in by TLS, a stranger’s is not', async () => {
  const current = await createPki(request({ now: new Date() }));
  const stranger = await createPki(request({ now: new Date() }));
  const serverOptions = {
    key: read(current, controlPlane, '/etc/kubernetes/pki/apiserver.key'),
    cert: read(current, controlPlane, '/etc/kubernetes/pki/apiserver.crt'),
    ca: current.authority,
    requestCert: true,
    // Strangers are told so: with TLS 1.3 a refusal can reach the client as an answer that is merely empty.
    rejectUnauthorized: false,
  };
  const server = createServer(serverOptions, (socket) =>
    socket.end(`${socket.getPeerCertificate().subject.CN} ${socket.authorized ? 'may enter' : 'stays outside'}`),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answer = async (client: ClusterPki) => {
    const { key, certificate: cert } = client.superAdmin;
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', key, cert, ca: current.authority });
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    return text;
  };
  try {
    expect(await answer(current)).toBe('kubernetes-admin may enter');
    expect(await answer(stranger)).toBe('kubernetes-admin stays outside');
  } finally {
    server.close();
    await once(server, 'close');
  }
});

test.each(['', '10.96.0.0', '10.96.0.300/16', 'fd00::/129'])('%j is no service subnet', async (serviceSubnet) => {
  await expect(createPki(request({ serviceSubnet }))).rejects.toThrow(AppError);
});
