// Whose entries of a name are, for clusters whose programs call theirs otherwise than kind does.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { removeEntry, setEntry } from './edit';
import { kubeconfigEntry, standaloneKubeconfig } from './entry';
import { foreignSections } from './ownership';
import { parseKubeconfig } from './parse';
import { adminConf } from './samples.test-data';

const k3d = { name: 'dev', provider: 'k3s', context: 'k3d-dev' } as const;
const minikube = { name: 'dev', provider: 'minikube', context: 'dev' } as const;
const how = { switchContext: true, keepCurrent: false, file: 'config' };

/** What k3d 5.9 writes. */
const k3ds = `clusters:
- {name: k3d-dev, cluster: {server: "https://0.0.0.0:43211", certificate-authority-data: Y2E=}}
contexts:
- {name: k3d-dev, context: {cluster: k3d-dev, user: admin@k3d-dev}}
users:
- {name: admin@k3d-dev, user: {client-certificate-data: Y2VydA==, client-key-data: a2V5}}
- {name: k3d-dev, user: {token: somebody-else}}
current-context: k3d-dev
`;

/** What minikube 1.38 writes. */
const minikubes = `clusters:
- name: dev
  cluster:
    certificate-authority: /home/ana/.minikube/ca.crt
    extensions:
    - {name: cluster_info, extension: {provider: minikube.sigs.k8s.io, version: v1.38.1}}
    server: https://127.0.0.1:32771
contexts:
- name: dev
  context: {cluster: dev, user: dev, namespace: default}
users:
- {name: dev, user: {client-certificate: /home/ana/.minikube/profiles/dev/client.crt, client-key: /home/ana/.minikube/profiles/dev/client.key}}
current-context: dev
`;

const foreign = (text: string, subject: Parameters<typeof foreignSections>[1]) =>
  foreignSections(parseKubeconfig(text, 'config').model, subject);

describe('k3d’s', () => {
  test('user has a name of its own', () => {
    const content = parse(standaloneKubeconfig(adminConf, k3d, 'https://127.0.0.1:43211'));
    expect(content).toMatchObject({
      clusters: [{ name: 'k3d-dev' }],
      contexts: [{ name: 'k3d-dev', context: { cluster: 'k3d-dev', user: 'admin@k3d-dev' } }],
      users: [{ name: 'admin@k3d-dev' }],
      'current-context': 'k3d-dev',
    });
  });

  test('entries are removed, others of similar names stay', () => {
    expect(parse(removeEntry(k3ds, k3d, how))).toEqual({
      clusters: [],
      contexts: [],
      users: [{ name: 'k3d-dev', user: { token: 'somebody-else' } }],
      'current-context': '',
    });
  });

  test('entries are replaced by ours, and ours taken away again', () => {
    const entry = kubeconfigEntry(adminConf, k3d, 'https://127.0.0.1:5');
    const text = setEntry(k3ds, entry, how);
    expect(parse(text)).toMatchObject({
      clusters: [{ name: 'k3d-dev', cluster: { server: 'https://127.0.0.1:5' } }],
      users: [{ name: 'admin@k3d-dev' }, { name: 'k3d-dev' }],
    });
    expect(removeEntry(text, k3d, how)).toBe(removeEntry(k3ds, k3d, how));
  });
});

describe('minikube’s', () => {
  test('entries are known by its mark, older ones by the folder of their authority', () => {
    expect(foreign(minikubes, minikube)).toEqual([]);
    expect(foreign(minikubes.replace(/ {4}extensions:\n.*\n/, ''), minikube)).toEqual([]);
    const unmarked = minikubes.replace('provider: minikube.sigs.k8s.io', 'provider: other');
    expect(foreign(unmarked.replace('.minikube/ca.crt', 'tunnel/ca.crt'), minikube)).toEqual([
      'clusters',
      'contexts',
      'users',
    ]);
  });

  test('names may be anybody’s: a tunnel on this computer that is called like a profile stays', () => {
    const tunnel = `clusters: [{name: dev, cluster: {server: "https://127.0.0.1:6443"}}]
contexts: [{name: dev, context: {cluster: dev, user: dev}}]
users: [{name: dev, user: {token: secret}}]
current-context: dev
`;
    expect(removeEntry(tunnel, minikube, how)).toBe(tunnel);
    expect(
      foreign(tunnel.replaceAll('dev', 'kind-dev'), { name: 'dev', provider: 'kubeadm', context: 'kind-dev' }),
    ).toEqual([]);
  });

  test('entries go with their cluster', () => {
    expect(parse(removeEntry(minikubes, minikube, how))).toEqual({
      clusters: [],
      contexts: [],
      users: [],
      'current-context': '',
    });
  });
});
