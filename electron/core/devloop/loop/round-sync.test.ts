// When what changed goes into running containers, and when only a round that builds and deploys will do.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import type { FileEntry } from '../dependencies/inventory';
import type { Achieved, RoundParts } from './round-parts';
import { syncPlans } from './round-sync';
import type { Source } from './sources';

const entry = (path: string, digest: string): [string, FileEntry] => [
  path,
  { path, kind: 'file', mode: 0o644, size: 1, modified: 0, digest },
];
const source = (files: Record<string, string>): Source =>
  ({
    artifact: {
      image: 'web',
      sync: { kind: 'manual', rules: [{ src: '*.js', dest: '/app', strip: '' }], hooks: { before: [], after: [] } },
    },
    recipe: 'same',
    snapshot: { entries: new Map(Object.entries(files).map(([path, digest]) => entry(path, digest))) },
    dependencies: {},
  }) as unknown as Source;
const pod = {
  metadata: { uid: '1', name: 'web', namespace: 'dev' },
  spec: { containers: [{ name: 'web', image: 'web:dev-1' }] },
  status: { containerStatuses: [{ name: 'web', restartCount: 0, state: { running: {} } }] },
} as unknown as V1Pod;

function plan(now: Source, { deployed = 'same', ...more }: { deployed?: string } & Partial<Achieved> = {}) {
  const achieved = { reference: 'web:dev-1', source: source({ 'a.js': '1' }), workdir: '/', ...more } as Achieved;
  const parts = { sync: true, achieved: new Map([['web', achieved]]), view: { pods: () => [pod] }, deployed };
  return syncPlans(parts as unknown as RoundParts, { deployment: 'same' }, [now])?.get(now);
}

it('syncs what the rules cover', () => {
  expect(plan(source({ 'a.js': '2' }))).toEqual({ copies: new Map([['a.js', ['/app/a.js']]]), deletes: [] });
});

it('does not where something else is to be deployed too: it would never be', () => {
  expect(plan(source({ 'a.js': '2' }), { deployed: 'other' })).toBeUndefined();
});

it('takes back what a sync that was broken off has put there or taken away', () => {
  const now = source({ 'a.js': '1', 'b.js': '1' });
  const before = { source: source({ 'a.js': '1', 'b.js': '1' }), halfSynced: ['b.js', 'c.js'] };
  expect(plan(now, before)).toEqual({ copies: new Map([['b.js', ['/app/b.js']]]), deletes: ['/app/c.js'] });
});
