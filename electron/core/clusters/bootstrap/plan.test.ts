// The plan of a create: for every shape of cluster it can be run, has an action for each step, and keeps what must be in order.
import { describe, expect, test } from 'vitest';
import { stepKinds } from '../../../../shared/model/operation';
import { specSchema } from '../../../../shared/model/template/spec';
import { faultsOf } from '../../operations/graph';
import { plannedNodes } from '../providers/kubeadm/nodes';
import type { Building } from './building';
import { createJob } from './job';
import { createPlan } from './plan';
import type { CreatePlanInput } from './plan-input';
import { sampleActions } from './sample';

const yesNo = [false, true];

interface Wishes {
  workers: number;
  controlPlanes?: number;
  pull?: boolean;
  sample?: boolean;
  twoStages?: boolean;
  slowKubelets?: boolean;
  /** Everything that a template can ask for. */
  full?: boolean;
  ownNetwork?: boolean;
}

const full = {
  registry: { enabled: true },
  images: ['web:1', 'mine/db:2'],
  manifests: [
    { name: 'first', inline: 'a: b', wait: [{ rollout: 'deployment/web' }] },
    { name: 'second', inline: 'a: b' },
    { name: 'third', inline: 'a: b', wait: [{ condition: 'Ready', of: 'pod/x' }] },
  ],
  certificates: [{ name: 'company', file: 'ca.pem' }],
  ports: [{ hostPort: 8080, to: { nodePort: 30_080 } }],
};

function inputOf(wishes: Wishes): CreatePlanInput {
  const { workers, controlPlanes = 1, pull, sample, twoStages = false, slowKubelets = false } = wishes;
  const spec = specSchema.parse({
    nodes: [
      { role: 'control-plane', count: controlPlanes },
      ...(workers > 0 ? [{ role: 'worker', count: workers }] : []),
    ],
    ...(sample && { sample: { manifest: 'hello.yaml', image: 'busybox' } }),
    ...(wishes.full && full),
    ...(wishes.ownNetwork && { networking: { cni: 'none' } }),
  });
  const nodes = plannedNodes('shop', spec);
  const lacking = {
    pulls: pull ? ['kindest/node'] : [],
    missingImages: wishes.full && pull ? ['web:1'] : [],
    caches: wishes.full ? ['docker.io'] : [],
  };
  return { name: 'shop', image: 'kindest/node', nodes, spec, ...lacking, twoStages, slowKubelets };
}

/** Every plan for one, three or five control planes and up to three workers, and a few that want everything. */
const inputs = [
  ...[1, 3, 5].flatMap((controlPlanes) =>
    [0, 1, 2, 3].flatMap((workers) =>
      yesNo.flatMap((pull) =>
        yesNo.flatMap((sample) =>
          yesNo.flatMap((twoStages) =>
            yesNo.map((slowKubelets) => inputOf({ workers, controlPlanes, pull, sample, twoStages, slowKubelets })),
          ),
        ),
      ),
    ),
  ),
  ...[1, 3].flatMap((controlPlanes) =>
    yesNo.flatMap((ownNetwork) =>
      yesNo.map((pull) => inputOf({ workers: 2, controlPlanes, pull, ownNetwork, full: true, twoStages: true })),
    ),
  ),
];

/** All that has surely ended before a step begins. */
function before(input: CreatePlanInput) {
  const steps = new Map(createPlan(input).steps.map((step) => [step.id, step]));
  const known = new Map<string, Set<string>>();
  const of = (id: string): Set<string> => {
    const found = known.get(id);
    if (found) return found;
    const all = new Set<string>();
    known.set(id, all);
    for (const one of steps.get(id)?.after ?? []) for (const each of [one, ...of(one)]) all.add(each);
    return all;
  };
  return { steps, of };
}

/** Each plan in turn; a fault names the plan that it was found in. */
function eachPlan(look: (plan: ReturnType<typeof lookAt>) => void): void {
  for (const input of inputs) {
    try {
      look(lookAt(input));
    } catch (error) {
      throw new Error(`${describeInput(input)}: ${String(error)}`, { cause: error });
    }
  }
}

