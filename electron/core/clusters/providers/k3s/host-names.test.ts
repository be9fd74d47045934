// Records of names, and k3s' manifest of CoreDNS with them.
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { addHosts, aliasesOf, parseHostAliases, withNodeHosts } from './host-names';

/** Of k3s 1.35, shortened. */
const coredns = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: coredns
  namespace: kube-system
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
    .:53 {
        hosts /etc/coredns/NodeHosts {
          ttl 60
        }
    }
  NodeHosts: ""
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: coredns}
`;

const alias = { ip: '192.168.1.9', hostnames: ['db.lan', 'db'] };

test('the label’s aliases come first, then this computer', () => {
  expect(aliasesOf(JSON.stringify([alias]), '172.20.0.1')).toEqual([
    alias,
    { ip: '172.20.0.1', hostnames: ['host.k3d.internal'] },
  ]);
});

test.each([undefined, '', '{', 'null', '{}', '[1, null, {"ip": "1.2.3.4"}, {"ip": 1, "hostnames": []}]'])(
  'a label of %j has no aliases',
  (label) => {
    expect(parseHostAliases(label)).toEqual([]);
  },
);

test('CoreDNS gets the records, and keeps everything else', () => {
  const before = parseAllDocuments(coredns).map((document) => document.toJS());
  const after = parseAllDocuments(
    withNodeHosts(coredns, [alias, { ip: '172.20.0.3', hostnames: ['k3d-dev-server-0'] }]),
  ).map((document) => document.toJS());
  expect(after).toHaveLength(3);
  expect(after[1].data.NodeHosts).toBe('192.168.1.9 db.lan db\n172.20.0.3 k3d-dev-server-0\n');
  after[1].data.NodeHosts = '';
  expect(after).toEqual(before);
});

test('twice is the same as once', () => {
  const once = withNodeHosts(coredns, [alias]);
  expect(withNodeHosts(once, [alias])).toBe(once);
});

test('a host’s line is one argument, whatever is in it', () => {
  expect(addHosts([alias]).slice(-1)).toEqual(['192.168.1.9 db.lan db']);
});
