// Figures of control groups: read, reckoned over time, and put to the pods that they are of.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { containersUse, podsUse, readCgroups } from './cgroups';

const [a, b] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];

it('reads a line for each container, and leaves out what is none', () => {
  const samples = readCgroups(`${a} 5000000 3000 1000\nfind: denied\n${b} 1 10 20\n`, 7);
  expect([...samples]).toEqual([
    [a, { at: 7, cpu: 5_000_000, memory: 2_000 }],
    [b, { at: 7, cpu: 1, memory: 0 }],
  ]);
});

it('reckons CPU from two looks; of one that came in between from its beginning, of one made anew nothing', () => {
  const before = readCgroups(`${a} 1000000000 0 0\n`, 1_000);
  const now = readCgroups(`${a} 2000000000 0 0\n${b} 500000000 4096 0\n`, 3_000);
  expect([...containersUse(before, now)]).toEqual([
    [a, { cpus: 0.5, memory: 0 }],
    [b, { cpus: 0.25, memory: 4096 }],
  ]);
  expect(containersUse(now, before).get(a)).toEqual({ cpus: 0, memory: 0 });
});

it('adds up the containers of a pod; pods of which none is known are left out', () => {
  const status = (...ids: string[]) => ({
    containerStatuses: ids.map((id, index) => ({ name: `c${index}`, containerID: `containerd://${id}` })),
  });
  const pods = [
    { metadata: { namespace: 'shop', name: 'web' }, status: status(a, b) },
    { metadata: { namespace: 'shop', name: 'elsewhere' }, status: status('c'.repeat(64)) },
    { metadata: { namespace: 'shop', name: 'pending' } },
  ] as V1Pod[];
  const usage = new Map([
    [a, { cpus: 0.5, memory: 1 }],
    [b, { cpus: 0.25, memory: 2 }],
  ]);
  expect(podsUse(pods, usage)).toEqual({
    'shop/web': { cpus: 0.75, memory: 3, containers: { c0: { cpus: 0.5, memory: 1 }, c1: { cpus: 0.25, memory: 2 } } },
  });
});