function lookAt(input: CreatePlanInput) {
  const names = input.nodes.map(({ name }) => name);
  const leading = input.nodes.filter(({ role }) => role === 'control-plane').map(({ name }) => name);
  return { input, plan: createPlan(input), ...before(input), names, leading };
}

const first = 'shop-control-plane';

describe('every plan', () => {
  test('can be run, on the rows of its nodes, the engine and the cluster', () =>
    eachPlan(({ plan, names }) => {
      expect(faultsOf(plan.steps)).toEqual([]);
      expect(plan).toMatchObject({ kind: 'create', subject: 'shop' });
      expect(new Set(plan.steps.map(({ lane }) => lane))).toEqual(new Set(['engine', 'cluster', ...names]));
      for (const { title, kind } of plan.steps) {
        expect(title).not.toBe('');
        expect(stepKinds).toContain(kind);
      }
    }));

  test('has an action for each step', () =>
    eachPlan(({ input, plan }) => {
      const request = { ...input, template: { spec: input.spec }, creation: 'c' };
      const building = { engine: {}, request, traits: {} } as unknown as Building;
      const job = createJob({
        plan,
        building,
        pulls: input.pulls,
        missingImages: input.missingImages,
        keepOnFailure: false,
        check: async () => {},
        handOver: async () => {},
        sample: input.spec.sample
          ? sampleActions(building, { manifest: 'hello.yaml', image: 'busybox' }, '')
          : new Map(),
        explain: (error) => error,
        keepEvidence: async () => undefined,
      });
      expect(plan.steps.filter(({ id }) => !job.actions.has(id))).toEqual([]);
    }));

  test('makes nothing before all that comes from elsewhere is here', () =>
    eachPlan(({ input, steps, of }) => {
      const fetched = [
        'engine-check',
        ...(input.pulls.length > 0 ? ['image-pull'] : []),
        ...(input.spec.manifests.length > 0 ? ['manifests-read'] : []),
      ];
      for (const id of steps.keys()) {
        if (fetched.includes(id) || id === 'images-pull') continue;
        for (const before of fetched) expect(of(id)).toContain(before);
      }
      expect(steps.has('image-pull')).toBe(input.pulls.length > 0);
    }));

  test('boots a node with its certificates in it, in a network that is there', () =>
    eachPlan(({ names, leading, of }) => {
      for (const name of names) {
        expect(of(`node-create:${name}`)).toContain('network-create');
        for (const id of ['certificates', `node-create:${name}`]) expect(of(`node-boot:${name}`)).toContain(id);
        for (const kind of ['node-configure', 'images-unpack']) {
          expect(of(`${kind}:${name}`)).toContain(`node-boot:${name}`);
        }
      }
      expect(of('certificates')).toContain(`node-create:${first}`);
      for (const name of leading) expect(of(`control-plane-start:${name}`)).toContain(`node-boot:${name}`);
    }));

  test('opens the entrance before the API is asked, and before kubelets that reach it there', () =>
    eachPlan(({ names, leading, of }) => {
      expect(of('api-server')).toContain('entrance');
      if (leading.length > 1) for (const name of names) expect(of(`node-configure:${name}`)).toContain('entrance');
    }));

  test('asks Kubernetes for nothing before its API is up', () =>
    eachPlan(({ leading, steps, of }) => {
      const asking = ['node-join', 'addons', 'pod-network', 'storage', 'cluster-config', 'dns', 'kubeconfig-write'];
      for (const id of asking) {
        if (!steps.has(id)) continue;
        for (const name of leading) expect(of(id)).toContain(`control-plane-start:${name}`);
      }
    }));

  test('hands the kubeconfig over when all is Ready, configured and answering, and not before', () =>
    eachPlan(({ names, of }) => {
      for (const id of ['dns', 'cluster-config', 'storage', 'addons', ...names.map((name) => `node-ready:${name}`)]) {
        expect(of('kubeconfig-write')).toContain(id);
      }
    }));

  test('deploys the sample where its image is', () =>
    eachPlan(({ input, names, steps, of }) => {
      expect(steps.has('sample-ready')).toBe(input.spec.sample !== undefined);
      if (!input.spec.sample) return;
      for (const id of ['sample-image', 'node-join']) expect(of('sample-ready')).toContain(id);
      for (const name of names) expect(of('sample-image')).toContain(`node-boot:${name}`);
    }));

  test('ends with the second stage of the controller manager, where it has one', () =>
    eachPlan(({ input, leading, steps, of }) => {
      for (const id of leading.map((name) => `control-plane-finish:${name}`)) {
        expect(steps.has(id)).toBe(input.twoStages);
        if (!input.twoStages) continue;
        expect(of(id)).toContain('kubeconfig-write');
        if (input.spec.sample) expect(of(id)).toContain('sample-ready');
      }
    }));
});

