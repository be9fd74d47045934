// The arrow keys go along a lane and to the nearest bar of the next.
import { expect, it } from 'vitest';
import type { StepProgress } from '../../../shared/model/operation';
import { stepBeside } from './keyboard';
import { layOut } from './layout';

function ran(id: string, lane: string, from: number, to: number, after: string[] = []): StepProgress {
  const times = { startedAt: from * 1000, endedAt: to * 1000 };
  return { id, lane, after, kind: 'node-boot', title: id, weight: 1, state: 'done', ...times };
}

const steps = [
  ran('boot', 'one', 0, 2),
  ran('join', 'one', 6, 9, ['boot']),
  ran('unpack', 'one', 1, 4),
  ran('api', 'two', 5, 9),
  ran('certs', 'two', 0, 1),
];
const layout = layOut({ steps, queuedAt: 0, startedAt: 0, endedAt: 9000 }, 0);

it.each([
  ['boot', 'ArrowRight', 'unpack'],
  ['unpack', 'ArrowRight', 'join'],
  ['join', 'ArrowLeft', 'unpack'],
  ['boot', 'ArrowLeft', undefined],
  ['boot', 'End', 'join'],
  ['join', 'Home', 'boot'],
  ['join', 'ArrowDown', 'api'],
  ['certs', 'ArrowUp', 'boot'],
  ['boot', 'ArrowUp', undefined],
  ['boot', 'a', undefined],
])('from %s, %s leads to %s', (from, key, to) => {
  expect(stepBeside(layout, from, key)).toBe(to);
});
