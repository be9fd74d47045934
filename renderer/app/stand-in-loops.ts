// Dev loops in the stand-in: one at work, one that is broken, one that a killed core left; what is asked of them is noted.
import { ORPCError } from '@orpc/client';
import type { Client } from '../../shared/contract';
import type { Change, Loop, LoopLine, Stage } from '../../shared/model/devloop/loop';
import { AppError } from '../../shared/model/errors';
import type { Feed } from '../../shared/model/feed';
import type { KubeconfigView } from '../../shared/model/kubeconfig';
import { createTopic } from './stand-in-topic';

const dir = '/home/ana/shop';

/** Stages one after another: kind, seconds, and what differs from a stage that is done. */
function stages(at: number, ...parts: [Stage['kind'], number, Partial<Stage>?][]): Stage[] {
  let begun = at + 20;
  return parts.map(([kind, seconds, more]) => {
    const startedAt = begun;
    begun += seconds * 1000;
    return { kind, state: 'done', startedAt, endedAt: begun, ...more };
  });
}

function change(number: number, at: number, files: string[], steps: Stage[], more: Partial<Change> = {}): Change {
  const endedAt = steps.at(-1)?.endedAt ?? at + 30;
  return {
    number,
    at,
    cause: files.length > 0 ? 'files' : 'start',
    files: files.slice(0, 20).map((path) => ({ path, kind: 'changed' })),
    fileCount: files.length,
    way: 'build',
    state: 'done',
    stages: steps,
    endedAt,
    servedAfter: endedAt - at,
    ...more,
  };
}

const buildFailed = new AppError('exec-failed', 'npm ci ended with exit code 1', {
  params: { file: `${dir}/api/Dockerfile`, line: 7, column: 1 },
  detail:
    '#9 [4/5] RUN npm ci\n#9 1.204 npm error code EUSAGE\n#9 1.204 npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n#9 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
  hints: [{ text: 'Mend the step and save: it is built again by itself.' }],
}).toData();

const place = { file: `${dir}/api/Dockerfile`, line: 7, column: 1 };

/** Builds, syncs, a failure that was mended, a branch switch, a save that changes nothing. */
function history(now: number): Change[] {
  const ago = (minutes: number) => now - minutes * 60_000;
  const rollout = (at: number, build: number) =>
    stages(
      at,
      ['build', build, { subject: 'web' }],
      ['deliver', 0.2],
      ['render', 0.03],
      ['apply', 0.1],
      ['ready', 0.9],
    );
  const branch = Array.from({ length: 132 }, (_, index) => `api/src/routes/orders/handlers/by-customer-${index}.ts`);
  const failedAt = ago(11);
  return [
    change(42, ago(1), ['web/public/index.html'], stages(ago(1), ['sync', 0.19, { subject: 'web' }]), { way: 'sync' }),
    change(41, ago(3), ['web/src/server.js', 'web/src/price.js'], rollout(ago(3), 0.3)),
    change(40, ago(6), ['README.md'], [], { way: 'nothing' }),
    change(
      39,
      ago(9),
      ['api/package-lock.json'],
      [
        ...stages(ago(9), ['build', 3.4, { subject: 'api' }], ['deliver', 0.4], ['render', 0.03], ['apply', 0.1]),
        {
          kind: 'ready',
          state: 'done',
          startedAt: ago(9) + 3950,
          endedAt: ago(9) + 5100,
          note: { text: 'api-5c4d: starting' },
        },
      ],
    ),
    change(
      38,
      failedAt,
      ['api/package.json', 'api/Dockerfile'],
      stages(failedAt, ['build', 1.3, { subject: 'api', state: 'failed', error: buildFailed, place }]),
      { state: 'failed' },
    ),
    change(37, ago(14), branch, [
      ...stages(ago(14), ['build', 2.1, { subject: 'web' }]),
      ...stages(
        ago(14),
        ['build', 6.2, { subject: 'api' }],
        ['deliver', 0.6],
        ['render', 0.1],
        ['apply', 0.2],
        ['prune', 0.2],
        ['ready', 2.4],
      ),
    ]),
    change(
      36,
      ago(14) - 400,
      branch.slice(0, 12),
      stages(ago(14) - 400, ['build', 0.4, { subject: 'api', state: 'cancelled' }]),
      {
        state: 'superseded',
      },
    ),
    change(
      1,
      ago(48),
      [],
      [
        ...stages(ago(48), ['build', 9.1, { subject: 'web' }]),
        ...stages(
          ago(48),
          ['build', 14.8, { subject: 'api' }],
          ['deliver', 1.6],
          ['render', 0.1],
          ['apply', 0.4],
          ['ready', 4.1],
        ),
      ],
    ),
  ].map(
    ({ servedAfter, ...one }) =>
      (one.state === 'done' && one.way !== 'nothing' ? { ...one, servedAfter } : one) as Change,
  );
}