function describeInput({ nodes, pulls, spec, twoStages, slowKubelets }: CreatePlanInput): string {
  const flags = Object.entries({ pulls: pulls.length > 0, sample: spec.sample, twoStages, slowKubelets });
  return [`${nodes.length} nodes`, ...flags.filter(([, on]) => on).map(([name]) => name)].join(', ');
}

describe('a plan that wants everything', () => {
  const { steps, of } = before(inputOf({ workers: 1, full: true, pull: true }));

  test('applies manifests one after another, each when what the one before makes is there', () => {
    expect(of('manifest-apply:first')).toContain('images-load');
    for (const id of ['node-join', 'storage', 'pod-network']) expect(of('manifest-apply:first')).toContain(id);
    expect(of('manifest-apply:second')).toContain('manifest-wait:first');
    expect(of('manifest-apply:third')).toContain('manifest-apply:second');
    expect(steps.has('manifest-wait:second')).toBe(false);
    expect(of('kubeconfig-write')).toContain('manifest-wait:third');
    expect(steps.get('manifest-wait:first')?.title).toBe('Waiting for the rollout of deployment/web');
  });

  test('pulls images from the first moment on, and loads them while the control plane comes up', () => {
    expect([...of('images-pull')]).toEqual(['engine-check']);
    for (const id of ['images-pull', 'node-boot:shop-worker', `node-boot:${first}`])
      expect(of('images-load')).toContain(id);
    expect(of('images-load')).not.toContain('api-server');
  });

  test('trusts certificates before anything of the cluster runs in a node', () => {
    for (const kind of ['images-unpack', 'node-configure', 'control-plane-start']) {
      expect(of(`${kind}:${first}`)).toContain(`certificates-trust:${first}`);
    }
    expect(of('images-load')).toContain('certificates-trust:shop-worker');
  });
});

test('a pod network may be among the manifests: nodes are looked at after them', () => {
  const { steps, of } = before(inputOf({ workers: 1, full: true, ownNetwork: true }));
  expect(steps.has('pod-network')).toBe(false);
  for (const name of [first, 'shop-worker']) {
    expect(of(`node-ready:${name}`)).toContain('manifest-wait:third');
    expect(of('manifest-apply:first')).not.toContain(`node-ready:${name}`);
  }
});

test('nodes do not wait for each other’s images, kubelets or readiness', () => {
  const { of } = before(inputOf({ workers: 2 }));
  for (const kind of ['images-unpack', 'node-configure', 'node-ready']) {
    expect(of(`${kind}:shop-worker`)).not.toContain(`${kind}:shop-worker2`);
    expect(of(`${kind}:shop-worker2`)).not.toContain(`${kind}:shop-worker`);
  }
});

test('workers’ kubelets start when the API answers, or earlier where they take long', () => {
  expect(before(inputOf({ workers: 1 })).of('kubelet-start:shop-worker')).toContain('api-server');
  const slow = before(inputOf({ workers: 1, slowKubelets: true })).of('kubelet-start:shop-worker');
  expect(slow).not.toContain('api-server');
  expect(slow).toContain('node-configure:shop-worker');
});

test('control planes do not wait for each other', () => {
  const { of } = before(inputOf({ workers: 1, controlPlanes: 3 }));
  for (const kind of ['node-create', 'node-boot', 'node-configure', 'control-plane-start']) {
    expect(of(`${kind}:shop-control-plane3`)).not.toContain(`${kind}:shop-control-plane2`);
    expect(of(`${kind}:shop-control-plane2`)).not.toContain(`${kind}:shop-control-plane3`);
  }
});
