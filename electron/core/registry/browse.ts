// What is in a registry: repositories, their tags with sizes and platforms, page by page.
import type { Repository, Tag } from '../../../shared/model/registry';
import { manifestTypes, type RegistryApi } from './api';

/** Items of one page. */
const pageSize = 50;

interface Page<Item> {
  items: Item[];
  next?: string | undefined;
}

/** Repositories that have tags, in order of their names. (distribution: a catalogue also names those that are empty) */
export async function repositoriesIn(api: RegistryApi, after: string | undefined): Promise<Page<Repository>> {
  const last = after === undefined ? '' : `&last=${encodeURIComponent(after)}`;
  const answer = await api.json<{ repositories: string[] | null }>(`/v2/_catalog?n=${pageSize}${last}`);
  const names = answer?.body.repositories ?? [];
  const counted = await Promise.all(
    names.map(async (name): Promise<Repository> => ({ name, tags: (await tagNames(api, name)).length })),
  );
  const items = counted.filter(({ tags }) => tags > 0);
  return { items, ...(answer?.headers.has('link') && { next: names.at(-1) }) };
}

/** All tags of a repository, sorted; none when there is no such repository. */
export async function tagNames(api: RegistryApi, repository: string): Promise<string[]> {
  const names: string[] = [];
  for (let path: string | undefined = `/v2/${repository}/tags/list`; path !== undefined; ) {
    const answer: Awaited<ReturnType<typeof api.json<{ tags: string[] | null }>>> = await api.json(path);
    names.push(...(answer?.body.tags ?? []));
    path = nextOf(answer?.headers.get('link'));
  }
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** RFC 5988: `</v2/web/tags/list?last=x&n=100>; rel="next"`; only a path of the same registry counts. */
function nextOf(link: string | null | undefined): string | undefined {
  return /^<(\/v2\/[^>]+)>/.exec(link ?? '')?.[1];
}

/** Tags with what they name. A tag that goes meanwhile is left out. */
export async function tagsIn(api: RegistryApi, repository: string, after: string | undefined): Promise<Page<Tag>> {
  const names = await tagNames(api, repository);
  const from = after === undefined ? 0 : names.indexOf(after) + 1;
  const wanted = names.slice(from, from + pageSize);
  const found = await Promise.all(wanted.map((tag) => describeTag(api, repository, tag)));
  const items = found.filter((tag) => tag !== undefined);
  return { items, ...(from + pageSize < names.length && { next: wanted.at(-1) }) };
}

interface Descriptor {
  digest: string;
  size: number;
  platform?: Platform;
  annotations?: Record<string, string>;
}

interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}

interface Manifest {
  manifests?: Descriptor[];
  config?: Descriptor;
  layers?: Descriptor[];
}

async function describeTag(api: RegistryApi, repository: string, tag: string): Promise<Tag | undefined> {
  const top = await manifestOf(api, repository, tag);
  if (!top) return undefined;
  const { manifests } = top.manifest;
  if (!manifests) {
    const platform = await platformOf(api, repository, top.manifest);
    return {
      tag,
      digest: top.digest,
      size: sizeOf([top.manifest]),
      platforms: platform ? [platformText(platform)] : [],
    };
  }
  const parts = await Promise.all(manifests.map(({ digest }) => manifestOf(api, repository, digest)));
  // BuildKit: attestations stand among the platforms as `unknown/unknown`.
  const platforms = manifests.flatMap(({ platform }) => (platform && platform.os !== 'unknown' ? [platform] : []));
  const size = sizeOf(parts.flatMap((part) => (part ? [part.manifest] : [])));
  return { tag, digest: top.digest, size, platforms: [...new Set(platforms.map(platformText))] };
}

/** Digests that the tags of a repository need: their manifests, and of indexes what they name. */
export async function digestsInUse(api: RegistryApi, repository: string): Promise<Set<string>> {
  const tags = await tagNames(api, repository);
  const tops = await Promise.all(tags.map((tag) => manifestOf(api, repository, tag)));
  const digests = tops.flatMap((top) =>
    top ? [top.digest, ...(top.manifest.manifests ?? []).map(({ digest }) => digest)] : [],
  );
  return new Set(digests);
}

/** The manifest by tag or digest; undefined when it is not there. */
export async function manifestOf(api: RegistryApi, repository: string, reference: string) {
  const answer = await api.json<Manifest>(`/v2/${repository}/manifests/${reference}`, manifestTypes);
  return answer && { manifest: answer.body, digest: answer.headers.get('docker-content-digest') ?? reference };
}

/** Bytes, each blob once. */
function sizeOf(manifests: readonly Manifest[]): number {
  const blobs = new Map<string, number>();
  for (const { config, layers } of manifests) {
    for (const blob of [...(config ? [config] : []), ...(layers ?? [])]) blobs.set(blob.digest, blob.size);
  }
  return [...blobs.values()].reduce((sum, size) => sum + size, 0);
}

/** An image without an index says its platform in its configuration. */
async function platformOf(api: RegistryApi, repository: string, { config }: Manifest): Promise<Platform | undefined> {
  if (!config || config.size > 4_000_000) return undefined;
  const answer = await api.json<Partial<Platform>>(`/v2/${repository}/blobs/${config.digest}`).catch(() => undefined);
  const { os, architecture, variant } = answer?.body ?? {};
  return os && architecture ? { os, architecture, ...(variant && { variant }) } : undefined;
}

function platformText({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}
