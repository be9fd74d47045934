// `boathouse images`: what the core is asked for, and what a terminal shows.
import { expect, it } from 'vitest';
import type { ClusterImages } from '../../shared/model/images';
import { standInCore } from '../host/stand-in-core';
import { planOf, sampleCluster } from '../host/stand-in-core/samples';
import { loadLines, matrixLines } from './commands/images';
import { memoryTerminal } from './memory-terminal';
import { boathouse } from './run-for-test';

const core = () => standInCore({ clusters: [sampleCluster('shop')] });

it('hands on what is to be loaded, and into which nodes', async () => {
  const one = core();
  const { code } = await boathouse('images load shop web:dev api:dev --node worker --pull --restart', { core: one });
  expect(code).toBe(0);
  await boathouse('images load shop named:1 --archive web.tar', { core: one });
  await boathouse('images pull shop redis:8 --node worker', { core: one });
  await boathouse('images remove shop web:old', { core: one });
  expect(one.calls.map(([, input]) => input)).toMatchObject([
    { name: 'shop', images: ['web:dev', 'api:dev'], nodes: ['worker'], pull: true, restart: true },
    { name: 'shop', images: ['named:1'], archive: expect.stringMatching(/^\/.*web\.tar$/), pull: false },
    { name: 'shop', images: ['redis:8'], nodes: ['worker'] },
    { name: 'shop', images: ['web:old'] },
  ]);
});

it('wants to know what, and knows when there is nothing', async () => {
  const nothing = await boathouse('images load shop');
  expect(nothing.code).toBe(2);
  expect(nothing.err).toContain('--archive FILE');
  expect((await boathouse('images list', { core: core() })).out).toBe('The engine has no images.');
  expect((await boathouse('images prune shop --dry-run', { core: core() })).out).toBe('No image of shop is unused.');
  const terminal = memoryTerminal();
  expect((await boathouse('images prune shop', { core: core(), terminal })).code).toBe(0);
});

it('tells what travelled to each node, and what was there', () => {
  const step = { ...planOf('load-images', 'shop').steps[0], kind: 'image-load' as const, state: 'done' as const };
  const steps = [
    { ...step, lane: 'shop-worker', transfer: { moved: 4_000, total: 4_000, present: 168_000_000 } },
    { ...step, lane: 'shop-worker2' },
  ];
  const operation = { id: 'o', kind: 'load-images', subject: 'shop', state: 'done', steps, queuedAt: 0, leftovers: [] };
  expect(loadLines({ ...operation, startedAt: 0, endedAt: 1500 } as never).slice(0, 3)).toEqual([
    'NODE          MOVED  WAS THERE',
    'shop-worker    4 KB     168 MB',
    'shop-worker2      -          -',
  ]);
});

it('draws which node has what', () => {
  const image = { id: 'sha256:0123456789abcdef', size: 1_000_000, system: false };
  const list: ClusterImages = {
    nodes: [{ name: 'shop-control-plane' }, { name: 'shop-worker', problem: 'it does not answer' }],
    images: [
      {
        ...image,
        names: ['docker.io/library/web:dev'],
        nodes: ['shop-control-plane'],
        pods: [{ namespace: 'a', name: 'b' }],
      },
    ],
    stale: [],
  };
  const lines = matrixLines('shop', list);
  expect(lines[1]).toMatch(/^web:dev +0123456789ab +1 MB +1 +x +\?$/);
  expect(lines[2]).toBe('shop-worker could not be asked: it does not answer');
});
