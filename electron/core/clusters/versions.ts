// Which Kubernetes versions clusters can be made with: the catalogues, and the node images that the engine has besides.
import { z } from 'zod';
import type { NodeVersion, Support } from '../../../shared/model/version';
import { getJson } from '../engine/client';
import type { Engine } from '../engine/engine';
import { engineFailure, explained, statusOf } from '../engine/failures';
import { compareKubernetesVersions, parseKubernetesVersion } from './providers/kubeadm/kubernetes-version';
import { supportOf } from './providers/kubeadm/support';
import type { ClusterProvider, NodeImages } from './providers/provider';

/** An image of the engine, as far as it tells whether it is a node image. */
export interface EngineImage {
  id: string;
  /** With tags and with digests: `kindest/node:v1.36.1`, `kindest/node@sha256:...`. */
  references: readonly string[];
  /** Bytes. */
  size: number;
  entrypoint: readonly string[];
}

/** Bytes; no image with a Kubernetes in it is smaller, and others need not be looked into. */
const leastSize = 50_000_000;

/** Throws `engine-unreachable`. */
export async function listVersions(
  engine: Engine,
  providers: readonly ClusterProvider[],
  only: NodeVersion['provider'] | undefined,
  signal: AbortSignal,
): Promise<NodeVersion[]> {
  const images = await largeImages(engine, signal);
  return providers.flatMap(({ id, images: own }) => {
    if (!own || id === 'minikube' || (only && id !== only)) return [];
    return versionsOf(id, own, images, new Date());
  });
}

/** The versions of one provider: its catalogue, and node images that are only here; newest first, those that do not say last. */
export function versionsOf(
  provider: NodeVersion['provider'],
  { offered, versionOf, entrypoint }: NodeImages,
  images: readonly EngineImage[],
  now: Date,
): NodeVersion[] {
  const fromCatalogue = offered.map(({ reference, kubernetesVersion }, index): NodeVersion => {
    const here = images.find((image) => isImage(image, reference));
    return {
      provider,
      ...(kubernetesVersion && { version: kubernetesVersion }),
      image: reference,
      support: supportAt(kubernetesVersion, now),
      offered: true,
      usual: index === 0,
      here: here !== undefined,
      ...(here && { size: here.size }),
    };
  });
  const others = images.filter(
    (image) =>
      !offered.some(({ reference }) => isImage(image, reference)) &&
      (isSame(image.entrypoint, entrypoint) || image.references.some((name) => versionOf(name) !== undefined)),
  );
  const onlyHere = others.map((image): NodeVersion => {
    const named = image.references.find((name) => versionOf(name) !== undefined);
    const version = named && versionOf(named);
    return {
      provider,
      ...(version && { version }),
      image: named ?? image.references[0] ?? image.id,
      support: supportAt(version, now),
      offered: false,
      usual: false,
      here: true,
      size: image.size,
    };
  });
  return [...fromCatalogue, ...onlyHere].sort(newestFirst);
}

/** A reference with a digest means the content, whatever its tag; registries of the same content go by `docker.io` or nothing. */
function isImage({ references }: EngineImage, wanted: string): boolean {
  const [name = '', digest] = plain(wanted).split('@');
  const repository = name.replace(/:[^:/]+$/, '');
  const looked = digest ? `${repository}@${digest}` : name;
  return references.some((reference) => plain(reference) === looked);
}

function plain(reference: string): string {
  return reference.replace(/^(docker\.io|index\.docker\.io)\//, '');
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

function supportAt(version: string | undefined, now: Date): Support {
  return version ? supportOf(version, now) : { state: 'unknown' };
}

function newestFirst(one: NodeVersion, other: NodeVersion): number {
  if (!one.version || !other.version) return Number(!one.version) - Number(!other.version);
  const order = compareKubernetesVersions(parseKubernetesVersion(other.version), parseKubernetesVersion(one.version));
  return order || Number(other.offered) - Number(one.offered) || (one.image < other.image ? -1 : 1);
}

const inspectSchema = z.object({
  Config: z.object({ Entrypoint: z.array(z.string()).nullish() }).nullish(),
});

async function largeImages(engine: Engine, signal: AbortSignal): Promise<EngineImage[]> {
  const images = await explained(() => engine.docker.listImages({ abortSignal: signal }));
  const large = images.filter(({ Size }) => Size >= leastSize);
  return Promise.all(
    large.map(async ({ Id, RepoTags, RepoDigests, Size }): Promise<EngineImage> => {
      const isNamed = (name: string) => !name.startsWith('<none>');
      return {
        id: Id,
        references: [...(RepoTags ?? []).filter(isNamed), ...(RepoDigests ?? []).filter(isNamed)],
        size: Size,
        entrypoint: await entrypointOf(engine, Id, signal),
      };
    }),
  );
}

/** None for an image that was removed meanwhile. */
async function entrypointOf(engine: Engine, id: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { Config } = inspectSchema.parse(await getJson(engine.docker, `/images/${id}/json`, signal));
    return Config?.Entrypoint ?? [];
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw engineFailure(error);
  }
}
