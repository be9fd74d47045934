// Logs, commands, shells, files, usage and forwards of pods. Part of `inside.engine.test.ts`, for its cluster.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Offer } from '../../../shared/model/images';
import { applyManifest } from '../kube/apply';
import type { Kube } from '../kube/connect';
import { refusalOf, succeeded, type TestCore } from './core';
import type { InsideCluster } from './inside-cluster';
import { inNode, kubectl } from './programs';

export function reachingIn({ name, context, core: opened, kube: connected, signal }: InsideCluster): void {
  let core: TestCore;
  let kube: Kube;
  beforeAll(() => {
    core = opened();
    kube = connected();
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

    test('files of a window are asked for piece by piece and put where they belong', async () => {
      const big = randomBytes(2_500_000);
      const stop = new AbortController();
      const offer = async (bytes: Buffer): Promise<string> => {
        const heard = await core.client.images.offer({ name: 'x', size: bytes.length }, { signal: stop.signal });
        const { value: first } = (await heard.next()) as IteratorResult<Offer, undefined>;
        if (!first || !('file' in first)) throw new Error('no id');
        void (async () => {
          for await (const one of heard) {
            if (!('wanted' in one)) continue;
            const { from, length } = one.wanted;
            const base64 = bytes.subarray(from, from + length).toString('base64');
            await core.client.images.give({ file: first.file, from, base64 });
          }
        })().catch(() => {});
        return first.file;
      };
      const files = [
        { file: await offer(big), path: 'site/big' },
        { file: await offer(Buffer.alloc(0)), path: 'site/deep/empty' },
      ];
      await succeeded(core.client, await core.client.podFiles.give({ context, target, there: '/tmp', files }));
      const sum = (
        await kubectl(core, name, '-n', namespace, 'exec', 'deploy/page', '--', 'sha256sum', '/tmp/site/big')
      ).split(' ')[0];
      expect(sum).toBe(createHash('sha256').update(big).digest('hex'));
      await kubectl(core, name, '-n', namespace, 'exec', 'deploy/page', '--', 'test', '-f', '/tmp/site/deep/empty');
      const climbing = [{ file: files[0]?.file ?? '', path: '../etc/passwd' }];
      await expect(core.client.podFiles.give({ context, target, there: '/tmp', files: climbing })).rejects.toThrow();
      stop.abort();
      await vi.waitFor(async () =>
        expect((await refusalOf(core.client.podFiles.give({ context, target, there: '/tmp', files }))).code).toBe(
          'not-found',
        ),
      );
    });

    test('a shell on a node is root there; elsewhere it is in a pod that is gone afterwards', async () => {
      const node = { kind: 'node' as const, name: `${name}-control-plane` };
      const run = async (more: object, typed: string) => {
        let said = '';
        let end: number | undefined;
        for await (const message of await core.client.podExec.run({ context, target: node, ...more })) {
          if (message.type === 'opened' && typed) {
            await core.client.podExec.write({ id: message.id, base64: Buffer.from(typed).toString('base64') });
          }
          if (message.type === 'output') said += Buffer.from(message.base64, 'base64').toString();
          if (message.type === 'ended') end = message.code;
        }
        return { said, end };
      };
      const size = { columns: 100, rows: 30 };
      const typed = await run({ terminal: size }, 'stty size; id -u; hostname; exit 7\n');
      expect(typed.said).toMatch(new RegExp(`30 100\\r?\\n0\\r?\\n${node.name}`));
      expect(typed.end).toBe(7);
      const direct = await run({ command: ['sh', '-c', 'hostname; echo bad >&2; exit 3'] }, '');
      expect([direct.said.split('\n').sort(), direct.end]).toEqual([['', node.name, 'bad'].sort(), 3]);
      // As on a node that is elsewhere: its files and names, in a pod.
      const command = ['cat', '/etc/kubernetes/kubelet.conf'];
      const inPod = await run({ command, debug: { image } }, '');
      expect([inPod.said.split('\n')[0], inPod.end]).toEqual(['apiVersion: v1', 0]);
      expect(await kubectl(core, name, '-n', 'default', 'get', 'pods', '-o', 'name')).not.toContain('node-shell');
      const none = await refusalOf(run({ target: { ...node, name: 'nowhere' } }, ''));
      expect([none.code, none.params?.why]).toEqual(['not-possible', 'node-elsewhere']);
      const gone = refusalOf(run({ target: { ...node, name: 'nowhere' }, debug: { image } }, ''));
      expect((await gone).code).toBe('not-found');
    });

    test('what pods use is told by kubelets; while these are silent, by their containers', async () => {
      const stop = new AbortController();
      const node = `${name}-control-plane`;
      const heard = await core.client.metrics.watch({ context }, { signal: stop.signal });
      const next = async (source: string) => {
        for (;;) {
          const { done, value: metrics } = await heard.next();
          if (done) break;
          const [, pod] = Object.entries(metrics.pods).find(([key]) => key.startsWith(`${namespace}/page-`)) ?? [];
          if (metrics.source === source && pod) return { pod, node: metrics.nodes[node] };
        }
        throw new Error(`nothing was heard of ${source}`);
      };
      const before = await next('kubelets');
      await inNode(core, node, 'systemctl', 'stop', 'kubelet');
      try {
        const after = await next('containers');
        expect(after.pod.containers.c?.memory).toBeGreaterThan(100_000);
        expect(after.node?.memory).toBeGreaterThan(100_000_000);
        // The same pod, which has been idle in between.
        expect(after.pod.memory / (before.pod.memory || 1)).toBeLessThan(10);
      } finally {
        stop.abort();
        await inNode(core, node, 'systemctl', 'start', 'kubelet');
      }
    }, 120_000);

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
}
