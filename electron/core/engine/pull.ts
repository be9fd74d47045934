// Images on the engine: whether one is there, and pulling one with progress, credentials and honest errors.
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { getJson, postForStream } from './client';
import type { Engine } from './engine';
import { cancelled, engineFailure, statusOf } from './failures';
import { lookupName, parseImageReference } from './image-reference';
import { readJsonLines } from './json-lines';
import { pullFailure } from './pull-failure';
import { createPullProgress, type PullProgress } from './pull-progress';

const imageSchema = z.object({ Id: z.string(), Os: z.string().default(''), Architecture: z.string().default('') });

export type { PullProgress } from './pull-progress';

/**
 * The image's id when the engine has it. A reference with a tag and a digest asks for the digest, as the engine does.
 * @throws AppError `bad-input` for text that is no reference, and what `engineFailure` knows
 */
export async function imageExists(
  engine: Engine,
  reference: string,
  signal?: AbortSignal,
): Promise<{ id: string } | undefined> {
  const image = await inspectImage(engine, reference, signal);
  return image && { id: image.Id };
}

/** Those of the images that the engine does not have, each once. Throws what `imageExists` throws. */
export async function missingImages(engine: Engine, references: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(references)];
  const found = await Promise.all(wanted.map((reference) => imageExists(engine, reference)));
  return wanted.filter((_, index) => found[index] === undefined);
}

/**
 * Pulls an image with the credentials that docker keeps for its registry, and gives its id.
 * @throws AppError `image-missing`, `image-pull-failed`, `bad-input`, `cancelled` (the engine stops pulling too), and what
 *   `engineFailure` knows
 */
export async function pullImage(
  engine: Engine,
  reference: string,
  options: { platform?: string; signal?: AbortSignal; onProgress?(progress: PullProgress): void } = {},
): Promise<{ id: string }> {
  const { signal, platform, onProgress } = options;
  const parsed = parseImageReference(reference);
  try {
    signal?.throwIfAborted();
    const registryAuth = await engine.credentials?.authFor(parsed.registry, signal);
    const query = {
      fromImage: parsed.name,
      tag: parsed.digest ?? parsed.tag ?? 'latest',
      ...(platform && { platform }),
    };
    const stream = await postForStream(engine.docker, '/images/create', query, { signal, registryAuth });
    const progress = createPullProgress();
    for await (const message of readJsonLines(stream, signal ? { signal } : {})) onProgress?.(progress(message));
  } catch (error) {
    throw signal?.aborted ? cancelled(signal) : pullFailure(error, reference);
  }
  const image = await inspectImage(engine, reference, signal);
  if (!image) {
    throw new AppError('image-pull-failed', `${reference} was pulled, but the engine does not have it`, {
      params: { reference },
      hints: [{ text: 'Try again.' }],
    });
  }
  // Engines take an image of one architecture whatever was asked for (Docker 20.10).
  const built = `${image.Os}/${image.Architecture}`;
  if (platform && !`${platform}/`.startsWith(`${built}/`)) {
    throw pullFailure(new Error(`no matching manifest for ${platform}: the image is for ${built}`), reference);
  }
  return { id: image.Id };
}

async function inspectImage(engine: Engine, reference: string, signal: AbortSignal | undefined) {
  const name = lookupName(parseImageReference(reference));
  try {
    return imageSchema.parse(await getJson(engine.docker, `/images/${name}/json`, signal));
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw engineFailure(error);
  }
}
