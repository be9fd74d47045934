// What of a template's text the form of a new cluster changes: how many workers there are, and which ports lead where.
import { isMap, isSeq } from 'yaml';
import { dnsLabel } from '../../../shared/model/template/values';
import { documentOf, textWith, textWithEntry, valueAt } from '../../parts/yaml-edit';

export interface PortWish {
  /** As typed: a port of this computer. */
  hostPort: number | string;
  /** As typed: `30080`, `web:80` or `shop/web:80`. */
  to: string;
}

export interface Shape {
  workers?: number | undefined;
  ports: readonly PortWish[];
}

export const unchanged: Shape = { ports: [] };

/**
 * How many workers the form can change: those of a single pool, or none yet. Undefined where that is a parameter's, or the
 * pools are several: then it is the template's own matter.
 */
export function workersOf(yaml: string): number | undefined {
  const pools = poolsOf(yaml);
  if (!pools) return undefined;
  const [worker, ...more] = pools.filter(({ role }) => role === 'worker');
  if (!worker) return 0;
  return more.length === 0 && typeof worker.count === 'number' ? worker.count : undefined;
}

/** The text with the changes in it; as it is where nothing is changed or usable. */
export function changedText(yaml: string, { workers, ports }: Shape): string {
  const withPorts = ports.reduce((text, wish) => {
    const to = targetOf(wish.to);
    const hostPort = Number(wish.hostPort);
    return to && isPort(hostPort) ? textWithEntry(text, ['spec', 'ports'], { hostPort, to }) : text;
  }, yaml);
  return workers === undefined ? withPorts : withWorkers(withPorts, workers);
}

function withWorkers(yaml: string, workers: number): string {
  const before = workersOf(yaml);
  if (before === undefined || before === workers) return yaml;
  const pool = (poolsOf(yaml) ?? []).findIndex(({ role }) => role === 'worker');
  if (pool < 0) return textWithEntry(yaml, ['spec', 'nodes'], { role: 'worker', count: workers });
  return workers === 0
    ? textWith(yaml, ['spec', 'nodes', pool], undefined)
    : textWith(yaml, ['spec', 'nodes', pool, 'count'], workers);
}

function poolsOf(yaml: string): { role: unknown; count: unknown }[] | undefined {
  const document = documentOf(yaml);
  const list = document?.getIn(['spec', 'nodes']);
  if (!isSeq(list) || !list.items.every((item) => isMap(item))) return undefined;
  return list.items.map((_item, index) => ({
    role: valueAt(document, ['spec', 'nodes', index, 'role']),
    count: valueAt(document, ['spec', 'nodes', index, 'count']) ?? 1,
  }));
}

/** Where a port is to lead, as it is typed; undefined for what says no target. */
export function targetOf(
  text: string,
): { nodePort: number } | { service: string; namespace?: string; port: number } | undefined {
  if (/^\d+$/.test(text.trim())) return isPort(Number(text)) ? { nodePort: Number(text) } : undefined;
  const [, namespace, service = '', port] = /^(?:([^/]+)\/)?([^/:]+):(\d+)$/.exec(text.trim()) ?? [];
  const known = [service, ...(namespace === undefined ? [] : [namespace])].every(
    (name) => dnsLabel.safeParse(name).success,
  );
  if (!known || !isPort(Number(port))) return undefined;
  return { service, ...(namespace !== undefined && { namespace }), port: Number(port) };
}

export function isPort(number: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= 65_535;
}
