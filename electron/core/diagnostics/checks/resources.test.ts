// Memory, processors, disk, file watches and clocks: at which amounts something is said.
import { expect, test } from 'vitest';
import type { WantedCluster } from '../../clusters/wanted';
import { engineThatLists, said, surroundingsWith } from '../testing/surroundings';
import { clockCheckup } from './clock';
import { diskCheckup } from './disk';
import { diskBudgetCheckup } from './disk-budget';
import { memoryCheckup } from './memory';
import { watchesCheckup } from './watches';

const gibibyte = 1024 ** 3;
const three = { name: 'shop', nodes: 3 } as WantedCluster;
const free = (bytes: number) => ({ memory: () => ({ total: 16 * gibibyte, free: bytes }) });

test('memory: of the engine as a whole, and what is free where that is known', async () => {
  const { examine } = memoryCheckup;
  expect(said(await examine(surroundingsWith()))).toEqual([
    'ok memory-free: 12.0 of 16.0 GB free',
    'ok processors-enough: 4',
  ]);
  expect(said(await examine(surroundingsWith({ facts: { here: false } })))[0]).toBe('ok memory-enough: 16.0 GB');
  const [usedUp] = said(await examine(surroundingsWith({ computer: free(0.4 * gibibyte) })));
  expect(usedUp).toBe('warning memory-used-up: 0.4 of 16.0 GB free');
  const small = surroundingsWith({ engine: engineThatLists({}, { memory: 1.5 * gibibyte, cpus: 1 }) });
  expect(said(await examine(small))).toEqual(['warning memory-short: 1.5 GB', 'warning processors-few: 1']);
});

test('memory: against what a template needs', async () => {
  const { examineFor } = memoryCheckup;
  const short = await examineFor?.(surroundingsWith({ computer: free(1.2 * gibibyte) }), three);
  expect(said(short ?? [])[0]).toBe('warning memory-below-need: 1.2 GB free; its nodes (3) need about 1.4 GB');
  const enough = await examineFor?.(surroundingsWith({ computer: free(1.5 * gibibyte) }), three);
  expect(said(enough ?? [])[0]).toMatch(/^ok memory-free/);
  const remote = surroundingsWith({ facts: { here: false }, engine: engineThatLists({}, { memory: gibibyte }) });
  expect(said((await examineFor?.(remote, three)) ?? [])[0]).toMatch(/^warning memory-below-need: 1.0 GB free/);
});

test.each([
  [9, 'ok disk-enough: 9.0 GB free in /var/lib/docker'],
  [5, 'warning disk-short: 5.0 GB free in /var/lib/docker'],
  [1, 'problem disk-full: 1.0 GB free in /var/lib/docker'],
])('disk with %i GB', async (gigabytes, finding) => {
  const computer = { freeDisk: async () => gigabytes * gibibyte };
  expect(said(await diskCheckup.examine(surroundingsWith({ computer })))).toEqual([finding]);
  const inside = async () => ({ instances: 1, watches: 1, freeDisk: gigabytes * gibibyte });
  expect(said(await diskCheckup.examine(surroundingsWith({ facts: { here: false }, inside })))).toEqual([finding]);
});

test('a disk that nobody can look at is not judged', async () => {
  expect(await diskCheckup.examine(surroundingsWith({ facts: { here: false } }))).toEqual([]);
});

test('file watches: only what is too low is raised, by a command that is shown', async () => {
  const kernelSetting = async (name: string) => (name.endsWith('instances') ? 128 : 1_048_576);
  const engine = engineThatLists({ images: [{ RepoTags: ['nginx:1'] }, { RepoTags: ['kindest/node:v1.34.0'] }] });
  const [finding] = await watchesCheckup.examine(surroundingsWith({ engine, computer: { kernelSetting } }));
  expect(finding?.check).toMatchObject({
    verdict: 'warning',
    code: 'watches-short',
    commands: [
      "docker run --rm --privileged --entrypoint sh kindest/node:v1.34.0 -c 'echo 512 > /proc/sys/fs/inotify/max_user_instances'",
    ],
  });
});

test('file watches: without a node image there is advice only', async () => {
  const computer = { kernelSetting: async () => 128 };
  const [finding] = await watchesCheckup.examine(surroundingsWith({ computer }));
  expect(finding?.check.fix).toBeUndefined();
  expect(finding?.check.advice).toContain('/etc/sysctl.d');
  expect(said(await watchesCheckup.examine(surroundingsWith()))[0]).toMatch(/^ok watches-enough/);
});

test.each([
  [2_000, 'ok clock-agrees: less than 5 s apart'],
  [-9_000, 'warning clock-behind: 9 s behind'],
  [-300_000, 'problem clock-behind: 300 s behind'],
  [300_000, 'warning clock-ahead: 300 s ahead'],
])('a clock that is %i ms ahead', async (ahead, finding) => {
  expect(said(await clockCheckup.examine(surroundingsWith({ facts: { clock: { ahead, uncertainty: 50 } } })))).toEqual([
    finding,
  ]);
});

test('what the way to a far engine takes is no skew', async () => {
  const clock = { ahead: 6_000, uncertainty: 4_000 };
  expect(said(await clockCheckup.examine(surroundingsWith({ facts: { clock } })))[0]).toMatch(/^ok/);
});

test('a budget of the disk is told of when it is there, and warned of when it is passed', async () => {
  const owners = [
    { kind: 'cluster' as const, name: 'shop', bytes: 3e9, parts: [] },
    { kind: 'cache' as const, name: 'docker.io', bytes: 4e9, parts: [] },
  ];
  const budgeted = (diskBudget: number) =>
    diskBudgetCheckup.examine(surroundingsWith({ diskBudget, taken: async () => owners }));
  expect(said(await budgeted(0))).toEqual([]);
  expect(said(await budgeted(7))).toEqual(['ok budget-kept: 7.0 GB of 7 GB']);
  expect(said(await budgeted(6))).toEqual(['warning budget-over: 7.0 GB of 6 GB; most of it: docker.io']);
});
