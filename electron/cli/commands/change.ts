// `boathouse nodes ... | ports ...`: changes to a running cluster; with --dry-run only their plan.
import { type ClusterChange, clusterChangeSchema, portText } from '../../../shared/model/change';
import { AppError } from '../../../shared/model/errors';
import { labelOf, taintOf } from '../../../shared/model/label-text';
import { exitCodes } from '../errors';
import { planTable, totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { failureOf, printFailure, printSuccess, runOperation } from './outcome';

export interface DryRun {
  dryRun?: boolean;
}

export interface AddOptions extends DryRun {
  role: string;
  count: number;
  pool?: string;
  label?: string[];
  taint?: string[];
  cpus?: number;
  memory?: string;
}

export interface OpenOptions extends DryRun {
  address: string;
  protocol: string;
  nodePort?: number;
  node?: string;
  service?: string;
  namespace: string;
}

export interface CloseOptions extends DryRun {
  address: string;
  protocol: string;
}

/** @returns the exit code */
export function addNodes(session: Session, name: string, options: AddOptions): Promise<number> {
  const { role, count, pool, cpus, memory } = options;
  return change(session, name, options, {
    kind: 'add-nodes',
    role,
    count,
    ...(pool && { pool }),
    labels: Object.fromEntries((options.label ?? []).map((text) => labelFrom(text))),
    taints: (options.taint ?? []).map(taintFrom),
    resources: { ...(cpus !== undefined && { cpus }), ...(memory && { memory }) },
  });
}

/** @returns the exit code */
export function removeNode(
  session: Session,
  name: string,
  node: string,
  options: DryRun & { force?: boolean },
): Promise<number> {
  return change(session, name, options, { kind: 'remove-node', node, force: options.force ?? false });
}

/** @returns the exit code */
export function replaceNode(
  session: Session,
  name: string,
  node: string,
  options: DryRun & { force?: boolean },
): Promise<number> {
  return change(session, name, options, { kind: 'replace-node', node, force: options.force ?? false });
}

/** @returns the exit code */
export function limitNode(
  session: Session,
  name: string,
  node: string,
  options: DryRun & { cpus?: number; memory?: string },
): Promise<number> {
  const { cpus, memory } = options;
  if (cpus === undefined && memory === undefined) throw wrong('Say what to limit', '--cpus 2, --memory 2Gi, or both');
  const resources = { ...(cpus !== undefined && { cpus }), ...(memory && { memory }) };
  return change(session, name, options, { kind: 'limit-node', node, resources });
}

/** @returns the exit code */
export function labelNode(session: Session, name: string, node: string, words: string[], options: DryRun) {
  const labels = Object.fromEntries(
    words.map((word): [string, string | null] => (word.endsWith('-') ? [word.slice(0, -1), null] : labelFrom(word))),
  );
  return change(session, name, options, { kind: 'label-node', node, labels });
}

/** @returns the exit code */
export function taintNode(session: Session, name: string, node: string, words: string[], options: DryRun) {
  return change(session, name, options, { kind: 'taint-node', node, taints: words.map(taintFrom) });
}

/** @returns the exit code */
export function openPort(session: Session, name: string, port: number, options: OpenOptions): Promise<number> {
  const to = targetOf(port, options);
  const protocol = options.protocol.toUpperCase();
  return change(session, name, options, {
    kind: 'open-port',
    port: { hostAddress: options.address, hostPort: port, protocol, to },
  });
}

/** @returns the exit code */
export function closePort(session: Session, name: string, port: number, options: CloseOptions): Promise<number> {
  const key = { hostAddress: options.address, hostPort: port, protocol: options.protocol.toUpperCase() };
  return change(session, name, options, { kind: 'close-port', port: key });
}

/** What of the mirrors is not named stays. @returns the exit code */
export async function setMirror(
  session: Session,
  name: string,
  registry: string,
  addresses: readonly string[],
  options: DryRun,
): Promise<number> {
  const { mirrors } = await (await clientOf(session)).registry.mirrors({ cluster: name });
  return change(session, name, options, { kind: 'set-mirrors', mirrors: { ...mirrors, [registry]: addresses } });
}

/** @returns the exit code */
export function clearMirrors(session: Session, name: string, options: DryRun): Promise<number> {
  return change(session, name, options, { kind: 'set-mirrors', mirrors: {} });
}

/** @returns the exit code */
export async function removeMirror(session: Session, name: string, registry: string, options: DryRun): Promise<number> {
  const { mirrors } = await (await clientOf(session)).registry.mirrors({ cluster: name });
  if (!(registry in mirrors)) {
    const known = Object.keys(mirrors).join(', ') || 'none';
    throw new AppError('not-found', `${name} has no mirror of ${registry}`, {
      params: { what: registry },
      hints: [{ text: `Registries with mirrors: ${known}` }],
    });
  }
  const { [registry]: _, ...rest } = mirrors;
  return change(session, name, options, { kind: 'set-mirrors', mirrors: rest });
}

/** @returns the exit code */
export async function listMirrors(session: Session, name: string): Promise<number> {
  const found = await (await clientOf(session)).registry.mirrors({ cluster: name });
  printResult(session, found, () => {
    const rows = [
      ...Object.entries(found.mirrors).map(([registry, addresses]) => [registry, addresses.join(', '), 'boathouse']),
      ...Object.entries(found.others).map(([registry, addresses]) => [registry, addresses.join(', '), 'others']),
    ];
    if (rows.length > 0) return tableLines([['REGISTRY', 'FETCHED FROM', 'SET BY'], ...rows]);
    return [`${name} has no mirrors. Set one with: boathouse mirrors set ${name} docker.io https://mirror.example.com`];
  });
  return exitCodes.done;
}

/** @returns the exit code */
export async function listPorts(session: Session, name: string): Promise<number> {
  const { ports = [] } = await (await clientOf(session)).clusters.get({ name });
  printResult(session, { ports }, () =>
    ports.length === 0
      ? [`No ports lead into ${name}. Open one with: boathouse ports open ${name} 8080 --service web:80`]
      : tableLines([
          ['PORT', 'LEADS TO', 'STATE'],
          ...ports.map((port) => [portText(port), wordsOf(port.to), port.state]),
        ]),
  );
  return exitCodes.done;
}

type To = Extract<ClusterChange, { kind: 'open-port' }>['port']['to'];

function wordsOf(to: To): string {
  if ('service' in to) return `service ${to.namespace}/${to.service}:${to.port}`;
  return 'nodePort' in to ? `node port ${to.nodePort}` : `${to.node}:${to.port}`;
}

/** Without a target it leads to the NodePort of the same number. */
function targetOf(port: number, { nodePort, node, service, namespace }: OpenOptions): unknown {
  if (service !== undefined) {
    const [name, number] = service.split(':');
    return { service: name, namespace, port: Number(number ?? port) };
  }
  if (node !== undefined) {
    const [name, number] = node.split(':');
    return { node: name, port: Number(number ?? port) };
  }
  return { nodePort: nodePort ?? port };
}

/** Checks what was typed, then shows the plan or does it. */
async function change(session: Session, name: string, { dryRun }: DryRun, wanted: unknown): Promise<number> {
  const checked = clusterChangeSchema.safeParse(wanted);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw wrong(`${issue?.path.join('.')}: ${issue?.message}`, 'boathouse nodes --help, boathouse ports --help');
  }
  const client = await clientOf(session);
  const changes = [checked.data];
  if (dryRun) {
    const { plan } = await client.clusters.planChange({ name, changes });
    printResult(session, { plan }, () => [
      `Would change cluster "${name}":`,
      '',
      ...planTable(plan),
      '',
      'Nothing was changed.',
    ]);
    return exitCodes.done;
  }
  const operation = await runOperation(session, () => client.clusters.change({ name, changes }));
  const failure = failureOf(operation);
  if (failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name });
  return printSuccess(session, { operation, cluster }, [`Cluster "${name}" is changed (${totalDuration(operation)})`]);
}

function labelFrom(text: string): [string, string] {
  const label = labelOf(text);
  if (label) return label;
  throw wrong(`"${text}" is no label`, 'tier=web');
}

function taintFrom(text: string) {
  const taint = taintOf(text);
  if (taint) return taint;
  throw wrong(`"${text}" is no taint`, 'dedicated=gpu:NoSchedule');
}

function wrong(what: string, example: string): AppError {
  return new AppError('bad-input', what, { hints: [{ text: `For example: ${example}` }] });
}
