// Stages as stations: joined where they belong together, idle where a change does not come, and within their change's time.
import { expect, it } from 'vitest';
import type { Change } from '../../../shared/model/devloop/loop';
import { goesBySync, imageStations, spansOf, stationOf } from './stations';

const change = (stages: Change['stages'], more: Partial<Change> = {}): Change => ({
  number: 7,
  at: 1000,
  cause: 'files',
  files: [],
  fileCount: 0,
  state: 'running',
  stages,
  ...more,
});

it('joins builds that ran beside each other, and what belongs to applying', () => {
  const one = change([
    { kind: 'build', subject: 'web', state: 'done', startedAt: 1000, endedAt: 1400 },
    { kind: 'build', subject: 'api', state: 'done', startedAt: 1100, endedAt: 3000 },
    { kind: 'deliver', state: 'done', startedAt: 3000, endedAt: 3200 },
    { kind: 'render', state: 'done', startedAt: 3200, endedAt: 3210 },
    { kind: 'apply', state: 'running', startedAt: 3210, note: { text: 'Deployment web' } },
  ]);
  expect(imageStations.map((name) => stationOf(one, name))).toEqual([
    { name: 'build', state: 'done', startedAt: 1000, endedAt: 3000 },
    { name: 'deliver', state: 'done', startedAt: 3000, endedAt: 3200 },
    { name: 'apply', state: 'running', startedAt: 3200, note: { text: 'Deployment web' } },
    { name: 'ready', state: 'idle' },
  ]);
});

it('is failed where one of them failed, though another was cancelled for it', () => {
  const one = change([
    { kind: 'build', subject: 'web', state: 'cancelled', startedAt: 1000, endedAt: 1400 },
    { kind: 'build', subject: 'api', state: 'failed', startedAt: 1000, endedAt: 1500 },
  ]);
  expect(stationOf(one, 'build').state).toBe('failed');
});

it('knows a sync, and one that gave way to a build', () => {
  const sync = { kind: 'sync', state: 'failed', startedAt: 1000, endedAt: 1100 } as const;
  expect(goesBySync(change([sync]))).toBe(true);
  expect(goesBySync(change([sync, { kind: 'build', state: 'running', startedAt: 1100 }]))).toBe(false);
});

it('places stages in the time of their change, none of them invisible', () => {
  const one = change(
    [
      { kind: 'build', state: 'done', startedAt: 1000, endedAt: 1500 },
      { kind: 'apply', state: 'done', startedAt: 1500, endedAt: 1501 },
      { kind: 'ready', state: 'running', startedAt: 1501 },
    ],
    {},
  );
  const spans = spansOf(one, 3000);
  expect(spans.map(({ left }) => left)).toEqual([0, 0.25, 0.2505]);
  expect(spans.map(({ width }) => width)).toEqual([0.25, 0.006, 0.7495]);
});
