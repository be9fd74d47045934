// `boathouse dev`: it starts the loop, shows changes once with their times, and ends it at Ctrl-C or `q`.
import { expect, it } from 'vitest';
import type { Change, Loop } from '../../../../shared/model/devloop/loop';
import { readProject } from '../../../core/devloop/project/read';
import { configOf, folderWith } from '../../../core/devloop/project/testing/folder';
import { createLiveFeed } from '../../../core/live/feed';
import type { Core } from '../../../core/options';
import { memoryTerminal, sessionAround } from '../../memory-terminal';
import { dev } from './dev';

const change: Change = {
  number: 1,
  at: 0,
  cause: 'files',
  files: [{ path: 'index.html', kind: 'changed' }],
  fileCount: 3,
  way: 'build',
  state: 'done',
  stages: [{ kind: 'build', subject: 'web', state: 'done', startedAt: 0, endedAt: 300 }],
  servedAfter: 1500,
};
const loop: Loop = {
  id: 'loop-1',
  dir: '/',
  name: 'web',
  context: 'kind-shop',
  namespace: 'default',
  profiles: [],
  sync: true,
  state: 'watching',
  startedAt: 0,
  changes: [change],
  artifacts: [],
  resources: [],
  forwards: [
    {
      resourceType: 'service',
      resourceName: 'web',
      namespace: 'default',
      port: 80,
      localPort: 8080,
      url: 'http://127.0.0.1:8080',
      state: 'open',
      declared: true,
    },
  ],
  problems: [],
  watching: { files: 3, way: 'events' },
};

function stage(json = false) {
  const feed = createLiveFeed<Loop>(({ id }) => id);
  const calls: unknown[] = [];
  const interrupt = new AbortController();
  const client = {
    devloop: {
      read: (input: { dir: string }) => readProject({ ...input, env: {} }),
      remember: async (input: unknown) => void calls.push(['remember', input]),
    },
    loops: {
      start: async (input: unknown) => {
        calls.push(['start', input]);
        feed.upsert(loop);
        return { id: loop.id };
      },
      stop: async (input: unknown) => {
        calls.push(['stop', input]);
        feed.upsert({ ...loop, state: 'ended' });
      },
      rebuild: async (input: unknown) => void calls.push(['rebuild', input]),
      watch: async (_input: undefined, { signal }: { signal: AbortSignal }) => feed.watch(signal),
      lines: async function* () {
        yield [{ sequence: 1, at: 0, source: 'pod', subject: 'web-1', container: 'web', text: 'hello' }];
      },
    },
  };
  const terminal = memoryTerminal();
  const session = sessionAround({ client } as unknown as Core, terminal, { json, interrupt: interrupt.signal });
  return { session, terminal, calls, feed, interrupt };
}

const project = () => folderWith({ 'skaffold.yaml': configOf('build: {artifacts: [{image: web}]}'), Dockerfile: '' });

it('shows each change once with its times, where it is served and what pods say, and stops at Ctrl-C', async () => {
  const { session, terminal, calls, feed, interrupt } = stage();
  const dir = project();
  const running = dev(session, dir, { sync: true, profile: ['fast'], context: 'kind-shop' }).catch((error) => error);
  // A profile that is not there is told before anything starts.
  expect(await running).toBe(2);
  expect(terminal.stderr.join('\n')).toContain('there is no profile fast');
  const again = dev(session, dir, { sync: false, context: 'kind-shop' });
  await expect.poll(() => terminal.stderr.join('\n')).toContain('served after 1.5 s');
  feed.upsert({ ...loop, note: { code: 'again', text: 'again' } });
  await expect.poll(() => terminal.stdout.join('\n')).toContain('web-1 | hello');
  interrupt.abort();
  expect(await again).toBe(0);
  const said = terminal.stderr.join('\n');
  expect(said.match(/#1 {2}index\.html and 2 more {2}build 0\.3 s {2}served after 1\.5 s/g)).toHaveLength(1);
  expect(said).toContain('http://127.0.0.1:8080 -> service/web:80');
  expect(calls).toContainEqual(['start', expect.objectContaining({ dir, sync: false, context: 'kind-shop' })]);
  expect(calls).toContainEqual(['stop', { id: 'loop-1', keep: false }]);
});

it('says its failure, and ends with 1 when its one round failed', async () => {
  const { session, terminal, feed } = stage();
  const ended = dev(session, project(), { sync: true, once: true });
  await expect.poll(() => terminal.stderr.join('\n')).toContain('#1');
  const error = { code: 'exec-failed' as const, message: 'no such file', hints: [] };
  const place = { file: '/x/Dockerfile', line: 7, column: 1 };
  const failed: Change = {
    ...change,
    number: 2,
    state: 'failed',
    stages: [{ kind: 'build', state: 'failed', error, place }],
  };
  feed.upsert({ ...loop, state: 'ended', changes: [failed, change] });
  expect(await ended).toBe(1);
  expect(terminal.stderr.join('\n')).toContain('build at /x/Dockerfile:7\nError: no such file');
});

it('is lines of JSON for programs', async () => {
  const { session, terminal, interrupt } = stage(true);
  const ended = dev(session, project(), { sync: true });
  await expect.poll(() => terminal.stdout.join('\n')).toContain('"type":"forward"');
  interrupt.abort();
  await ended;
  const types = terminal.stdout.map((line) => JSON.parse(line).type);
  expect(new Set(types)).toEqual(new Set(['state', 'change', 'forward', 'line', 'result']));
  expect(types.at(-1)).toBe('result');
});

it('says what to do with a folder that is no project yet', async () => {
  const { session } = stage();
  await expect(dev(session, folderWith({}), { sync: true })).rejects.toMatchObject({ code: 'not-found' });
});
