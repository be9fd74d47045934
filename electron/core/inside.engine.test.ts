// Reaching into a real cluster: its dashboard, signed in without a pasted token, and nothing left of it afterwards; logs, commands, files and forwards of pods; what is done to objects.
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import type { KubernetesObject, V1Node, V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ObjectAction, ObjectRef } from '../../shared/model/actions';
import { applyManifest } from './kube/apply';
import type { Kube } from './kube/connect';
import { connectContext } from './kubeconfig/connect-context';
import { ended, nodeImage, openTestCore, refusalOf, succeeded, type TestCore, testEngine } from './testing/core';
import { buildDashboardImage, dashboardImage, removeDashboardImage } from './testing/dashboard-image';
import { removeLeftovers } from './testing/leftovers';
import { kubectl, kubectlJson } from './testing/programs';

const name = 'bh-core-inside';
const context = `kind-${name}`;
// What is in the cluster is the same on every engine.
const engine = testEngine('28.5');
const signal = () => AbortSignal.timeout(60_000);

describe.skipIf(!engine)(`inside a cluster on ${engine?.name}`, () => {
  const host = engine?.host ?? '';
  let core: TestCore;
  let kube: Kube;

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    await succeeded(
      core.client,
      await core.client.clusters.create({ name, template: { id: 'single' }, image: nodeImage }),
    );
    kube = await connectContext(
      { environment: core.environment, homeDirectory: core.directory, platform: process.platform },
      context,
      signal(),
    );
    await buildDashboardImage(core);
    await succeeded(core.client, await core.client.images.load({ name, images: [dashboardImage] }));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await removeDashboardImage(core);
    await core.close();
  });

  /** What a token is worth, by the API server itself. */
  const review = async (token: string) => {
    const object = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const path = '/apis/authentication.k8s.io/v1/tokenreviews';
    const { status } = await kube.call<{ status: { authenticated?: boolean; user?: { username: string } } }>(
      { method: 'POST', path, object },
      signal(),
    );
    return status;
  };
  describe('the dashboard', () => {
    test('without one, opening says so', async () => {
      expect(await core.client.dashboard.look({ context })).toEqual({ context, dashboards: [], rights: [], open: [] });
      expect((await refusalOf(core.client.dashboard.open({ context }))).code).toBe('not-found');
      expect((await refusalOf(core.client.dashboard.remove({ context }))).code).toBe('not-found');
      expect((await refusalOf(core.client.dashboard.setUp({ context, rights: 'admin' }))).code).toBe('not-found');
    });

    test('what nodes cannot fetch is explained, and taken back', async () => {
      const wanted = { context, kind: 'headlamp', rights: 'admin', image: 'registry.invalid/none:1' } as const;
      await expect(
        core.client.dashboard.setUp(wanted).then((started) => succeeded(core.client, started)),
      ).rejects.toThrow('The nodes cannot fetch registry.invalid/none:1');
      expect(await kubectl(core, name, 'get', 'namespaces', '-o', 'name')).not.toContain('boathouse');
      expect(await kubectl(core, name, 'get', 'clusterrolebindings', '-o', 'name')).not.toContain('boathouse');
    });

    test('set up, it is open and signed in; the API server accepts the token that it was sent', async () => {
      const wanted = { context, kind: 'headlamp', rights: 'read-only', image: dashboardImage } as const;
      await succeeded(core.client, await core.client.dashboard.setUp(wanted));
      const opened = await core.client.dashboard.open({ context });
      expect(opened).toMatchObject({ kind: 'headlamp', rights: 'read-only' });
      const cookie = await enter(opened.invitation);
      const page = await read(opened.port, '/some/page?x=1', { cookie: `${cookie}; boathouse-7420=host; mine=1` });
      expect(page.status).toBe(200);
      expect(page.text).toContain('GET /some/page?x=1');
      const token = /authorization: Bearer (\S+)/i.exec(page.text)?.[1] ?? '';
      expect(await review(token)).toMatchObject({
        authenticated: true,
        user: { username: 'system:serviceaccount:boathouse-dashboard:read-only' },
      });
      expect(page.text).toContain(`headlamp-auth-main.0=${token}; mine=1`);
      expect(page.text).not.toContain('boathouse-7420');
      expect(page.cookies).toEqual([]);
      expect(JSON.stringify(await core.client.dashboard.look({ context }))).not.toContain(token);
      expect(core.log.join('\n')).not.toContain(token);
      expect((await read(opened.port, '/', {})).status).toBe(401);
      expect((await read(opened.port, '/', { cookie, host: `evil.example:${opened.port}` })).status).toBe(421);
      await expect(enter(opened.invitation)).rejects.toThrow('401');
    });

    test('its pod restarted, the door leads to the new one', async () => {
      const opened = await core.client.dashboard.open({ context, rights: 'read-only' });
      const cookie = await enter(opened.invitation);
      await kubectl(core, name, '-n', 'boathouse-dashboard', 'delete', 'pod', '--all', '--grace-period=1');
      await kubectl(core, name, '-n', 'boathouse-dashboard', 'rollout', 'status', 'deployment/headlamp');
      expect((await read(opened.port, '/', { cookie })).status).toBe(200);
    });

    test('removed, nothing is left of it and the door is shut', async () => {
      const { port } = await core.client.dashboard.open({ context, rights: 'read-only' });
      const { token } = await core.client.dashboard.token({ context });
      await succeeded(core.client, await core.client.dashboard.remove({ context }));
      const kinds = 'namespaces,clusterroles,clusterrolebindings';
      const { items } = await kubectlJson<{ items: { metadata: { name: string } }[] }>(core, name, 'get', kinds);
      expect(items.filter(({ metadata }) => metadata.name.includes('boathouse'))).toEqual([]);
      expect((await review(token)).authenticated ?? false).toBe(false);
      await expect(read(port, '/', {})).rejects.toThrow('ECONNREFUSED');
      expect((await core.client.dashboard.look({ context })).open).toEqual([]);
    });
  });

  describe('reaching into pods', () => {
    const namespace = 'reached';
    /** Every node of the testbed has it, with busybox, sh and tar. */
    const image = 'k8s.gcr.io/kube-proxy:v1.20.2';
    const container = (command: string) => [
      { name: 'c', image, imagePullPolicy: 'Never', command: ['sh', '-c', command] },
    ];
    const deployment = (called: string, command: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: called, namespace },
      spec: {
        selector: { matchLabels: { app: called } },
        template: {
          metadata: { labels: { app: called } },
          spec: { terminationGracePeriodSeconds: 1, containers: container(command) },
        },
      },
    });
    const page = 'echo serving; echo hello >/tmp/index.html; exec busybox httpd -f -p 8080 -h /tmp';
    const recording = new AbortController();
    const target = { namespace, kind: 'deployment' as const, name: 'page' };
    beforeAll(async () => {
      const objects = [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
        deployment('crash', 'echo run $(cat /proc/sys/kernel/random/uuid); exit 3'),
        deployment('page', page),
      ];
      // From here on it is recorded.
      await core.client.recorder.watch({ context }, { signal: recording.signal });
      await applyManifest(kube, objects as KubernetesObject[], { namespace, signal: signal() });
      await kubectl(core, name, '-n', namespace, 'rollout', 'status', 'deployment/page');
    });
    afterAll(async () => {
      recording.abort();
      await kubectl(core, name, 'delete', 'namespace', namespace, '--wait=false');
    });

    test('logs go on with the next run of a pod that crashes; its previous run is had by itself', async () => {
      const targets = [{ ...target, name: 'crash' }];
      const runs = new Set<string>();
      for await (const message of await core.client.podLogs.read(
        { context, targets, follow: true },
        { signal: signal() },
      )) {
        if (message.type === 'lines') for (const { text } of message.lines) runs.add(text);
        if (runs.size === 2) break;
      }
      const readLast = async () => {
        const last: string[] = [];
        const wanted = { context, targets, previous: true };
        for await (const message of await core.client.podLogs.read(wanted, { signal: signal() })) {
          if (message.type === 'lines') last.push(...message.lines.map(({ text }) => text));
        }
        return last;
      };
      // The kubelet tells of a run a moment after its last word.
      const last = await vi.waitFor(readLast, { timeout: 20_000 });
      expect(last).toHaveLength(1);
      expect(last[0]).toMatch(/^run [0-9a-f-]{36}$/);
    });

    test('a command says what it says, and ends with its code', async () => {
      const command = ['sh', '-c', 'echo out; echo err >&2; exit 7'];
      const said = { out: '', err: '' };
      let code = 0;
      for await (const message of await core.client.podExec.run({ context, target, command }, { signal: signal() })) {
        if (message.type === 'output') said[message.stream] += Buffer.from(message.base64, 'base64').toString();
        if (message.type === 'ended') code = message.code;
      }
      expect({ ...said, code }).toEqual({ out: 'out\n', err: 'err\n', code: 7 });
    });

    test('files go in and come out the same; what is not there is said, and nothing of it stays', async () => {
      const [source, back] = [join(core.directory, 'site'), join(core.directory, 'back')];
      await mkdir(join(source, 'deep'), { recursive: true });
      await writeFile(join(source, 'big'), Buffer.alloc(1_000_000, 'boat'));
      await symlink('../big', join(source, 'deep', 'link'));
      const copy = async (direction: 'in' | 'out', here: string, there: string) =>
        succeeded(core.client, await core.client.podFiles.copy({ context, target, direction, here, there }));
      await copy('in', source, '/tmp/copied');
      await copy('out', back, '/tmp/copied');
      expect(await readdir(back, { recursive: true })).toEqual(await readdir(source, { recursive: true }));
      expect((await readFile(join(back, 'big'))).equals(await readFile(join(source, 'big')))).toBe(true);
      expect(await readlink(join(back, 'deep', 'link'))).toBe('../big');
      await expect(copy('out', join(core.directory, 'none'), '/nowhere')).rejects.toThrow('has no /nowhere');
      expect(await readdir(core.directory)).not.toContain('none');
      expect((await refusalOf(copy('out', join(back, 'big'), '/tmp/copied/big'))).code).toBe('name-taken');
    });

    test('a forward leads to the pod that takes the place of another; what that one said last is kept', async () => {
      const stop = new AbortController();
      const kept = (async () => {
        for await (const message of await core.client.recorder.watch({ context }, { signal: stop.signal })) {
          const pods = message.type === 'patch' ? message.upserts : message.items;
          const found = pods.find((pod) => pod.namespace === namespace && pod.state === 'kept');
          if (found) return found;
        }
        throw new Error('nothing was kept');
      })();
      const { id, localPort } = await core.client.forwards.open({ context, target, port: 8080 });
      const visit = async () => (await fetch(`http://127.0.0.1:${localPort}/`)).text();
      expect(await visit()).toBe('hello\n');
      await kubectl(core, name, '-n', namespace, 'delete', 'pod', '-l', 'app=page', '--wait=true');
      await vi.waitFor(async () => expect(await visit()).toBe('hello\n'), { timeout: 30_000 });
      await core.client.forwards.close({ id });
      await expect(visit()).rejects.toThrow();
      const { logs } = await core.client.recorder.pod({ context, key: (await kept).key });
      stop.abort();
      expect(logs.c?.map(({ text }) => text)).toEqual(['serving']);
    });
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
});

/** As a browser does it: the fragment's token for a cookie. */
async function enter(address: string): Promise<string> {
  const { origin, hash } = new URL(address);
  const token = new URLSearchParams(hash.slice(1)).get('token');
  const headers = { 'Content-Type': 'application/json', Origin: origin };
  const answer = await fetch(`${origin}/.boathouse/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  });
  if (answer.status !== 204) throw new Error(`${answer.status}`);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function read(port: number, path: string, headers: Record<string, string>) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port, path, headers }, resolve).once('error', reject);
  });
  return { status: answer.statusCode, text: await readText(answer), cookies: answer.headers['set-cookie'] ?? [] };
}
