// Pages over the stand-in, for looking at the screens while developing: `?stand-in=empty`, `populated`, `creating`, `failed`, ...

import type { Cluster } from '../../shared/model/cluster';
import { isTold } from '../../shared/model/diagnostics';
import type { Operation } from '../../shared/model/operation';
import { settingsSchema } from '../../shared/model/settings';
import type { Boathouse } from '../stores/app-context';
import { createStandIn, type StandIn } from './stand-in';
import { checksWithout, sampleChecks, sickChecks } from './stand-in-checks';
import { crowded } from './stand-in-crowd';
import { samplePorts } from './stand-in-details';
import { brokenLoop, orphanedLoop, sampleLoop, workingLoop } from './stand-in-loops';
import { failedAt } from './stand-in-plan';
import { entryOf, sampleBroken, sampleClass } from './stand-in-templates';
import {
  brokenEngine,
  newcomer,
  populated,
  sampleCluster,
  sampleCreate,
  sampleWarnings,
  type World,
} from './stand-in-worlds';

const portTaken: NonNullable<Operation['error']> = {
  code: 'control-plane-failed',
  message: 'The API server on lab-control-plane stopped right after its start: it ran out of watched files',
  detail:
    'E0314 09:27:11.204311       1 run.go:72] "command failed" err="error creating fsnotify watcher: too many open files"\nkubelet.service: Main process exited, code=exited, status=1/FAILURE',
  hints: [
    { text: 'The kernel lets this user watch 128 files at a time; three nodes need more.' },
    { text: 'Raise the limit', action: { call: 'diagnostics.fix', input: { id: 'inotify' } } },
    { text: 'Delete lab', action: { call: 'clusters.delete', input: { name: 'lab' } } },
  ],
};

/** Operations that ended some minutes ago, so that the pages have a history. */
function past(): Operation[] {
  const begun = Date.now() - 42 * 60_000;
  return [sampleCreate('shop', begun, 100)];
}

/** Its last node does not run. */
function withOneStopped(cluster: Cluster): Cluster {
  const { nodes } = cluster;
  return { ...cluster, nodes: nodes.map((node) => (node === nodes.at(-1) ? { ...node, state: 'exited' } : node)) };
}

interface PageWorld {
  world: World;
  play?: (standIn: StandIn) => void;
  silent?: boolean;
}

/** The templates that come with the product, as far as the stand-in can read them, and two of the user's. */
const builtIn = import.meta.glob<string>('../../resources/templates/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const manyTemplates = [
  ...Object.values(builtIn).map((yaml) => entryOf(yaml)),
  entryOf(sampleClass.yaml, 'file'),
  sampleBroken,
];

const empty = (): PageWorld => ({ world: newcomer() });

