// An image of the engine brought into nodes: saved once, streamed into every node at the same time.
import { PassThrough, type Readable } from 'node:stream';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { explained } from '../engine/failures';

/**
 * Imports `reference` into the containerd of running nodes. Only the nodes' own platform is taken: with the containerd image store
 * an index names platforms whose content is not there (kind#3795). Throws `not-found`, `exec-failed`.
 */
export async function loadImage(
  engine: Engine,
  reference: string,
  nodes: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const saved = (await explained(() => engine.docker.getImage(reference).get())) as unknown as Readable;
  const inputs = nodes.map(() => saved.pipe(new PassThrough()));
  saved.once('error', (error) => {
    for (const input of inputs) input.destroy(error);
  });
  try {
    await Promise.all(
      nodes.map((node, index) => {
        const stdin = inputs[index];
        return execOrThrow(engine, node, importCommand, { signal, ...(stdin && { stdin }) });
      }),
    );
  } finally {
    saved.destroy();
  }
}

/** containerd 2 imports through its transfer service, which takes other decisions about platforms, unless told not to. */
const importCommand = [
  'sh',
  '-c',
  'ctr images import --help | grep -q -- --local && local=--local; exec ctr --namespace=k8s.io images import --digests $local -',
];
