// `images.load`: images of the engine, of an archive, or pulled, into all or chosen nodes of a cluster.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { LoadRequest } from '../../../shared/model/images';
import type { Plan, PlannedStep, Transfer } from '../../../shared/model/operation';
import { refuseUnable } from '../clusters/able';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import type { Engine } from '../engine/engine';
import { parseImageReference } from '../engine/image-reference';
import { pullImage } from '../engine/pull';
import type { StepAction } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { openArchive } from './archive';
import { openPath } from './archive-entries';
import { findAll, openImages } from './bring';
import { chosenNodes } from './chosen-nodes';
import type { FoundImage } from './engine-images';
import { podsOf } from './list';
import type { Load, Loads } from './loads';
import { fullName } from './oci';
import type { NamedArchive, Offers } from './offered';
import { restartStale } from './restart';
import type { ImageSource } from './source';
import { type Loading, type OpenNodes, openNodes, prepareLoading, receive } from './transfer';

/** Milliseconds between two words about bytes: faster than that nobody reads. */
const tellEvery = 100;

/** Milliseconds for the list of pods. */
const podsLimit = 30_000;

interface Rooms {
  readonly offers: Offers;
  readonly loads: Loads;
}

/** Starts the operation. Throws what the contract's `images.load` says. */
export async function loadImages(dependencies: ClusterDependencies, request: LoadRequest, { offers, loads }: Rooms) {
  const { engine, cluster } = await findCluster(dependencies, request.name);
  refuseUnable(cluster, 'images');
  const nodes = chosenNodes(cluster, request.nodes);
  const archive = archiveOf(request, offers);
  for (const image of request.images) parseImageReference(image.replace(/^sha256:/, ''));
  const found =
    archive || request.pull ? undefined : await findAll(engine, request.images, AbortSignal.timeout(30_000));
  const plan = loadPlan({ ...request, archive: archive?.name }, nodes);
  const job: Job = { engine, cluster, request, nodes, archive, found };
  const actions = loadActions(dependencies, job, (load) => loads.note(started.operationId, load));
  const explain = (error: AppError) => explainFailure(error, { cluster: request.name, kept: false });
  const started = dependencies.operations.start({ plan, actions, explain }, engine.endpoint.host);
  return started;
}

/** Throws `not-found` when it is offered no more. */
function archiveOf({ archive, offered }: LoadRequest, offers: Offers): NamedArchive | undefined {
  if (offered !== undefined) return offers.find(offered);
  return archive === undefined ? undefined : { name: archive, open: openPath(archive) };
}

/** The graph: pulls, a look at the nodes, then one reading for all nodes, which take it in beside each other. Pure. */
export function loadPlan(
  request: Omit<LoadRequest, 'archive'> & { archive: string | undefined },
  nodes: readonly string[],
): Plan {
  const { name, images, archive, pull, restart } = request;
  const what = archive ?? images.join(' ');
  const steps: PlannedStep[] = [];
  const add = (step: PlannedStep) => steps.push(step);
  if (pull && !archive) {
    for (const image of images) {
      const title = `Pulling ${image}`;
      add({
        id: `image-pull:${image}`,
        kind: 'image-pull',
        title,
        lane: 'engine',
        weight: 10,
        after: [],
        command: `docker pull ${image}`,
      });
    }
  }
  const pulls = steps.map((step) => step.id);
  add({
    id: 'image-find',
    kind: 'image-find',
    title: `Comparing ${what} with what the nodes have`,
    lane: 'engine',
    weight: 0.5,
    after: pulls,
  });
  add({
    id: 'image-read',
    kind: 'image-read',
    title: 'Reading the missing layers',
    lane: 'engine',
    weight: 2,
    after: ['image-find'],
  });
  const command = archive
    ? `kind load image-archive ${archive} --name ${name}`
    : `kind load docker-image ${what} --name ${name}`;
  for (const node of nodes) {
    add({
      id: `image-load:${node}`,
      kind: 'image-load',
      title: `Loading into ${node}`,
      lane: node,
      weight: 3,
      after: ['image-find'],
      command,
    });
  }
  if (restart) {
    const loads = nodes.map((node) => `image-load:${node}`);
    add({
      id: 'workload-restart',
      kind: 'workload-restart',
      title: 'Restarting what runs the old image',
      lane: 'cluster',
      weight: 2,
      after: ['image-read', ...loads],
    });
  }
  return { kind: 'load-images', subject: name, steps };
}

