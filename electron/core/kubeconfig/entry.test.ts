// A cluster's entries from kubeadm's administrator kubeconfig.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isMarked, kubeconfigEntry, standaloneKubeconfig, yamlOf } from './entry';
import { adminConf, kubeadmCluster } from './samples.test-data';

const server = 'https://127.0.0.1:41234';

describe('kubeconfigEntry', () => {
  it('names all three after the cluster and marks them', () => {
    const entry = kubeconfigEntry(adminConf, kubeadmCluster('demo'), server);
    const mark = { extension: { cluster: 'demo', provider: 'kubeadm' }, name: 'dev.boathouse' };
    expect(entry).toEqual({
      subject: kubeadmCluster('demo'),
      names: { clusters: 'kind-demo', contexts: 'kind-demo', users: 'kind-demo' },
      cluster: { 'certificate-authority-data': 'Y2E=', server, extensions: [mark] },
      context: { cluster: 'kind-demo', user: 'kind-demo', extensions: [mark] },
      user: { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' },
    });
    expect(isMarked(entry.cluster)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['two users', `${adminConf}- name: other\n  user: {}\n`],
    ['no context', adminConf.replace('contexts:', 'others:')],
  ])('refuses %s', (_what, text) => {
    expect(() => kubeconfigEntry(text, kubeadmCluster('demo'), server)).toThrow(
      'exactly one cluster, one context and one user',
    );
  });
});

it('makes a kubeconfig that stands alone', () => {
  expect(parse(standaloneKubeconfig(adminConf, kubeadmCluster('demo'), server))).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'kind-demo', cluster: { 'certificate-authority-data': 'Y2E=', server } }],
    contexts: [{ name: 'kind-demo', context: { cluster: 'kind-demo', user: 'kind-demo' } }],
    users: [{ name: 'kind-demo', user: { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' } }],
    'current-context': 'kind-demo',
  });
});

it('quotes words that kubectl’s YAML takes for something else', () => {
  expect(yamlOf({ a: 'on', b: '1:20', c: 'x' })).toBe('a: "on"\nb: "1:20"\nc: x\n');
});
