// Labels and taints as people write them: `tier=web`, `dedicated=gpu:NoSchedule`; and which of them are Kubernetes' own.
import type { NodeTaint } from './node-facts';
import { nodePoolSchema } from './template/pools';

type Taints = ReturnType<typeof nodePoolSchema.shape.taints.parse>;

/** Key and value of `tier=web`; undefined for what is no label of a node. */
export function labelOf(text: string): [key: string, value: string] | undefined {
  const [, key, value] = /^([^=]+)=(.*)$/.exec(text.trim()) ?? [];
  if (key === undefined || value === undefined) return undefined;
  return nodePoolSchema.shape.labels.safeParse({ [key]: value }).success ? [key, value] : undefined;
}

/** kubectl's notation, `dedicated=gpu:NoSchedule` or `spot:NoExecute`; undefined for what is no taint. */
export function taintOf(text: string): Taints[number] | undefined {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text.trim()) ?? [];
  return nodePoolSchema.shape.taints.safeParse([{ key, ...(value && { value }), effect }]).data?.[0];
}

export function labelText(key: string, value: string): string {
  return `${key}=${value}`;
}

export function taintText({ key, value, effect }: NodeTaint): string {
  return `${key}${value ? `=${value}` : ''}:${effect}`;
}

/** Whether a label's or a taint's key belongs to Kubernetes, which gives and takes it as it needs. */
export function isKubernetesOwn(key: string): boolean {
  return /(^|\.)(kubernetes|k8s)\.io\//.test(key);
}
