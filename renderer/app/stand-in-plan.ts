// A plan as the core makes it for three nodes, and the same plan played to any moment.
import type { ClusterChange } from '../../shared/model/change';
import type { Operation, Plan, PlannedStep, StepKind, StepProgress } from '../../shared/model/operation';

type Row = [id: string, kind: StepKind, lane: string, seconds: number, after: string[], command?: string];

/** Creating a cluster with a control plane and two workers. */
export function samplePlan(name: string): Plan {
  const plane = `${name}-control-plane`;
  const workers = [`${name}-worker`, `${name}-worker2`];
  const rows: Row[] = [
    ['check', 'engine-check', 'engine', 0.3, []],
    ['network', 'network-create', 'engine', 0.5, ['check'], `docker network create boathouse-${name}`],
    ['certificates', 'certificates', 'engine', 0.6, ['create:0'], 'kubeadm init phase certs all'],
    ['create:0', 'node-create', plane, 1.6, ['network'], `docker create --name ${plane} kindest/node:v1.34.0`],
    ['boot:0', 'node-boot', plane, 1.2, ['create:0', 'certificates'], `docker start ${plane}`],
    ['configure:0', 'node-configure', plane, 1, ['boot:0'], 'kubeadm init phase kubelet-start'],
    ['plane', 'control-plane-start', plane, 8.5, ['boot:0'], 'kubeadm init phase control-plane all'],
    ...workers.flatMap((worker, index): Row[] => [
      [`create:${worker}`, 'node-create', worker, 1.8 + index / 5, ['boot:0'], `docker create --name ${worker} ...`],
      [`boot:${worker}`, 'node-boot', worker, 1.1, [`create:${worker}`], `docker start ${worker}`],
      [`unpack:${worker}`, 'images-unpack', worker, 4.6 + index / 2, [`boot:${worker}`]],
    ]),
    ['join', 'node-join', 'cluster', 0.7, ['plane'], 'kubeadm join'],
    ['addons', 'addons', 'cluster', 1.4, ['plane'], 'kubeadm init phase addon all'],
    ['cni', 'pod-network', 'cluster', 0.9, ['plane'], 'kubectl create -f /kind/manifests/default-cni.yaml'],
    ['storage', 'storage', 'cluster', 0.6, ['cni'], 'kubectl apply -f /kind/manifests/default-storage.yaml'],
    [
      'ready:0',
      'node-ready',
      plane,
      3.4,
      ['join', 'cni', 'configure:0'],
      `kubectl wait --for=condition=Ready node/${plane}`,
    ],
    ...workers.map(
      (worker, index): Row => [
        `ready:${worker}`,
        'node-ready',
        worker,
        3.9 + index,
        ['join', 'cni', `unpack:${worker}`],
        `kubectl wait --for=condition=Ready node/${worker}`,
      ],
    ),
    ['dns', 'dns', 'cluster', 2.1, ['addons', 'ready:0', ...workers.map((worker) => `ready:${worker}`)]],
    ['write', 'kubeconfig-write', 'cluster', 0.4, ['dns', 'storage'], `boathouse kubeconfig ${name}`],
  ];
  return { kind: 'create', subject: name, steps: rows.map(stepOf) };
}

/** What changes to a cluster would do, in the core's kinds of steps. */
export function changePlanOf(name: string, changes: readonly ClusterChange[]): Plan {
  const steps = changes.flatMap((change, index) => changeRows(name, change, index));
  return {
    kind: 'change',
    subject: name,
    steps: [['cluster-survey', 'cluster-survey', 'cluster', 0.5, []] as Row, ...steps].map(stepOf),
  };
}

