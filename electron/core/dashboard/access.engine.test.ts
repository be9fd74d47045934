// Whom one is in a dashboard, by a real API server: what each may do, tokens that are renewed and taken back, and nothing left.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { DashboardRights } from '../../../shared/model/dashboard';
import { applyManifest } from '../kube/apply';
import type { Kube } from '../kube/connect';
import { apiServerIsMissing, startApiServer, type TestApiServer } from '../testing/api-server';
import { lookForDashboards } from './look';
import { accessObjects, dashboardObjects } from './manifests';
import { accountOf } from './place';
import { removeEverything } from './remove';
import { issueToken, secretToken } from './token';
import { createTokenSource } from './token-source';

const missing = apiServerIsMissing();
if (missing) console.log(`Skipped: rights and tokens of dashboards, because ${missing}`);

const resources = resolve(import.meta.dirname, '../../../resources');
const signal = () => AbortSignal.timeout(60_000);

describe.skipIf(missing)('with a real API server', () => {
  let api: TestApiServer;
  let kube: Kube;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boathouse-dashboard-'));
    api = await startApiServer();
    kube = api.kube;
    const objects = [
      ...(await accessObjects(resources, 'read-only')),
      ...(await accessObjects(resources, 'admin')),
      ...(await dashboardObjects(resources, { kind: 'headlamp' })),
      ...(await dashboardObjects(resources, { kind: 'kubernetes-dashboard' })),
    ];
    await applyManifest(kube, objects, { signal: signal() });
  }, 120_000);
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What a token is worth, by the API server itself. */
  const review = async (token: string) => {
    const object = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const path = '/apis/authentication.k8s.io/v1/tokenreviews';
    const { status } = await kube.call<{ status: { authenticated?: boolean; user?: { username: string } } }>(
      { method: 'POST', path, object },
      signal(),
    );
    return { authenticated: status.authenticated ?? false, username: status.user?.username };
  };
  const may = async (rights: DashboardRights, verb: string, what: string, group = '') => {
    const [resource, subresource] = what.split('/');
    const user = `system:serviceaccount:boathouse-dashboard:${rights}`;
    const resourceAttributes = { namespace: 'default', verb, resource, subresource, group };
    const object = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SubjectAccessReview',
      spec: { user, groups: ['system:serviceaccounts', 'system:authenticated'], resourceAttributes },
    };
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const { status } = await kube.call<{ status: { allowed: boolean } }>({ method: 'POST', path, object }, signal());
    return status.allowed;
  };
  /** Runs kubectl as whoever the token is of. */
  const kubectlAs = async (token: string, ...words: string[]) => {
    const file = join(folder, 'token.yaml');
    await writeFile(
      file,
      stringify({
        clusters: [{ name: 'c', cluster: { server: api.address, 'insecure-skip-tls-verify': true } }],
        users: [{ name: 'u', user: { token } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
    const program = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
    return (await promisify(execFile)(program, ['--kubeconfig', file, ...words], { env: { HOME: folder } })).stdout;
  };

  test('read-only cannot write, nor see Secrets', async () => {
    for (const [verb, resource, group] of [
      ['create', 'pods', ''],
      ['delete', 'deployments', 'apps'],
      ['patch', 'configmaps', ''],
      ['create', 'pods/exec', ''],
      ['impersonate', 'users', ''],
      ['get', 'secrets', ''],
      ['create', 'serviceaccounts/token', ''],
    ] as const) {
      expect([verb, resource, await may('read-only', verb, resource, group)]).toEqual([verb, resource, false]);
    }
    for (const resource of ['nodes', 'namespaces']) {
      expect([resource, await may('read-only', 'list', resource)]).toEqual([resource, true]);
    }
    // Kubernetes' role `view` is put together by a controller.
    await vi.waitFor(async () => expect(await may('read-only', 'list', 'pods')).toBe(true), { timeout: 20_000 });
    expect(await may('read-only', 'get', 'pods/log')).toBe(true);
    const { token } = await issueToken(kube, accountOf('read-only'), signal());
    await expect(kubectlAs(token, 'create', 'configmap', 'tried')).rejects.toThrow('cannot create resource');
    await expect(kubectlAs(token, 'get', 'secrets')).rejects.toThrow('cannot list resource');
    expect(await kubectlAs(token, 'get', 'namespaces', '-o', 'name')).toContain('namespace/default');
  });

  test('admin may do everything', async () => {
    const { token } = await issueToken(kube, accountOf('admin'), signal());
    await kubectlAs(token, 'create', 'configmap', 'done');
    await kubectlAs(token, 'delete', 'configmap', 'done');
  });

  test('a token is renewed before it ends, and both are accepted', async () => {
    let issued = 0;
    let ahead = 0;
    // Ten minutes is the least that an API server gives: the clock goes ahead instead.
    const source = createTokenSource(
      (within) => {
        issued += 1;
        return issueToken(kube, accountOf('read-only'), within, 600);
      },
      { now: () => Date.now() + ahead },
    );
    const first = await source.current();
    const begun = Math.floor(Date.now() / 1000);
    expect((await source.current()).token).toBe(first.token);
    // Two of the same second are the same token.
    await vi.waitFor(() => expect(Math.floor(Date.now() / 1000)).toBeGreaterThan(begun), { timeout: 5000 });
    ahead = 490_000;
    const renewed = await source.current();
    expect(issued).toBe(2);
    expect(renewed.token).not.toBe(first.token);
    expect(renewed.expiresAt).toBeGreaterThan(first.expiresAt ?? 0);
    const username = 'system:serviceaccount:boathouse-dashboard:read-only';
    for (const { token } of [first, renewed]) expect(await review(token)).toEqual({ authenticated: true, username });
  });

  test('where there is no TokenRequest, a Secret is filled with a token and taken away again', async () => {
    const bound = await secretToken(kube, accountOf('read-only'), signal());
    expect(bound.expiresAt).toBeUndefined();
    expect((await review(bound.token)).username).toContain(':read-only');
    await bound.revoke?.(signal());
    // The API server remembers for ten seconds whom it has let in.
    const isRefused = async () => expect((await review(bound.token)).authenticated).toBe(false);
    await vi.waitFor(isRefused, { timeout: 20_000, interval: 500 });
    const { items } = await kube.get<{ items: { metadata: { name: string } }[] }>(
      '/api/v1/namespaces/boathouse-dashboard/secrets',
      signal(),
    );
    expect(items.map(({ metadata }) => metadata.name)).not.toContain('read-only-token-by-boathouse');
  });

  test('an account that is not there is told from a cluster without TokenRequest', async () => {
    const account = { namespace: 'default', name: 'nobody' };
    await expect(issueToken(kube, account, signal())).rejects.toMatchObject({ code: 'not-found' });
  });

  test('both dashboards are found as ours; removed, nothing is left of them and no token is good', async () => {
    const { dashboards, rights } = await lookForDashboards(kube, signal());
    expect(dashboards.map(({ kind, ours }) => [kind, ours]).sort()).toEqual([
      ['headlamp', true],
      ['kubernetes-dashboard', true],
    ]);
    expect(rights).toEqual(['read-only', 'admin']);
    const { token } = await issueToken(kube, accountOf('admin'), signal());
    await removeEverything(kube, signal());
    expect((await review(token)).authenticated).toBe(false);
    const kinds = ['/api/v1/namespaces', '/apis/rbac.authorization.k8s.io/v1/clusterroles'];
    for (const path of [...kinds, '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings']) {
      const { items } = await kube.get<{ items: { metadata: { name: string } }[] }>(path, signal());
      expect(items.filter(({ metadata }) => metadata.name.includes('boathouse'))).toEqual([]);
    }
  });
});