/** A loop of the sample project that rests. */
export function sampleLoop(more: Partial<Loop> = {}): Loop {
  const now = Date.now();
  const namespace = 'default';
  return {
    id: 'loop-shop',
    dir,
    name: 'shop',
    context: 'kind-shop',
    cluster: 'shop',
    namespace,
    profiles: [],
    sync: true,
    state: 'watching',
    startedAt: now - 48 * 60_000,
    changes: history(now),
    artifacts: [
      { image: 'web', state: 'ready', digest: `sha256:${'4f'.repeat(32)}`, builtAt: now - 180_000, files: 214 },
      { image: 'api', state: 'ready', digest: `sha256:${'a1'.repeat(32)}`, builtAt: now - 540_000, files: 1208 },
    ],
    resources: [
      { kind: 'ConfigMap', apiVersion: 'v1', namespace, name: 'settings', state: 'ready' },
      { kind: 'Service', apiVersion: 'v1', namespace, name: 'web', state: 'ready' },
      { kind: 'Service', apiVersion: 'v1', namespace, name: 'api', state: 'ready' },
      { kind: 'Deployment', apiVersion: 'apps/v1', namespace, name: 'web', state: 'ready' },
      { kind: 'Deployment', apiVersion: 'apps/v1', namespace, name: 'api', state: 'ready' },
    ],
    forwards: [
      {
        resourceType: 'service',
        resourceName: 'web',
        namespace,
        port: 80,
        address: '127.0.0.1',
        localPort: 8080,
        url: 'http://127.0.0.1:8080',
        state: 'open',
        declared: true,
      },
      {
        resourceType: 'service',
        resourceName: 'api',
        namespace,
        port: 5432,
        address: '127.0.0.1',
        localPort: 5432,
        state: 'open',
        declared: false,
      },
    ],
    problems: [],
    watching: { files: 1422, way: 'events' },
    ...more,
  };
}

/** Builds an image while another waits for its pod. */
export function workingLoop(): Loop {
  const now = Date.now();
  const at = now - 2600;
  const begun = stages(at, ['build', 1.1, { subject: 'web' }], ['deliver', 0.3], ['render', 0.03], ['apply', 0.1]);
  const ready: Stage = {
    kind: 'ready',
    state: 'running',
    startedAt: at + 1550,
    note: { text: 'web-7d9f: the container has not started yet' },
  };
  const {
    endedAt: _ended,
    servedAfter: _served,
    ...running
  } = change(43, at, ['web/src/server.js'], [...begun, ready]);
  return sampleLoop({ state: 'working', changes: [{ ...running, state: 'running' }, ...history(now)] });
}

/** A build that breaks, a port that another holds, files that are looked at since nothing tells of them. */
export function brokenLoop(): Loop {
  const at = Date.now() - 40_000;
  const { servedAfter: _served, ...failed } = change(
    43,
    at,
    ['api/package.json'],
    stages(at, ['build', 1.3, { subject: 'api', state: 'failed', error: buildFailed, place }]),
    { state: 'failed' },
  );
  const loop = sampleLoop();
  return {
    ...loop,
    changes: [failed, ...loop.changes],
    artifacts: loop.artifacts.map((one) => (one.image === 'api' ? { ...one, state: 'failed' } : one)),
    problems: [{ key: 'build api', stage: 'build', subject: 'api', error: buildFailed, place, since: at }],
    forwards: loop.forwards.map((one) =>
      one.declared
        ? {
            ...one,
            state: 'failed',
            note: { text: 'port 8080 is taken by another program' },
            address: undefined,
            localPort: undefined,
            url: undefined,
          }
        : one,
    ),
    watching: { files: 1422, way: 'polling', why: { text: 'the system watches 8192 folders at most' } },
  };
}

