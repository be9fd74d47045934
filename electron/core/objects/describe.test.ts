// What is told of one object, and what is not.
import { describe, expect, it } from 'vitest';
import { detailOf, type Thing } from './describe';

const around = { events: [], owners: [], reveal: false, gone: false };

describe('a Secret', () => {
  const secret: Thing = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'login',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"c2VjcmV0"}}',
        team: 'web',
      },
    },
    data: { password: 'c2VjcmV0' },
    stringData: { user: 'ana' },
  };

  it('keeps its values to itself, wherever they stand', () => {
    const detail = detailOf(secret, around);
    expect(JSON.stringify(detail)).not.toMatch(/c2VjcmV0|ana/);
    expect(detail.yaml).toContain('password: "[hidden]"');
    expect(detail.annotations).toEqual({ team: 'web' });
  });

  it('shows them when asked to', () => {
    expect(detailOf(secret, { ...around, reveal: true }).yaml).toContain('password: c2VjcmV0');
  });
});

it('conditions and events are told, the newest event first; managed fields are not', () => {
  const pod: Thing = {
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', managedFields: [{ manager: 'kubectl' }] },
    status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Waiting', message: '' }] },
  };
  const event = (reason: string, at: string) =>
    ({ reason, message: 'm', type: 'Warning', lastTimestamp: at, source: { component: 'kubelet' } }) as never;
  const events = [event('Old', '2026-01-01T00:00:00Z'), event('New', '2026-01-02T00:00:00Z')];
  const detail = detailOf(pod, { ...around, events });
  expect(detail.conditions).toEqual([{ type: 'Ready', status: 'False', reason: 'Waiting' }]);
  expect(detail.events.map(({ reason, from, count }) => [reason, from, count])).toEqual([
    ['New', 'kubelet', 1],
    ['Old', 'kubelet', 1],
  ]);
  expect(detail.yaml).not.toContain('managedFields');
});
