// What a crash or a failure leaves of clusters: how it is told, and what its mending does.
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster, contextOf } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import type { JournalEntry } from '../../operations/journal';
import type { Surroundings } from '../check';
import { clustersCheckup } from './clusters';

const host = 'unix:///var/run/docker.sock';
const cutOff: JournalEntry = {
  id: 'op',
  kind: 'create',
  subject: 'shop',
  engine: host,
  pid: 1,
  processStart: '1',
  at: 0,
  leftBehind: false,
  alive: false,
};

function clusterIn(name: string, state: Cluster['state']): Cluster {
  const origin = { provider: 'kubeadm', madeBy: 'boathouse' } as const;
  const abilities = abilitiesOf(origin);
  return { name, ...origin, abilities, state, nodes: [], context: contextOf(name), current: false };
}

async function examine(entries: JournalEntry[], clusters: Cluster[] = [], cleanup = async (_: string) => {}) {
  const done: string[] = [];
  const surroundings = {
    engine: { endpoint: { host, source: 'socket' } } as Engine,
    entries,
    clusters,
    journal: { end: async (id: string) => void done.push(`forgot ${id}`) },
    async cleanup(name: string) {
      done.push(`cleaned ${name}`);
      await cleanup(name);
    },
  } as unknown as Surroundings;
  const findings = await clustersCheckup.examine(surroundings);
  return { findings, done, checks: findings.map(({ check }) => check) };
}

test('nothing is half-made', async () => {
  const running = [clusterIn('shop', 'running')];
  const { checks } = await examine(
    [
      { ...cutOff, alive: true },
      { ...cutOff, engine: 'tcp://far:2376' },
    ],
    running,
  );
  expect(checks).toMatchObject([{ code: 'clusters-whole', verdict: 'ok', evidence: 'clusters: 1' }]);
});

test('a create that was cut off is offered for removal, once, and then forgotten', async () => {
  const { checks, findings, done } = await examine([cutOff], [clusterIn('shop', 'incomplete')]);
  expect(checks).toMatchObject([
    { id: 'interrupted:shop', code: 'create-interrupted', verdict: 'problem', params: { name: 'shop' } },
  ]);
  expect(checks[0]?.fix).toContain('containers, volumes, network and kubeconfig entry');
  expect(checks[0]?.commands).toEqual(['boathouse cleanup shop']);
  expect(await findings[0]?.mend?.()).toMatchObject({ text: 'What was left of shop is removed.' });
  expect(done).toEqual(['cleaned shop', 'forgot op']);
});

test('it was cut off before it made anything: that is no failure of the mending', async () => {
  const nothing = () => Promise.reject(new AppError('not-found', 'There is no cluster named shop'));
  const { findings, done } = await examine([cutOff], [], nothing);
  await findings[0]?.mend?.();
  expect(done).toContain('forgot op');
});

test('a clean-up that fails is said to, and is offered again', async () => {
  const failing = () => Promise.reject(new AppError('engine-refused', 'The Docker Engine refused'));
  const { findings, done } = await examine([cutOff], [], failing);
  await expect(findings[0]?.mend?.()).rejects.toThrow('The Docker Engine refused');
  expect(done).not.toContain('forgot op');
});

test('what was kept, or could not be taken back, is another finding than what was cut off', async () => {
  const { checks } = await examine([{ ...cutOff, leftBehind: true }]);
  expect(checks).toMatchObject([{ id: 'left-behind:shop', title: 'Parts of shop were left behind' }]);
});

test.each(['delete', 'cleanup'] as const)('a %s that was cut off is offered to be ended', async (kind) => {
  const { checks, findings, done } = await examine([{ ...cutOff, kind }], [clusterIn('shop', 'degraded')]);
  expect(checks).toMatchObject([{ id: 'interrupted:shop', code: 'delete-interrupted' }]);
  await findings[0]?.mend?.();
  expect(done).toEqual(['cleaned shop', 'forgot op']);
});

test.each(['start', 'stop'] as const)('a %s that was cut off costs no cluster', async (kind) => {
  const { findings, done } = await examine([{ ...cutOff, kind }], [clusterIn('shop', 'stopped')]);
  expect(await findings[0]?.mend?.()).toMatchObject({ text: 'Forgotten; start or stop shop as you like.' });
  expect(done).toEqual(['forgot op']);
});

test('an incomplete cluster that nobody noted is offered for removal, too', async () => {
  const { checks, findings, done } = await examine([], [clusterIn('shop', 'incomplete'), clusterIn('lab', 'running')]);
  expect(checks).toMatchObject([{ id: 'never-finished:shop', verdict: 'problem' }]);
  await findings[0]?.mend?.();
  expect(done).toEqual(['cleaned shop']);
});
