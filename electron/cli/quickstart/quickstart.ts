// `boathouse quickstart`: from whatever there is to a running cluster and the app, saying what it does and how long it took.
import type { Client } from '../../../shared/contract';
import type { Cluster } from '../../../shared/model/cluster';
import type { Operation } from '../../../shared/model/operation';
import { startInBackground } from '../../host/background';
import { findRunningHost } from '../../host/running-host';
import { openWindow } from '../commands/open';
import { failureOf, nextCommands, printFailure, printSuccess } from '../commands/outcome';
import { printVersionNote } from '../commands/serve';
import { duration } from '../output/duration';
import { stepTable, totalDuration } from '../output/summary';
import { tableLines } from '../output/table';
import { clientOf, type Session } from '../session';
import { clusterName, ensureCluster } from './cluster';
import { ensureEngine } from './engine';
import { createNarrator, type Narrator } from './narrator';

const intention = [
  'This will',
  "  1. find a Docker Engine (and, only with your consent, install Debian's where there is none)",
  '  2. get a Kubernetes node image',
  `  3. create the cluster "${clusterName}": 1 control plane and 2 workers, as containers`,
  '  4. deploy a small sample workload into it',
  '  5. serve the app on this computer',
  '',
];

/** @returns the exit code */
export async function quickstart(session: Session, options: { yes?: boolean }): Promise<number> {
  const began = Date.now();
  const narrator = createNarrator(session);
  for (const line of intention) narrator.tell(line);
  const client = await clientOf(session);
  await ensureEngine(session, client, narrator, options.yes ?? false);
  const operation = await ensureCluster({ session, client, narrator, localImages: () => imagesOf(session, client) });
  const failure = operation && failureOf(operation);
  if (operation && failure) return printFailure(session, operation, failure);
  const cluster = await client.clusters.get({ name: clusterName });
  const app = await openApp(session, narrator);
  const result = { ...(operation && { operation }), cluster, ...(app.address && { address: app.address }) };
  return printSuccess(session, result, [
    '',
    ...(operation ? timesOf(narrator, operation) : []),
    ...closing(cluster, app, Date.now() - began),
  ]);
}

async function imagesOf(session: Session, client: Client): Promise<string[]> {
  const { localImages } = await import('./local-images');
  const { engineHost } = await client.settings.get();
  const { environment, platform } = session.product;
  return localImages({ setting: engineHost, environment, platform }, session.interrupt);
}

interface App {
  /** Absent when the desktop's window has been opened instead. */
  address?: string;
}

async function openApp(session: Session, narrator: Narrator): Promise<App> {
  const { product } = session;
  if (await openWindow(product)) return {};
  const running = await findRunningHost(product.stateFolder);
  if (running) {
    printVersionNote(session, running);
    return running;
  }
  return narrator.during('Serving the app', () =>
    startInBackground(product.script, product.stateFolder, session.interrupt),
  );
}

function timesOf(narrator: Narrator, operation: Operation): string[] {
  const parts = [
    ...narrator.times.map(({ title, took }) => [title, duration(took)]),
    [`Cluster "${operation.subject}" ready`, totalDuration(operation) ?? '-'],
  ];
  return [...tableLines([['PART', 'TOOK'], ...parts], [1]), '', ...stepTable(operation), ''];
}

function closing(cluster: Cluster, app: App, took: number): string[] {
  const used = cluster.current ? ' (kubectl uses it now)' : '';
  const served = app.address
    ? [`App      ${app.address}`, '         It is served in the background; end that with: boathouse serve --stop']
    : ['App      opens in its window'];
  return [
    `Cluster "${cluster.name}" is ready. All of it took ${duration(took)}.`,
    '',
    `Context  ${cluster.context}${used}`,
    ...served,
    '',
    'Try next:',
    ...nextCommands(cluster).map((command) => `  ${command}`),
  ];
}
