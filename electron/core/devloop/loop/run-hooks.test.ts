// Commands of a project around its stages: what they are told, what they say, and how they fail.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { placesOfHook, runHooks } from './run-hooks';

const { signal } = new AbortController();
const host = (command: string[], os: string[] = []) => ({ host: { command, os, dir: '/', withChange: false } });

/** Runs hooks of this computer; what they printed. */
async function run(...hooks: Parameters<typeof runHooks>[0]): Promise<string[]> {
  const lines: string[] = [];
  const around = {
    environment: { PATH: '/usr/bin:/bin' },
    about: { SKAFFOLD_IMAGE: 'web:1' },
    inContainers: async () => {},
    onLine: (line: string) => lines.push(line),
  };
  await runHooks(hooks, around, signal);
  return lines;
}

it('are told about their stage, run in their folder, and only on the systems that they are meant for', async () => {
  expect(await run(host(['sh', '-c', 'echo $SKAFFOLD_IMAGE; pwd']), host(['echo', 'other'], ['plan9']))).toEqual([
    'web:1',
    '/',
  ]);
});

it('end their stage where one fails or is not there', async () => {
  await expect(run(host(['sh', '-c', 'echo because >&2; exit 3']), host(['echo', 'never']))).rejects.toMatchObject({
    code: 'exec-failed',
    message: 'sh failed: because',
    params: { exitCode: 3 },
  });
  await expect(run(host(['no-such-program']))).rejects.toMatchObject({ code: 'program-missing' });
});

it('find the running containers that they mean', () => {
  const pod = (name: string, phase: string) =>
    ({
      metadata: { name, namespace: 'dev' },
      spec: { containers: [{ name: 'web' }, { name: 'log' }] },
      status: { phase },
    }) as unknown as V1Pod;
  const pods = [pod('web-1', 'Running'), pod('web-2', 'Pending'), pod('api-1', 'Running')];
  const places = placesOfHook({ command: [], podName: 'web-*', containerName: 'w*' }, pods);
  expect(places).toEqual([{ namespace: 'dev', pod: 'web-1', container: 'web' }]);
});
