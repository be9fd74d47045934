// Reaching into a real cluster: its dashboard, signed in without a pasted token, and nothing left of it afterwards; logs, commands, files and forwards of pods; what is done to objects.
import { get as httpGet, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from './kube/connect';
import { connectContext } from './kubeconfig/connect-context';
import { actsInside } from './testing/acts-inside';
import { nodeImage, openTestCore, refusalOf, succeeded, type TestCore, testEngine } from './testing/core';
import { buildDashboardImage, dashboardImage, removeDashboardImage } from './testing/dashboard-image';
import { removeLeftovers } from './testing/leftovers';
import { kubectl, kubectlJson } from './testing/programs';
import { reachingIn } from './testing/reaching-in';

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

  const inside = { name, context, core: () => core, kube: () => kube, signal };
  reachingIn(inside);
  actsInside(inside);
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
