// Which image the local registry and the caches run.
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';

/** distribution 3. */
export const catalogueImage = 'registry:3@sha256:1be55279f18a2fe1a74edf2664cac61c1bea305b7b4642dab412e7affdcb3e33';

/** What does as well when the engine has it already, best first; the last is built from Debian's packages for tests. */
const substitutes = ['registry:3', 'registry:2', 'testbed/registry:2'];

/** The image, and whether it must be pulled first. @param local tags and digests of the engine's images */
export function decideImage(
  wanted: string | undefined,
  local: ReadonlySet<string>,
): { reference: string; pull: boolean } {
  if (wanted) return { reference: wanted, pull: !local.has(wanted) };
  const [repository, digest] = catalogueImage.split('@');
  if (local.has(`${repository?.split(':')[0]}@${digest}`)) return { reference: catalogueImage, pull: false };
  const here = substitutes.find((tag) => local.has(tag));
  return here ? { reference: here, pull: false } : { reference: catalogueImage, pull: true };
}

/** @param wanted a reference that takes the catalogue's place */
export async function registryImage(engine: Engine, wanted: string | undefined, signal?: AbortSignal) {
  const images = await explained(() => engine.docker.listImages(signal ? { abortSignal: signal } : {}));
  const local = images.flatMap(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])]);
  return decideImage(wanted, new Set(local));
}
