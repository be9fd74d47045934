// The script that runs a process and starts it anew, with the real shell; and whose containers begin with it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '@kubernetes/client-node';
import { afterEach, expect, it, vi } from 'vitest';
import { supervised, supervisor } from './supervisor';

let child: ChildProcess | undefined;
let pids: string[] = [];
/** One that has ended and was not fetched yet does not. */
const lives = (pid: string) => {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /.test(readFileSync(file, 'utf8'));
};
afterEach(() => {
  child?.kill('SIGKILL');
  for (const pid of pids) if (lives(pid)) process.kill(Number(pid), 'SIGKILL');
  pids = [];
});

/** Runs a script under the supervisor; gives the pids of each of its lines, one after another. */
function start(script: string) {
  const started = spawn('sh', ['-c', supervisor, 'supervisor', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child = started;
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const told = String((await lines.next()).value).split(' ');
    pids.push(...told);
    return told;
  };
  return { started, line, ended: once(started, 'exit') };
}

it('starts the process anew when told to, with all that it had started', async () => {
  const { started, line } = start('sleep 20 & echo "$$ $!"; wait');
  const [first = '', below = ''] = await line();
  started.kill('SIGUSR1');
  const [second] = await line();
  expect(second).not.toBe(first);
  await vi.waitFor(() => expect([first, below].filter(lives)).toEqual([]));
  started.kill('SIGUSR1');
  expect((await line())[0]).not.toBe(second);
});

it('kills one that does not end', async () => {
  const { started, line } = start(`trap '' TERM; echo "$$"; while :; do sleep 0.05; done`);
  const first = await line();
  started.kill('SIGUSR1');
  expect(await line()).not.toEqual(first);
});

it('ends as the process does, and when it is told to', async () => {
  expect((await start('exit 3').ended)[0]).toBe(3);
  const { started, line, ended } = start('trap "exit 7" TERM; echo "$$"; while :; do sleep 0.05; done');
  await line();
  started.kill('SIGTERM');
  expect((await ended)[0]).toBe(7);
});

const deployment = (container: object, pod: object = {}) =>
  ({ kind: 'Deployment', spec: { template: { spec: { containers: [container], ...pod } } } }) as KubernetesObject;
const program = { entrypoint: ['/entry'], command: ['serve', '--all'] };
const argsOf = (container: object, pod?: object) => {
  const object = supervised(deployment({ image: 'web:dev-1', ...container }, pod), new Map([['web:dev-1', program]]));
  const [first] = (object as unknown as { spec: { template: { spec: { containers: { args?: string[] }[] } } } }).spec
    .template.spec.containers;
  return first?.args;
};

it.each([
  [{}, ['/entry', 'serve', '--all']],
  [{ args: ['other'] }, ['/entry', 'other']],
  [{ command: ['/own'] }, ['/own']],
  [{ command: ['/own'], args: ['a'] }, ['/own', 'a']],
  [{ image: 'another' }, undefined],
])('runs what %j would', (container, expected) => expect(argsOf(container)).toEqual(expected));

it('leaves pods alone whose first process is another one', () => {
  expect(argsOf({}, { shareProcessNamespace: true })).toBeUndefined();
});
