// What is done to objects: scaled, changed, drained, deleted, one and several. Part of `inside.engine.test.ts`, for its cluster.
import type { KubernetesObject, V1Node, V1Pod } from '@kubernetes/client-node';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ObjectAction, ObjectRef } from '../../../shared/model/actions';
import { applyManifest } from '../kube/apply';
import type { Kube } from '../kube/connect';
import { ended, refusalOf, succeeded, type TestCore } from './core';
import { dashboardImage } from './dashboard-image';
import type { InsideCluster } from './inside-cluster';
import { kubectl, kubectlJson } from './programs';

export function actsInside({ name, context, core: opened, kube: connected, signal }: InsideCluster): void {
  let core: TestCore;
  let kube: Kube;
  beforeAll(() => {
    core = opened();
    kube = connected();
  });

  describe('what is done to objects', () => {
    const namespace = 'acted-on';
    const ref = (resource: string, called: string, group = 'apps') => ({
      kind: { group, version: 'v1', resource },
      namespace,
      name: called,
    });
    const act = async (object: ObjectRef, action: ObjectAction) => {
      const { operationId, made } = await core.client.actions.act({ context, object, action });
      if (operationId !== undefined) await succeeded(core.client, { operationId });
      return made;
    };
    const pods = async () =>
      (await kubectlJson<{ items: V1Pod[] }>(core, name, '-n', namespace, 'get', 'pods')).items.filter(
        ({ metadata }) => metadata?.deletionTimestamp === undefined,
      );
    const web = ref('deployments', 'web');
    const template = (value: string) => ({
      metadata: { labels: { app: 'web' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'web', image: dashboardImage, imagePullPolicy: 'Never', env: [{ name: 'V', value }] }],
      },
    });
    const deployment = (value: string, replicas: number) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace },
      spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template(value) },
    });

    test('a Deployment is scaled, changed, restarted and rolled back; each ends when its pods are there', async () => {
      await applyManifest(kube, [deployment('one', 1) as KubernetesObject], { namespace, signal: signal() });
      await act(web, { verb: 'scale', replicas: 2 });
      expect((await pods()).map(({ status }) => status?.phase)).toEqual(['Running', 'Running']);
      const before = (await pods()).map(({ metadata }) => metadata?.name);
      await act(web, { verb: 'restart' });
      expect((await pods()).filter(({ metadata }) => before.includes(metadata?.name))).toEqual([]);
      await applyManifest(kube, [deployment('two', 2) as KubernetesObject], { namespace, signal: signal() });
      const [now, last] = await core.client.actions.revisions({ context, object: web });
      expect([now?.revision, now?.current, last?.revision]).toEqual([3, true, 2]);
      expect(JSON.stringify(last?.change)).toContain('value: one');
      await act(web, { verb: 'roll-back', revision: 1 });
      const values = (await pods()).map(({ spec }) => spec?.containers[0]?.env?.[0]?.value);
      expect(values).toEqual(['one', 'one']);
      expect((await refusalOf(act(web, { verb: 'roll-back', revision: 77 }))).code).toBe('not-found');
      expect((await refusalOf(act(web, { verb: 'drain', force: false }))).code).toBe('bad-input');
    });

    test('a drain keeps to budgets; cancelled, the node takes pods again', async () => {
      const budget = {
        apiVersion: 'policy/v1beta1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'web', namespace },
        spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
      };
      await applyManifest(kube, [budget as KubernetesObject], { namespace, signal: signal() });
      const { items } = await kubectlJson<{ items: KubernetesObject[] }>(core, name, 'get', 'nodes');
      const node = { kind: { group: '', version: 'v1', resource: 'nodes' }, name: items[0]?.metadata?.name ?? '' };
      const unschedulable = async () =>
        (await kube.get<V1Node>(`/api/v1/nodes/${node.name}`, signal())).spec?.unschedulable ?? false;
      const plan = await core.client.actions.plan({ context, object: node, action: { verb: 'drain' } });
      expect(plan.moves[0]?.names).toEqual(
        expect.arrayContaining((await pods()).map(({ metadata }) => metadata?.name)),
      );
      const { operationId = '' } = await core.client.actions.act({ context, object: node, action: { verb: 'drain' } });
      for await (const message of await core.client.operations.watch(undefined, { signal: signal() })) {
        if (message.type === 'snapshot' || message.upserts.some(({ id }) => id === operationId)) {
          const all = message.type === 'snapshot' ? message.items : message.upserts;
          if (/budget web needs 2/.test(all.find(({ id }) => id === operationId)?.steps[0]?.note ?? '')) break;
        }
      }
      expect(await unschedulable()).toBe(true);
      await core.client.operations.cancel({ id: operationId });
      await vi.waitFor(async () => expect(await unschedulable()).toBe(false), { timeout: 20_000 });
      await act(node, { verb: 'cordon' });
      expect(await unschedulable()).toBe(true);
      await act(node, { verb: 'uncordon' });
      expect(await unschedulable()).toBe(false);
    });

    test('a CronJob makes a Job now, and none while it is suspended', async () => {
      const cron = { kind: { group: 'batch', version: 'v1beta1', resource: 'cronjobs' }, namespace, name: 'nightly' };
      const spec = { template: { spec: { ...template('job').spec, restartPolicy: 'Never' } } };
      const object = {
        apiVersion: 'batch/v1beta1',
        kind: 'CronJob',
        metadata: { name: 'nightly', namespace },
        spec: { schedule: '0 3 * * *', jobTemplate: { spec } },
      };
      await applyManifest(kube, [object as KubernetesObject], { namespace, signal: signal() });
      // Kubernetes 1.20 has Jobs in batch/v1, CronJobs in batch/v1beta1.
      expect(await core.client.objects.kinds({ context })).toContainEqual(
        expect.objectContaining({ kind: 'CronJob', version: 'v1beta1' }),
      );
      const made = await act(cron, { verb: 'trigger' });
      const job = await kube.get<KubernetesObject>(`/apis/batch/v1/namespaces/${namespace}/jobs/${made}`, signal());
      expect(job.metadata?.ownerReferences?.[0]).toMatchObject({ kind: 'CronJob', name: 'nightly' });
      await act(cron, { verb: 'suspend' });
      const { spec: now } = await kube.get<{ spec: { suspend: boolean } }>(
        `/apis/batch/v1beta1/namespaces/${namespace}/cronjobs/nightly`,
        signal(),
      );
      expect(now.suspend).toBe(true);
    });

    test('several are deleted at once: one that is refused keeps none of the others', async () => {
      const map = (called: string, finalizers: string[] = []) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: called, namespace, finalizers },
      });
      const names = ['one', 'two', 'three'];
      await applyManifest(
        kube,
        names.map((called) => map(called)),
        { namespace, signal: signal() },
      );
      // Kubernetes keeps its own namespaces.
      const kept = { kind: { group: '', version: 'v1', resource: 'namespaces' }, name: 'kube-system' };
      const objects = [...[...names, 'none'].map((called) => ref('configmaps', called, '')), kept];
      const plan = await core.client.actions.planDeletion({ context, objects: objects.slice(0, 4) });
      expect(plan.losses).toEqual([{ kind: 'configmaps', names: expect.arrayContaining(names), count: 3 }]);
      const started = await core.client.actions.deleteSeveral({ context, objects });
      const { error: refused } = await ended(core.client, started);
      expect([refused?.code, refused?.message]).toEqual([
        'kubernetes-refused',
        expect.stringContaining('1 of 5 objects stay'),
      ]);
      expect(refused?.detail).toMatch(/^namespaces kube-system: .*forbidden/);
      expect(await kubectl(core, name, '-n', namespace, 'get', 'configmaps', '-o', 'name')).not.toMatch(
        /one|two|three/,
      );
      // One that somebody holds is waited for, and waiting can be given up.
      await applyManifest(kube, [map('held', ['harbour.example/held']), map('free')], { namespace, signal: signal() });
      const { operationId } = await core.client.actions.deleteSeveral({
        context,
        objects: ['held', 'free'].map((called) => ref('configmaps', called, '')),
      });
      for await (const message of await core.client.operations.watch(undefined, { signal: signal() })) {
        const all = message.type === 'snapshot' ? message.items : message.upserts;
        const step = all.find(({ id }) => id === operationId)?.steps[0];
        if (step?.progress === 0.5 && /held, which harbour.example\/held has to let go/.test(step.note ?? '')) break;
      }
      await core.client.operations.cancel({ id: operationId });
      await kubectl(
        core,
        name,
        '-n',
        namespace,
        'patch',
        'configmap',
        'held',
        '-p',
        '{"metadata":{"finalizers":null}}',
      );
    });

    test('a deletion says all that goes, and ends when it is gone', async () => {
      const plan = await core.client.actions.plan({ context, object: web, action: { verb: 'delete' } });
      expect(plan.local).toBe(true);
      expect(plan.losses[0]).toEqual({ kind: 'deployments.apps', names: ['web'], count: 1 });
      const lost = plan.losses.find(({ kind }) => kind === 'pods');
      const own = (await pods()).filter(({ metadata }) => metadata?.labels?.app === 'web');
      expect(lost?.names).toEqual(expect.arrayContaining(own.map(({ metadata }) => metadata?.name)));
      const space = { kind: { group: '', version: 'v1', resource: 'namespaces' }, name: namespace };
      const whole = await core.client.actions.plan({ context, object: space, action: { verb: 'delete' } });
      expect(whole.losses.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['namespaces', 'deployments.apps', 'cronjobs.batch', 'poddisruptionbudgets.policy']),
      );
      const one = ref('pods', own[0]?.metadata?.name ?? '', '');
      const pod = await core.client.actions.plan({ context, object: one, action: { verb: 'delete' } });
      expect(pod.owners.map(({ kind }) => kind)).toEqual(['ReplicaSet']);
      await act(one, { verb: 'delete', orphans: false, force: false });
      expect((await refusalOf(act(one, { verb: 'delete', orphans: false, force: false }))).code).toBe('not-found');
      await act(space, { verb: 'delete', orphans: false, force: false });
      expect(await kubectl(core, name, 'get', 'namespaces', '-o', 'name')).not.toContain(namespace);
    });
  });
}
