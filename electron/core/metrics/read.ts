// What a metrics-server and what a kubelet say of usage, as the same figures. Pure.

import type { Metrics, PodUsage } from '../../../shared/model/metrics';
import type { Usage } from '../../../shared/model/node-facts';

interface Measured {
  metadata: { name: string; namespace?: string };
  usage?: Quantities;
  containers?: { name: string; usage: Quantities }[];
}

interface Quantities {
  cpu?: string;
  memory?: string;
}

export type Figures = Pick<Metrics, 'nodes' | 'pods'>;

/** metrics.k8s.io/v1beta1: `NodeMetricsList` and `PodMetricsList`. */
export function fromServer(nodes: readonly Measured[], pods: readonly Measured[]): Figures {
  return {
    nodes: Object.fromEntries(nodes.map(({ metadata, usage = {} }) => [metadata.name, usageOf(usage)])),
    pods: Object.fromEntries(
      pods.map(({ metadata, containers = [] }) => [
        `${metadata.namespace ?? ''}/${metadata.name}`,
        podOf(containers.map(({ name, usage }) => [name, usageOf(usage)])),
      ]),
    ),
  };
}

function usageOf({ cpu = '0', memory = '0' }: Quantities): Usage {
  return { cpus: quantity(cpu), memory: quantity(memory) };
}

const units: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes, such as `156340n` or `123456Ki`. What is none counts as 0. */
export function quantity(text: string): number {
  const [, number = '', unit = ''] = /^([\d.]+(?:e\d+)?)(\w*)$/.exec(text) ?? [];
  return Number(number) * (units[unit] ?? 0) || 0;
}

interface Part {
  name?: string;
  cpu?: { usageNanoCores?: number };
  memory?: { workingSetBytes?: number };
}

/** Kubernetes 1.20: `/stats/summary` of a kubelet. */
export interface Summary {
  node: Part & { nodeName: string };
  pods?: (Part & { podRef: { name: string; namespace: string }; containers?: Part[] })[] | null;
}

export function fromSummaries(summaries: readonly Summary[]): Figures {
  return {
    nodes: Object.fromEntries(summaries.map(({ node }) => [node.nodeName, partOf(node)])),
    pods: Object.fromEntries(
      summaries.flatMap(({ pods }) =>
        (pods ?? []).map(({ podRef, containers = [] }) => [
          `${podRef.namespace}/${podRef.name}`,
          podOf(containers.map((part) => [part.name ?? '', partOf(part)])),
        ]),
      ),
    ),
  };
}

function partOf({ cpu, memory }: Part): Usage {
  return { cpus: (cpu?.usageNanoCores ?? 0) / 1e9, memory: memory?.workingSetBytes ?? 0 };
}

/** A pod uses what its containers use. */
export function podOf(containers: readonly (readonly [string, Usage])[]): PodUsage {
  const sum = (key: keyof Usage) => containers.reduce((all, [, usage]) => all + usage[key], 0);
  return { cpus: sum('cpus'), memory: sum('memory'), containers: Object.fromEntries(containers) };
}
