// Which Services are offered, and in what order.
import type { V1Service } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { servicesOf } from './services';

const service = (namespace: string, name: string, spec: V1Service['spec'] = {}): V1Service => ({
  metadata: { namespace, name },
  spec: { clusterIP: '10.96.0.9', ports: [{ port: 80 }], ...spec },
});

test('the user’s own come first, Kubernetes’ last; those without an address not at all', () => {
  const items = [
    service('kube-system', 'kube-dns', { ports: [{ name: 'dns', port: 53, protocol: 'UDP' }] }),
    service('default', 'kubernetes'),
    service('shop', 'web'),
    service('default', 'web', { type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] }),
    service('default', 'headless', { clusterIP: 'None' }),
    service('default', 'elsewhere', { type: 'ExternalName' }),
  ];
  expect(servicesOf(items).map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([
    'default/web',
    'shop/web',
    'default/kubernetes',
    'kube-system/kube-dns',
  ]);
  expect(servicesOf(items)[0]?.ports).toEqual([{ name: 'http', port: 80, protocol: 'TCP', nodePort: 30080 }]);
  expect(servicesOf(items)[3]?.ports).toEqual([{ name: 'dns', port: 53, protocol: 'UDP' }]);
});
