// Manifests and edits against a real API server: what each object would become, whose fields are changed, what is wrong at which line.
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kube } from '../kube/connect';
import { printed } from '../objects/describe';
import { apiServerIsMissing, startApiServer, type TestApiServer } from '../testing/api-server';
import { applyManifests } from './apply';
import { diffManifests } from './diff';
import { planEdit, saveEdit } from './edit';
import { prune, straysOf } from './prune';
import { readManifest } from './read';

const missing = apiServerIsMissing();
if (missing) console.log(`Skipped: manifests against a real API server, because ${missing}`);

const signal = () => AbortSignal.timeout(60_000);

describe.skipIf(missing)('with a real API server', () => {
  let api: TestApiServer;
  let kube: Kube;
  beforeAll(async () => {
    api = await startApiServer();
    kube = api.kube;
  }, 120_000);
  afterAll(() => api.close());

  const wanted = { namespace: 'default', force: false };
  const diff = (text: string, force = false) =>
    diffManifests(kube, readManifest(text).objects, { ...wanted, force }, signal());
  const apply = (text: string, more: { set?: string; force?: boolean } = {}) =>
    applyManifests(
      kube,
      readManifest(text).objects.map(({ object }) => object),
      { ...wanted, ...more, signal: signal() },
    );
  const settings = (value: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  k: ${value}\n  kept: "yes"\n`;
  const read = (name = 'settings', resource = 'configmaps') =>
    kube.get<KubernetesObject & { data: Record<string, string> }>(
      `/api/v1/namespaces/default/${resource}/${name}`,
      signal(),
    );

  test('says what is created, changed and as it is; what comes with its namespace or kind too', async () => {
    const all = `apiVersion: v1\nkind: Namespace\nmetadata: {name: new}\n---\n${settings('one').replace('name: settings', 'name: settings\n  namespace: new')}---\n${settings('one')}`;
    expect((await diff(all)).map(({ change, awaits, line }) => [change, awaits, line])).toEqual([
      ['created', undefined, 1],
      ['created', 'Namespace new', 5],
      ['created', undefined, 14],
    ]);
    expect((await apply(all)).map(({ change }) => change)).toEqual(['created', 'created', 'created']);
    expect((await diff(all)).map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    // A namespace is touched by its controller, too.
    expect((await apply(all)).slice(1).map(({ change }) => change)).toEqual(['unchanged', 'unchanged']);
    const [changed] = await diff(settings('two'));
    expect(changed?.hunks.flatMap(({ lines }) => lines).filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'gone', text: '  k: one' },
      { kind: 'new', text: '  k: two' },
    ]);
    expect((await read()).data).toEqual({ k: 'one', kept: 'yes' });
  });

  test('what the API refuses is at its document and line; the others are told all the same', async () => {
    const text = `${settings('one')}---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replica: 3\n---\napiVersion: sail/v1\nkind: Boat\nmetadata: {name: b}\n`;
    const [, typo, unknown] = await diff(text);
    expect(typo).toMatchObject({ change: 'refused', document: 2, problems: [{ line: 13, column: 3 }] });
    expect(typo?.problems[0]?.message).toContain('spec.replica: field not declared in schema');
    expect(unknown).toMatchObject({ change: 'refused', document: 3, problems: [{ line: 15 }] });
  });

  test('values of a Secret are numbers in every difference', async () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: ${value}, user: same}\n`;
    expect(JSON.stringify(await diff(secret('hunter2hunter2')))).not.toMatch(/hunter2|aHVudGVyM/);
    await apply(secret('hunter2hunter2'));
    const [changed] = await diff(secret('other-password'));
    expect(changed?.change).toBe('changed');
    expect(JSON.stringify(changed)).not.toMatch(/hunter2|other-password|b3RoZXI/);
    const edited = printed(await read('s', 'secrets')).replace('aHVudGVyMmh1bnRlcjI=', 'b3RoZXI=');
    const plan = await planEdit(kube, edit(printed(await read('s', 'secrets')), edited, 's', 'secrets'), signal());
    expect(plan.hunks.length).toBe(1);
    expect(JSON.stringify(plan)).not.toMatch(/aHVudGVyM|b3RoZXI/);
  });

  test('fields of others are told by their owners, and taken over by force alone', async () => {
    await apply(settings('one'), { force: true });
    const path = '/api/v1/namespaces/default/configmaps/settings?fieldManager=helm';
    await kube.call({ method: 'PATCH', path, object: { data: { k: 'theirs' } } }, signal());
    const [owned] = await diff(settings('ours'));
    expect(owned).toMatchObject({ change: 'changed', conflicts: [{ manager: 'helm', fields: ['data.k'] }] });
    await expect(apply(settings('ours'))).rejects.toMatchObject({ code: 'field-conflict' });
    expect((await read()).data.k).toBe('theirs');
    expect((await diff(settings('ours'), true))[0]?.conflicts).toEqual([]);
    await apply(settings('ours'), { force: true });
    expect((await read()).data.k).toBe('ours');
  });

  test('what was applied under a name and is in its manifest no more is found and deleted, and nothing else', async () => {
    const two = ['a', 'b'].map((name) => settings('x').replace('settings', name)).join('---\n');
    await apply(two, { set: 'fleet' });
    await apply(settings('x').replace('settings', 'c'), { set: 'other' });
    const kept = [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'a' }];
    const strays = await straysOf(kube, 'fleet', kept, signal());
    expect(strays.map(({ object }) => object.metadata?.name)).toEqual(['b']);
    await prune(kube, strays, signal(), () => {});
    await expect(read('b')).rejects.toMatchObject({ code: 'kubernetes-refused' });
    expect((await read('c')).data.k).toBe('x');
  });

  const edit = (base: string, text: string, name = 'settings', resource = 'configmaps') => ({
    object: { kind: { group: '', version: 'v1', resource }, namespace: 'default', name },
    base,
    text,
    force: true,
  });

  test('an edit changes what was changed, takes out what was taken out, and owns nothing else', async () => {
    await apply(settings('one'), { force: true });
    const base = printed(await read());
    const text = base.replace('k: one', 'k: edited').replace(/ +kept: .*\n/, '');
    const plan = await planEdit(kube, { ...edit(base, text), force: false }, signal());
    expect(plan.conflicts).toEqual([]);
    expect(JSON.stringify(plan.hunks)).toContain('k: edited');
    expect((await read()).data.k).toBe('one');
    await saveEdit(kube, edit(base, text), signal());
    expect((await read()).data).toEqual({ k: 'edited' });
  });

  test('an edit goes on top of what has changed elsewhere meanwhile, and never over it', async () => {
    const base = printed(await read());
    const change = (data: object) =>
      kube.call(
        { method: 'PATCH', path: '/api/v1/namespaces/default/configmaps/settings', object: { data } },
        signal(),
      );
    await change({ zulu: 'theirs' });
    const text = base.replace('k: edited', 'k: mine');
    const far = base.replace(/^ {2}name: settings$/m, '  labels:\n    mine: "1"\n  name: settings');
    expect((await planEdit(kube, edit(base, far), signal())).rebased).toBe(true);
    await saveEdit(kube, edit(base, far), signal());
    expect((await read()).data).toEqual({ k: 'edited', zulu: 'theirs' });
    await change({ k: 'theirs' });
    await expect(saveEdit(kube, edit(base, text), signal())).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect((await read()).data.k).toBe('theirs');
  });

  test('YAML of another object, kind or cluster, a typo and a deleted object are refused in words', async () => {
    const base = printed(await read());
    const refusal = (text: string) => planEdit(kube, edit(base, text), signal());
    for (const text of [
      base.replace(/^ {2}name: settings$/m, '  name: other'),
      base.replace('kind: ConfigMap', 'kind: Secret'),
      base.replace(/uid: .*/, 'uid: 11111111-2222-3333-4444-555555555555'),
      `${base}---\n${base}`,
    ]) {
      await expect(refusal(text)).rejects.toMatchObject({ code: 'bad-input' });
    }
    const typo = await refusal(`${base}dta:\n  x: "1"\n`);
    expect(typo.problems[0]?.line).toBe(base.split('\n').length);
    expect((await refusal(`${base}a: [\n`)).problems).toHaveLength(1);
    const path = '/api/v1/namespaces/default/configmaps/settings';
    await kube.call({ method: 'DELETE', path }, signal());
    await expect(refusal(base)).rejects.toMatchObject({ code: 'not-found' });
  });
});