function changeRows(name: string, change: ClusterChange, index: number): Row[] {
  const after = ['cluster-survey'];
  switch (change.kind) {
    case 'open-port':
      return [[`port-open:${index}`, 'port-open', 'engine', 1, after]];
    case 'close-port':
      return [[`port-close:${index}`, 'port-close', 'engine', 0.5, after, 'docker rm -f 0123456789ab']];
    case 'add-nodes':
      return Array.from({ length: change.count }, (_, added) => `${name}-worker${added + 4}`).flatMap((node): Row[] => [
        [`node-create:${node}`, 'node-create', node, 2, after],
        [`node-join:${node}`, 'node-join', node, 0.5, [`node-create:${node}`], 'kubeadm join'],
        [
          `node-ready:${node}`,
          'node-ready',
          node,
          6,
          [`node-join:${node}`],
          `kubectl wait --for=condition=Ready node/${node}`,
        ],
      ]);
    case 'remove-node':
      return [
        [
          `node-drain:${change.node}`,
          'node-drain',
          change.node,
          10,
          after,
          `kubectl drain ${change.node} --ignore-daemonsets --delete-emptydir-data`,
        ],
        [
          `node-delete:${change.node}`,
          'node-delete',
          change.node,
          1,
          [`node-drain:${change.node}`],
          `docker rm -f -v ${change.node}`,
        ],
      ];
    case 'replace-node':
      return [
        [`node-drain:${change.node}`, 'node-drain', change.node, 10, after, `kubectl drain ${change.node}`],
        [`node-delete:${change.node}`, 'node-delete', change.node, 1, [`node-drain:${change.node}`]],
        [`node-create:${change.node}`, 'node-create', change.node, 2, [`node-delete:${change.node}`]],
        [`node-ready:${change.node}`, 'node-ready', change.node, 6, [`node-create:${change.node}`]],
      ];
    case 'limit-node':
      return [
        [
          `node-limit:${change.node}`,
          'node-limit',
          change.node,
          0.5,
          after,
          `docker update --cpus ${change.resources.cpus ?? 1} ${change.node}`,
        ],
      ];
    case 'label-node':
      return [
        [
          `node-label:${change.node}`,
          'node-label',
          change.node,
          0.2,
          after,
          `kubectl label node ${change.node} tier=web`,
        ],
      ];
    case 'taint-node':
      return [[`node-taint:${change.node}`, 'node-taint', change.node, 0.2, after]];
    default:
      return [];
  }
}

function stepOf([id, kind, lane, weight, after, command]: Row): PlannedStep {
  return { id, kind, title: `${kind} on ${lane}`, lane, weight, after, ...(command && { command }) };
}

/** The plan as an operation that began at `startedAt` (ms since the epoch) and has run for `seconds` as planned. */
export function playedUntil(plan: Plan, startedAt: number, seconds: number): Operation {
  const ends = new Map<string, number>();
  const steps = plan.steps.map((step): StepProgress => {
    const start = Math.max(0, ...step.after.map((before) => endOf(plan, before, ends)));
    const end = start + step.weight;
    if (start >= seconds) return { ...step, state: 'waiting' };
    if (end > seconds) {
      return {
        ...step,
        state: 'running',
        startedAt: startedAt + start * 1000,
        progress: (seconds - start) / step.weight,
      };
    }
    return { ...step, state: 'done', startedAt: startedAt + start * 1000, endedAt: startedAt + end * 1000 };
  });
  const total = Math.max(...plan.steps.map((step) => endOf(plan, step.id, ends)));
  const over = seconds >= total;
  return {
    id: `create-${plan.subject}`,
    kind: plan.kind,
    subject: plan.subject,
    state: over ? 'done' : 'running',
    steps,
    queuedAt: startedAt,
    startedAt,
    ...(over && { endedAt: startedAt + total * 1000 }),
    leftovers: [],
  };
}

function endOf(plan: Plan, id: string, known: Map<string, number>): number {
  const step = plan.steps.find((each) => each.id === id);
  if (!step) return 0;
  const end = known.get(id) ?? step.weight + Math.max(0, ...step.after.map((before) => endOf(plan, before, known)));
  known.set(id, end);
  return end;
}

/** The same operation, failed at the first step of `kind`; what had not begun is cancelled. */
export function failedAt(operation: Operation, kind: StepKind, error: NonNullable<Operation['error']>): Operation {
  const broken = operation.steps.find((step) => step.kind === kind);
  const endedAt = (broken?.startedAt ?? operation.queuedAt) + (broken?.weight ?? 0) * 1000;
  const steps = operation.steps.map((step): StepProgress => {
    const { endedAt: ended, startedAt, ...rest } = step;
    if (startedAt === undefined || startedAt >= endedAt) return { ...rest, state: 'cancelled' };
    if (step === broken) return { ...rest, startedAt, state: 'failed', endedAt };
    if (ended !== undefined && ended <= endedAt) return step;
    return { ...rest, startedAt, state: 'cancelled', endedAt };
  });
  return { ...operation, state: 'failed', steps, endedAt, error };
}
