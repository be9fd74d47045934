// What is said of engines, by their set-up and by the Kubernetes version that is to run on them.
import { expect, test } from 'vitest';
import type { WantedCluster } from '../../clusters/wanted';
import { engineThatLists, said, surroundingsWith } from '../testing/surroundings';
import { engineCheckup } from './engine';

const { examine, examineFor } = engineCheckup;
const wanted = (kubernetesVersion: string | undefined): WantedCluster => ({
  name: 'shop',
  nodes: 1,
  kubernetesVersion,
  ports: [],
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/16',
});

test('an engine that answers, and one that does not, with its own reason', async () => {
  expect(said(await examine(surroundingsWith()))).toEqual([
    'ok engine-answers: Docker 28.5.2, API 1.51, at unix:///var/run/docker.sock',
    'ok cgroup-v2: cgroup v2',
  ]);
  const error = { code: 'engine-unreachable', message: 'Nothing answers', hints: [{ text: 'Start it.' }] } as const;
  const [silent] = await examine({
    ...surroundingsWith(),
    engine: undefined,
    engineState: { state: 'unreachable', error: { ...error, hints: [...error.hints] } },
  });
  expect(silent?.check).toMatchObject({ id: 'engine', verdict: 'problem', evidence: 'Nothing answers', error });
});

test.each([
  ['1', 'v1.35.0', 'warning cgroup-v1-retired: cgroup v1'],
  ['1', 'v1.34.3', 'warning cgroup-v1: cgroup v1'],
  ['1', undefined, 'warning cgroup-v1: cgroup v1'],
  ['2', 'v1.18.2', 'problem cgroup-v2-unknown: cgroup v2'],
  ['2', 'v1.36.1', 'ok cgroup-v2: cgroup v2'],
] as const)('cgroup v%s and Kubernetes %s', async (cgroupVersion, version, finding) => {
  const engine = engineThatLists({}, { cgroupVersion });
  expect(said((await examineFor?.(surroundingsWith({ engine }), wanted(version))) ?? [])).toEqual([finding]);
});

test('a rootless engine needs cgroup v2 and the right to limit', async () => {
  const rootless = surroundingsWith({
    engine: engineThatLists({}, { rootless: true, cgroupVersion: '1' }),
    facts: { limits: false },
  });
  const codes = (await examine(rootless)).map(({ check }) => `${check.verdict} ${check.code}`);
  expect(codes).toEqual(['ok engine-answers', 'problem cgroup-v1-rootless', 'problem rootless-undelegated']);
});

test('a machine that passes no packets on', async () => {
  const findings = await examine(surroundingsWith({ facts: { forwarding: false } }));
  expect(said(findings)).toContain('problem forwarding-off: net.ipv4.ip_forward = 0');
});
