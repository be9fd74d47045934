// What is done to objects from a terminal: what the core is asked, what is asked of people first, and what is refused.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { emptyKubeconfig } from '../host/stand-in-core/samples';
import { memoryTerminal } from './memory-terminal';
import { boathouse } from './run-for-test';

const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };

it('scales, restarts and rolls back, and waits until it is done', async () => {
  const core = standInCore();
  const { code, out } = await boathouse('scale kind-shop deploy/web 3 -n web', { core });
  expect([code, out]).toEqual([0, expect.stringMatching(/^deploy\/web: scaled \(/)]);
  await boathouse('restart kind-shop deployment/web', { core });
  await boathouse('rollback kind-shop deployments.apps/web --to 1', { core });
  const object = { kind: deployments, namespace: 'default', name: 'web' };
  expect(core.calls).toEqual([
    [
      'object',
      {
        context: 'kind-shop',
        object: { ...object, namespace: 'web' },
        action: { verb: 'scale', replicas: 3 },
      },
    ],
    ['object', { context: 'kind-shop', object, action: { verb: 'restart' } }],
    ['object', { context: 'kind-shop', object, action: { verb: 'roll-back', revision: 1 } }],
  ]);
  const listed = await boathouse('rollback kind-shop deploy/web --list', { core });
  expect(listed.out).toMatch(/2 \(now\) .*web:2/);
  expect(core.calls).toHaveLength(3);
});

it('what is no object, no number or no kind is refused, and nothing is asked of the core', async () => {
  const core = standInCore();
  for (const words of ['scale kind-shop web 3', 'scale kind-shop deploy/web some', 'restart kind-shop boat/swan']) {
    expect((await boathouse(words, { core })).code).not.toBe(0);
  }
  expect(core.calls).toEqual([]);
});

it('says what would be lost and asks; an empty variable or a lone option never deletes the cluster', async () => {
  const core = standInCore();
  const terminal = memoryTerminal({ answers: ['n'] });
  const { code, err } = await boathouse('delete kind-shop --object pod/web-1', { core, terminal });
  expect(code).not.toBe(0);
  expect(err).toContain('1 pods: web-1');
  expect(err).toContain('ReplicaSet web makes a new one at once.');
  for (const words of ['delete shop --object', 'delete shop --yes --force', 'delete shop --yes --dry-run']) {
    expect((await boathouse(words, { core })).code).not.toBe(0);
  }
  expect(core.calls).toEqual([]);
  const dry = await boathouse('delete kind-shop --object pod/web-1 --dry-run', { core });
  expect(dry.out).toContain('kubectl --context kind-shop -n default delete pods/web-1');
  expect(core.calls).toEqual([]);
  await boathouse('nodes cordon kind-shop shop-worker', { core });
  expect(core.calls).toMatchObject([['act', { action: { verb: 'cordon' }, object: { name: 'shop-worker' } }]]);
});

it('asks for the name of a context that is not on this computer', async () => {
  const far = {
    name: 'prod-eu',
    file: '/c',
    hiddenIn: [],
    cluster: 'c',
    user: 'u',
    current: false,
    origin: 'remote' as const,
    namespace: 'shop',
    signsIn: 'token' as const,
    faults: [],
  };
  const core = standInCore({ kubeconfig: { ...emptyKubeconfig, contexts: [far] } });
  const terminal = memoryTerminal({ answers: ['prod-eu'] });
  await boathouse('restart prod-eu deploy/web', { core, terminal });
  expect(core.calls[0]).toMatchObject(['object', { confirmed: 'prod-eu', object: { namespace: 'shop' } }]);
  await boathouse('restart prod-eu deploy/web', { core });
  expect(core.calls[1]?.[1]).not.toHaveProperty('confirmed');
});

it('deletes several objects in one go, after it has asked once', async () => {
  const core = standInCore();
  const words = 'delete kind-shop --object pod/web-1 --object deploy/api -n shop';
  const refused = await boathouse(words, { core, terminal: memoryTerminal({ answers: ['n'] }) });
  expect(refused.code).not.toBe(0);
  expect(core.calls).toEqual([]);
  const dry = await boathouse(`${words} --dry-run`, { core });
  expect(dry.out).toContain('kubectl --context kind-shop -n shop delete pods/web-1 deployments.apps/api');
  const { code, out } = await boathouse(`${words} --yes --orphans`, { core });
  expect([code, out]).toEqual([0, expect.stringMatching(/^2 objects: deleted \(/)]);
  const pods = { group: '', version: 'v1', resource: 'pods' };
  expect(core.calls).toEqual([
    [
      'object',
      {
        context: 'kind-shop',
        objects: [
          { kind: pods, namespace: 'shop', name: 'web-1' },
          { kind: deployments, namespace: 'shop', name: 'api' },
        ],
        orphans: true,
        force: false,
      },
    ],
  ]);
});
