// `images.pull`: nodes pull images by themselves, as their pods would: through mirrors, caches and the local registry, with what
// `docker login` keeps.

import { PassThrough } from 'node:stream';
import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import { type Password, passwordFor } from '../caches/credentials';
import { refuseUnable } from '../clusters/able';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { parseImageReference } from '../engine/image-reference';
import { pullFailure } from '../engine/pull-failure';
import type { StepAction } from '../operations/operation';
import { certsFolder } from '../registry/hosts';
import { chosenNodes } from './chosen-nodes';
import { fullName } from './oci';
import { surveyNode } from './survey';

export interface PrepullRequest {
  readonly name: string;
  readonly images: readonly string[];
  readonly nodes?: readonly string[] | undefined;
}

/** Starts the operation; a node that fails does not hold up the others. Throws `not-found`, `not-ready`, `bad-input`. */
export async function prepullImages(dependencies: ClusterDependencies, request: PrepullRequest) {
  const { engine, cluster } = await findCluster(dependencies, request.name);
  refuseUnable(cluster, 'images');
  const nodes = chosenNodes(cluster, request.nodes);
  for (const image of request.images) parseImageReference(image);
  const actions = new Map<string, StepAction>();
  const steps = nodes.map((node): PlannedStep => {
    const id = `images-pull:${node}`;
    actions.set(id, async ({ signal, progress, failedAlone }) => {
      try {
        await pullOn(engine, node, request.images, signal, (image) => progress(undefined, image));
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AppError)) throw error;
        failedAlone(error);
      }
    });
    const title = `Pulling ${request.images.join(', ')} on ${node}`;
    const command = `docker exec ${node} crictl pull ${request.images[0]}`;
    return { id, kind: 'images-pull', title, lane: node, weight: 10, after: [], command };
  });
  const plan: Plan = { kind: 'load-images', subject: request.name, steps };
  return dependencies.operations.start({ plan, actions }, engine.endpoint.host);
}

/**
 * A password is what `ctr` asks a terminal for: its arguments are seen by whoever may look at this computer's processes. Nothing that
 * is written is shown, and nothing is written before that is so.
 */
const withPassword = String.raw`
stty -echo -icanon
echo ready
words=$(ctr --namespace=k8s.io images pull --user "$@" 2>&1 >/dev/null) || { printf '%s\n' "$words"; exit 1; }`;

async function pullOn(
  engine: Engine,
  node: string,
  images: readonly string[],
  signal: AbortSignal,
  begin: (image: string) => void,
): Promise<void> {
  const { snapshotter } = await surveyNode(engine, node, signal);
  for (const image of images) {
    begin(image);
    const password = await passwordFor(engine, parseImageReference(image).registry, signal);
    const what = ['--snapshotter', snapshotter, '--hosts-dir', certsFolder, fullName(image)];
    try {
      if (password) await pullAs(engine, node, password, what, signal);
      else await execOrThrow(engine, node, ['ctr', '--namespace=k8s.io', 'images', 'pull', ...what], { signal });
    } catch (error) {
      signal.throwIfAborted();
      const words = error instanceof AppError ? (error.detail ?? error.message) : String(error);
      throw pullFailure(new Error(words), image);
    }
  }
}

async function pullAs(
  engine: Engine,
  node: string,
  { username, password }: Password,
  what: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const asked = new PassThrough();
  // The program reads one line; its input stays open, for that it ends would end the program.
  const onLine = (line: string) => line === 'ready' && asked.write(`${password}\n`);
  await execOrThrow(engine, node, ['sh', '-c', withPassword, 'pull', username, ...what], {
    signal,
    terminal: true,
    stdin: asked,
    onLine,
  });
}
