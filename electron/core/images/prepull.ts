// `images.pull`: nodes pull images by themselves, as their pods would: through mirrors, caches and the local registry, with what
// `docker login` keeps.

import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import { passwordFor } from '../caches/credentials';
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

/** Whom it signs in as comes by its input: a command is told to whoever asks the engine, and stands in errors. */
const script =
  'IFS= read -r user; [ -z "$user" ] || set -- --user "$user" "$@"; exec ctr --namespace=k8s.io images pull "$@"';

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
    const command = [
      'sh',
      '-c',
      script,
      'pull',
      '--snapshotter',
      snapshotter,
      '--hosts-dir',
      certsFolder,
      fullName(image),
    ];
    const password = await passwordFor(engine, parseImageReference(image).registry, signal);
    const stdin = password ? `${password.username}:${password.password}\n` : '\n';
    try {
      await execOrThrow(engine, node, command, { signal, stdin });
    } catch (error) {
      signal.throwIfAborted();
      const words = error instanceof AppError ? (error.detail ?? error.message) : String(error);
      throw pullFailure(new Error(words), image);
    }
  }
}
