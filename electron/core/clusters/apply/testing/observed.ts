// For tests: a cluster as it is observed, a template to compare it with, and what is found in brief.
import type { Difference } from '../../../../../shared/model/apply';
import { type ClusterTemplate, templateApiVersion, templateSchema } from '../../../../../shared/model/template';
import type { Observed, ObservedNode } from '../observed';

export const image = 'kindest/node:v1.36.1';

export function templateOf(spec: object): ClusterTemplate {
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id: 'shop', title: 'Shop', description: 'A shop' },
    spec,
  });
}

export function node(name: string, more: Partial<ObservedNode> = {}): ObservedNode {
  const role = name.startsWith('control-plane') ? 'control-plane' : 'worker';
  return { name: `shop-${name}`, role, image, labels: {}, taints: [], resources: {}, ...more };
}

export function cluster(nodes: ObservedNode[], template?: ClusterTemplate, more: Partial<Observed> = {}): Observed {
  const subnets = { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16' };
  return {
    provider: 'kubeadm',
    prefix: 'shop',
    nodes,
    ports: [],
    kubernetesVersion: 'v1.36.1',
    ...subnets,
    template,
    ...more,
  };
}

export const brief = (differences: Difference[]) => differences.map(({ effort, field }) => `${effort} ${field}`);
export const changesOf = (differences: Difference[]) => differences.flatMap(({ changes }) => changes);

export const plain = templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', count: 2 }] });
export const plainNodes = [node('control-plane'), node('worker'), node('worker2')];