export function orphanedLoop(): Loop {
  const { resources, ...loop } = sampleLoop({ state: 'orphaned', changes: [], artifacts: [], forwards: [] });
  return {
    ...loop,
    resources: resources.map((one) => ({ ...one, state: 'applied' })),
    watching: { files: 0, way: 'events' },
  };
}

const lines: LoopLine[] = [
  ['build', 'web', '#5 [2/3] COPY src /src'],
  ['build', 'web', '#5 DONE 0.1s'],
  ['deploy', undefined, 'shop-worker: 1 layer of 48 kB'],
  ['deploy', undefined, 'Deployment web'],
  ['pod', 'web-7d9f6c5b8-x2kqp', '\u001b[32mlistening\u001b[0m on 8080'],
  ['pod', 'api-5c4d8f7b9-hw2lm', 'connected to the queue'],
  ['pod', 'web-7d9f6c5b8-x2kqp', '\u001b[33mGET /\u001b[0m 200 in 3 ms'],
  ['loop', undefined, 'web/public/index.html was copied into web-7d9f6c5b8-x2kqp'],
].map(([source, subject, text], index) => ({
  sequence: index + 1,
  at: Date.now() - 60_000 + index * 700,
  source: source as LoopLine['source'],
  ...(subject !== undefined && { subject, ...(source === 'pod' && { container: subject.split('-')[0] ?? '' }) }),
  text: text ?? '',
}));

export interface LoopsStandIn {
  client: Client['loops'];
  put(loop: Loop): void;
  end(): void;
}

export function loopsStandIn(
  world: { loops: Loop[]; kubeconfig: KubeconfigView },
  enter: (call: string, input?: unknown) => void,
  heard: () => boolean,
): LoopsStandIn {
  let revision = 0;
  const topic = createTopic<Feed<Loop>>(() =>
    heard() ? { type: 'snapshot', revision, items: world.loops } : undefined,
  );
  const put = (loop: Loop) => {
    world.loops = [loop, ...world.loops.filter(({ id }) => id !== loop.id)];
    revision += 1;
    topic.send({ type: 'patch', revision, upserts: [loop], removes: [] });
  };
  const edit = (id: string, state: Loop['state']) => {
    const loop = world.loops.find((one) => one.id === id);
    if (loop) put({ ...loop, state });
  };
  return {
    put,
    end: topic.end,
    client: {
      watch: async (_input, call) => topic.open(call?.signal),
      start: async (input) => {
        enter('loops.start', input);
        const { context = 'kind-shop', allowContext } = input;
        const foreign = world.kubeconfig.contexts.some(({ name, origin }) => name === context && origin === 'remote');
        if (foreign && !allowContext) {
          const error = new AppError('not-possible', `${context} is not a cluster on this computer`, {
            params: { name: context, why: 'not-local' },
          });
          throw new ORPCError('APP_ERROR', { status: 500, data: error.toData() });
        }
        put(sampleLoop({ dir: input.dir, context, state: 'starting', changes: [], forwards: [], resources: [] }));
        return { id: 'loop-shop' };
      },
      pause: async (input) => {
        enter('loops.pause', input);
        edit(input.id, 'paused');
      },
      resume: async (input) => {
        enter('loops.resume', input);
        edit(input.id, 'watching');
      },
      rebuild: async (input) => enter('loops.rebuild', input),
      stop: async (input) => {
        enter('loops.stop', input);
        edit(input.id, 'ended');
      },
      dismiss: async (input) => {
        enter('loops.dismiss', input);
        world.loops = world.loops.filter(({ id }) => id !== input.id);
        revision += 1;
        topic.send({ type: 'patch', revision, upserts: [], removes: [input.id] });
      },
      lines: async (_input, call) => createTopic<LoopLine[]>(() => lines).open(call?.signal),
    },
  };
}