interface Job {
  readonly engine: Engine;
  readonly cluster: Cluster;
  readonly request: LoadRequest;
  readonly nodes: readonly string[];
  readonly archive: NamedArchive | undefined;
  /** Images of the engine; those of an archive, or that are pulled first, are found later. */
  readonly found: readonly FoundImage[] | undefined;
}

/** @param ended hears what was brought, before nodes take it in */
function loadActions(
  dependencies: ClusterDependencies,
  job: Job,
  ended: (load: Load) => void,
): ReadonlyMap<string, StepAction> {
  const { engine, cluster, request, nodes } = job;
  let source: (ImageSource & { close(): Promise<void> }) | undefined;
  let loading: Loading | undefined;
  const failed = new Set<string>();
  const prepared = () => {
    if (!loading || !source) throw new AppError('internal', 'the load was not prepared');
    return { loading, source };
  };
  const actions = new Map<string, StepAction>();
  for (const image of request.images) {
    actions.set(`image-pull:${image}`, async ({ signal, progress }) => {
      await pullImage(engine, image, { signal, onProgress: ({ fraction, note }) => progress(fraction, note) });
    });
  }
  actions.set('image-find', async ({ signal, log, undo }) => {
    // Both take a good part of a second, and neither needs the other.
    const asked = openNodes(engine, nodes, signal);
    undo('the look at the nodes', () => asked.close());
    source = await openSource(job, asked, signal, log);
    undo('the reading of the image', async () => source?.close());
    loading = await prepareLoading(engine, source, asked, log);
  });
  actions.set('image-read', async ({ signal }) => {
    const ready = prepared();
    try {
      // Without an API nothing is known of pods.
      const pods = podsOf(dependencies, engine, cluster, AbortSignal.timeout(podsLimit)).catch(() => undefined);
      await ready.loading.fleet.send(signal);
      const { stores } = ready.loading.survey;
      ended({ pods, stores, failed, images: ready.source.images });
    } finally {
      await ready.source.close();
    }
  });
  for (const node of nodes) {
    actions.set(`image-load:${node}`, async ({ signal, progress, transfer, failedAlone }) => {
      try {
        const hooks = { transfer: sparingly(transfer), onUnpacking: () => progress(undefined, 'unpacking') };
        await receive(prepared().loading, node, hooks);
      } catch (error) {
        signal.throwIfAborted();
        failed.add(node);
        failedAlone(nodeFailure(node, asAppError(error)));
      }
    });
  }
  actions.set('workload-restart', async ({ signal, log, progress }) => {
    const names = prepared().source.images.flatMap((image) => image.names);
    await restartStale(
      dependencies,
      cluster,
      nodes.filter((node) => !failed.has(node)),
      names,
      { signal, log, progress },
    );
  });
  return actions;
}

async function openSource(
  { engine, request, archive, found }: Job,
  asked: OpenNodes,
  signal: AbortSignal,
  log: (line: string) => void,
) {
  if (archive) {
    const names = request.images.map(fullName);
    const { open } = archive;
    const { architecture } = await asked.survey;
    const source = await openArchive({ open, architecture, ...(names.length > 0 && { names }) }, signal);
    return { ...source, async close() {} };
  }
  return openImages(engine, found ?? (await findAll(engine, request.images, signal)), asked, { log, signal });
}

/** The first and the last words, and of those between only some. */
function sparingly(transfer: (bytes: Transfer) => void): (bytes: Transfer) => void {
  let last = 0;
  return (bytes) => {
    const now = performance.now();
    if (bytes.moved !== bytes.total && now - last < tellEvery && bytes.moved > 0) return;
    last = now;
    transfer(bytes);
  };
}

function nodeFailure(node: string, error: AppError): AppError {
  return new AppError(error.code, `${node}: ${error.message}`, {
    ...(error.params && { params: error.params }),
    ...(error.detail && { detail: error.detail }),
    hints: error.hints,
    cause: error,
  });
}
