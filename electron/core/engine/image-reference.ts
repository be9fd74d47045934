// Image references (`registry:5000/team/app:1.2@sha256:…`), taken apart by the rules of the distribution project.
import { AppError } from '../../../shared/model/errors';

export interface ImageReference {
  /** Host of the registry; `docker.io` when the reference names none. */
  registry: string;
  /** Registry and repository as one writes them, without tag and digest. */
  name: string;
  tag: string | undefined;
  digest: string | undefined;
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const host = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::\\d+)?';
const nameRule = new RegExp(`^(?:${host}/)?${component}(?:/${component})*$`);
const tagRule = /^\w[\w.-]{0,127}$/;
const digestRule = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * Source: distribution/reference, `ParseNormalizedNamed`.
 * @throws AppError `bad-input` for text that is no reference
 */
export function parseImageReference(text: string): ImageReference {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  const colon = beforeDigest.lastIndexOf(':');
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest;
  const tag = hasTag ? beforeDigest.slice(colon + 1) : undefined;
  const valid =
    more.length === 0 &&
    nameRule.test(name) &&
    (tag === undefined || tagRule.test(tag)) &&
    (digest === undefined || digestRule.test(digest));
  if (!valid) {
    throw new AppError('bad-input', `"${text}" is not an image reference`, {
      params: { reference: text },
      hints: [{ text: 'Write it like kindest/node:v1.34.0 or registry.example.com:5000/team/app:1.2.' }],
    });
  }
  return { registry: registryOf(name), name, tag, digest };
}

/** How the engine is asked for it: a digest decides, and the tag beside it is only for people. */
export function lookupName({ name, tag, digest }: ImageReference): string {
  if (digest) return `${name}@${digest}`;
  return `${name}:${tag ?? 'latest'}`;
}

function registryOf(name: string): string {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}
