// The engine's images: the list of them, one by its name or id, and what may have been meant by a name that is none.
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import type { EngineImage } from '../../../shared/model/images';
import { nearest } from '../../../shared/model/nearest';
import { getJson } from '../engine/client';
import type { Engine } from '../engine/engine';
import { engineFailure, explained, statusOf } from '../engine/failures';
import { lookupName, parseImageReference } from '../engine/image-reference';
import { fullName } from './oci';

const listedSchema = z.array(
  z.object({ Id: z.string(), RepoTags: z.array(z.string()).nullish(), Size: z.number(), Created: z.number() }),
);

/** The newest first. */
export async function engineImages(engine: Engine, signal?: AbortSignal): Promise<EngineImage[]> {
  const listed = listedSchema.parse(await explained(() => getJson(engine.docker, '/images/json', signal)));
  return listed
    .map(({ Id, RepoTags, Size, Created }) => ({
      id: Id,
      names: (RepoTags ?? []).filter((name) => name !== '<none>:<none>'),
      size: Size,
      created: Created,
    }))
    .sort((one, other) => other.created - one.created || (one.names[0] ?? '').localeCompare(other.names[0] ?? ''));
}

const inspectedSchema = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  Os: z.string().default(''),
  Architecture: z.string().default(''),
});

export interface FoundImage {
  /** As the engine is asked for it. */
  readonly reference: string;
  /** The engine's id: of the configuration, or with the containerd store of the manifest or index. */
  readonly id: string;
  /** Full names that it is to have in nodes. */
  readonly names: readonly string[];
}

const isId = /^(sha256:)?[0-9a-f]{6,64}$/;

/**
 * An image by its name, digest or (short) id. One that is asked for by its id keeps all its names.
 * Throws `image-missing` with near names, `bad-input` for what is no reference, or the beginning of several ids.
 */
export async function findEngineImage(engine: Engine, reference: string, signal: AbortSignal): Promise<FoundImage> {
  const byId = isId.test(reference);
  const lookup = byId ? reference : lookupName(parseImageReference(reference));
  let answer: unknown;
  try {
    answer = await getJson(engine.docker, `/images/${lookup}/json`, signal);
  } catch (error) {
    if (statusOf(error) === 404) throw await missing(engine, reference, signal);
    throw engineFailure(error);
  }
  const { Id, RepoTags } = inspectedSchema.parse(answer);
  const known = Id.replace(/^sha256:/, '').startsWith(reference.replace(/^sha256:/, ''));
  if (byId && known) return { reference: Id, id: Id, names: (RepoTags ?? []).map(fullName) };
  return { reference: lookup, id: Id, names: [fullName(reference)] };
}

async function missing(engine: Engine, reference: string, signal: AbortSignal): Promise<AppError> {
  const images = await engineImages(engine, signal);
  const begun = isId.test(reference) ? imagesBegun(reference, images) : [];
  if (begun.length > 1) {
    throw new AppError('bad-input', `${reference} begins the ids of ${begun.length} images`, {
      params: { reference },
      hints: [{ text: `Write more of it, or a name: ${begun.map(({ names, id }) => names[0] ?? id).join(', ')}` }],
    });
  }
  const names = images.flatMap((image) => image.names);
  const near = nearName(reference, names);
  return new AppError('image-missing', `The engine has no image ${reference}`, {
    params: { reference },
    hints: [
      ...(near.length > 0 ? [{ text: `Did you mean ${near.join(' or ')}?` }] : []),
      { text: `Pull it first: docker pull ${reference}, or load with --pull` },
    ],
  });
}

/** Those whose id begins so. */
export function imagesBegun(start: string, images: readonly EngineImage[]): EngineImage[] {
  return images.filter(({ id }) => id.replace(/^sha256:/, '').startsWith(start.replace(/^sha256:/, '')));
}

/** Names that a mistyped one may have meant: other tags of the same name, or the nearest by letters. */
export function nearName(reference: string, names: readonly string[]): string[] {
  const base = (name: string) => name.replace(/:[^/:]*$/, '');
  const last = (name: string) => base(name).split('/').at(-1) ?? '';
  const sameName = names.filter((name) => base(name) === base(reference));
  if (sameName.length > 0) return sameName.slice(0, 3);
  const sameLast = names.filter((name) => last(name) === last(reference));
  if (sameLast.length > 0) return sameLast.slice(0, 3);
  const close = nearest(reference, names) ?? nearest(base(reference), names.map(base));
  return names.filter((name) => name === close || base(name) === close).slice(0, 3);
}