const worlds: Record<string, () => PageWorld> = {
  empty,
  populated: () => ({ world: populated({ operations: past() }) }),
  paused: () => ({
    world: populated({
      clusters: [
        sampleCluster('nap', 'paused', 1),
        withOneStopped(sampleCluster('shop', 'degraded', 2, { current: true, ports: samplePorts('shop') })),
        sampleCluster('k3d-fleet', 'running', 2, { madeBy: 'k3d', provider: 'k3s', kubernetesVersion: 'v1.33.4+k3s1' }),
      ],
    }),
  }),
  loop: () => ({ world: populated({ loops: [sampleLoop()] }) }),
  'loop-working': () => ({ world: populated({ loops: [workingLoop()] }) }),
  'loop-broken': () => ({ world: populated({ loops: [brokenLoop()] }) }),
  'loop-orphaned': () => ({ world: populated({ loops: [orphanedLoop()] }) }),
  'loop-paused': () => ({ world: populated({ loops: [sampleLoop({ state: 'paused' })] }) }),
  'loop-waiting': () => ({
    world: populated({
      loops: [
        sampleLoop({
          state: 'waiting',
          note: {
            code: 'cluster-silent',
            params: { why: 'connect ECONNREFUSED' },
            text: 'The cluster does not answer: connect ECONNREFUSED',
          },
        }),
      ],
    }),
  }),
  'loop-starting': () => ({
    world: populated({
      loops: [sampleLoop({ state: 'starting', changes: [], artifacts: [], resources: [], forwards: [] })],
    }),
  }),
  crowded: () => ({ world: crowded() }),
  templates: () => ({ world: populated({ templates: manyTemplates }) }),
  loading: () => ({ world: populated(), silent: true }),
  broken: () => ({ world: newcomer({ engine: brokenEngine, checks: checksWithout(brokenEngine) }) }),
  stale: () => ({ world: populated(), play: (standIn) => void setTimeout(() => standIn.disconnect(), 300) }),
  refused: () => ({ world: newcomer(), silent: true, play: (standIn) => standIn.disconnect('refused') }),
  warning: () => ({
    world: populated({ warnings: sampleWarnings }),
  }),
  sick: () => ({
    world: populated({
      checks: sickChecks,
      findings: sickChecks.filter(({ group }) => group !== 'clusters').filter(isTold),
    }),
  }),
  well: () => ({ world: newcomer({ checks: sampleChecks.filter(({ verdict }) => verdict === 'ok') }) }),
  creating: () => ({ world: populated({ operations: past() }), play: playCreate }),
  made: () => {
    const made = sampleCreate('lab', Date.now() - 120_000, 100);
    const world = populated({ operations: [...past(), made], templates: manyTemplates });
    const lab = sampleCluster('lab', 'running', 2, { current: true, template: 'quickstart' });
    return { world: { ...world, clusters: [...world.clusters, lab] } };
  },
  restarted: () => ({
    world: populated({ about: { version: '0.1.0', shell: 'browser', restartedAt: Date.now() + 1000 } }),
  }),
  failed: () => {
    const failed = failedAt(sampleCreate('lab', Date.now() - 60_000, 100), 'control-plane-start', portTaken);
    const world = populated({ operations: [...past(), { ...failed, leftovers: ['The network boathouse-lab'] }] });
    return { world: { ...world, clusters: [...world.clusters, sampleCluster('lab', 'incomplete', 2)] } };
  },
};

/** Lets a create run in real time, beginning a few seconds in (`&at=12`); `&still` keeps it at that moment. */
function playCreate(standIn: StandIn): void {
  const query = new URLSearchParams(window.location.search);
  const startedAt = Date.now() - Number(query.get('at') ?? 0) * 1000;
  standIn.putCluster({ ...sampleCluster('lab', 'creating', 2), operationId: 'create-lab' });
  standIn.log('create-lab', [
    { sequence: 1, at: startedAt, step: 'check', text: 'Docker 28.5.1 with 8 processors and 15.5 GB of memory' },
    { sequence: 2, at: startedAt + 400, step: 'network', text: 'boathouse-lab has 172.20.0.0/16' },
  ]);
  const timer = setInterval(show, 300);
  function show() {
    const operation = sampleCreate('lab', startedAt, (Date.now() - startedAt) / 1000);
    standIn.putOperation(operation);
    if (operation.state !== 'done') return;
    clearInterval(timer);
    standIn.putCluster(sampleCluster('shop', 'running', 2));
    standIn.putCluster(sampleCluster('lab', 'running', 2, { current: true }));
  }
  show();
}

/** The app's parts over the world of that name; an empty one when there is none. */
export function standInPage(name: string): Boathouse {
  const { world, play, silent } = (worlds[name] ?? empty)();
  const query = new URLSearchParams(window.location.search);
  const { theme, language } = settingsSchema.partial().parse(Object.fromEntries(query));
  world.settings = { ...world.settings, ...(theme && { theme }), ...(language && { language }) };
  const standIn = createStandIn(world, silent ? { silent } : {});
  play?.(standIn);
  return standIn.boathouse;
}
