// What a manifest would change in a cluster, object by object, asked of its API server by a dry run. Nothing is changed.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError, asAppError } from '../../../shared/model/errors';
import { type ManifestObject, objectWords } from '../../../shared/model/manifests';
import type { Kube } from '../kube/connect';
import { asRefused } from '../kube/explain';
import { Refusal } from '../kube/request';
import { placeOf, type Resource, resourceOf } from '../kube/resources';
import { applyObject } from '../kube/server-apply';
import type { PlacedObject } from './read';
import { conflictsIn, problemsIn } from './refusals';
import { differenceOf } from './shown';

export interface Wanted {
  /** Of objects that name none. */
  namespace: string;
  /** Takes over fields that others have set otherwise. */
  force: boolean;
}

/** At once, for a server has no trouble with so many. */
const together = 8;

/** In the order of the text. Throws only when aborted, or when the server does not answer at all. */
export async function diffManifests(
  kube: Kube,
  all: readonly PlacedObject[],
  wanted: Wanted,
  signal: AbortSignal,
): Promise<ManifestObject[]> {
  const coming = comingWith(all);
  const resources = new Map<string, Promise<Resource>>();
  const results: ManifestObject[] = [];
  for (let at = 0; at < all.length; at += together) {
    const some = all.slice(at, at + together);
    results.push(
      ...(await Promise.all(some.map((one) => diffOne(kube, one, { ...wanted, coming, resources }, signal)))),
    );
  }
  return results;
}

interface Around extends Wanted {
  coming: { namespaces: ReadonlySet<string>; kinds: ReadonlySet<string> };
  resources: Map<string, Promise<Resource>>;
}

/** What the manifest itself makes first, which the server cannot know in a dry run. */
function comingWith(all: readonly PlacedObject[]): Around['coming'] {
  const of = (kind: string) => all.flatMap(({ object }) => (object.kind === kind ? [object] : []));
  const definitions = of('CustomResourceDefinition') as { spec?: { group?: string; names?: { kind?: string } } }[];
  return {
    namespaces: new Set(of('Namespace').map(({ metadata }) => metadata?.name ?? '')),
    kinds: new Set(definitions.map(({ spec }) => `${spec?.group}/${spec?.names?.kind}`)),
  };
}

async function diffOne(kube: Kube, one: PlacedObject, around: Around, signal: AbortSignal): Promise<ManifestObject> {
  const { apiVersion = '', kind = '', metadata } = one.object;
  const told: ManifestObject = {
    document: one.document,
    line: one.line,
    apiVersion,
    kind,
    ...(metadata?.namespace && { namespace: metadata.namespace }),
    name: metadata?.name ?? '',
    change: 'refused',
    hunks: [],
    conflicts: [],
    problems: [],
  };
  const { coming } = around;
  const isNew = (awaits: string): ManifestObject => {
    return { ...told, change: 'created', hunks: differenceOf(undefined, one.object), awaits };
  };
  try {
    const resource = await known(kube, around.resources, apiVersion, kind, signal).catch((error: unknown) => {
      if (error instanceof AppError && coming.kinds.has(`${apiVersion.split('/')[0]}/${kind}`)) return undefined;
      throw error;
    });
    if (!resource) return isNew(`${apiVersion} ${kind}`);
    const { list, placed } = placeOf(one.object, resource, around.namespace);
    const namespace = placed.metadata?.namespace;
    const where = { ...told, ...(resource.namespaced && namespace && { namespace }) };
    const before = await readOne(kube, `${list}/${encodeURIComponent(told.name)}`, signal);
    const apply = (force: boolean) => applyObject(kube, { list, object: placed, force, dryRun: true }, signal);
    const { after, conflicts } = await withConflicts(apply, around.force, () =>
      coming.namespaces.has(namespace ?? '') && before === undefined ? undefined : 'refused',
    );
    if (!after) return { ...isNew(`Namespace ${namespace}`), ...(namespace && { namespace }) };
    const hunks = differenceOf(before, after);
    const change = before === undefined ? 'created' : hunks.length === 0 ? 'unchanged' : 'changed';
    return { ...where, change, hunks, conflicts };
  } catch (error) {
    signal.throwIfAborted();
    return refusedOne(told, error, one);
  }
}

/** What would be, were the fields taken over, and whose they are. */
async function withConflicts(
  apply: (force: boolean) => Promise<KubernetesObject>,
  force: boolean,
  isMissing: () => 'refused' | undefined,
) {
  try {
    return { after: await apply(force), conflicts: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 404 && isMissing() === undefined) return { after: undefined, conflicts: [] };
    const conflicts = conflictsIn(error);
    if (conflicts.length === 0) throw error;
    return { after: await apply(true), conflicts };
  }
}

function refusedOne(told: ManifestObject, error: unknown, one: PlacedObject): ManifestObject {
  const problems = error instanceof Refusal ? problemsIn(error, one) : [{ line: one.line, column: 1, message: '' }];
  const explained = asAppError(asRefused(error, objectWords(told)));
  const lines = problems.map((problem) => ({ ...problem, message: problem.message || explained.message }));
  return { ...told, error: explained.toData(), problems: lines };
}

export async function readOne(kube: Kube, path: string, signal: AbortSignal): Promise<KubernetesObject | undefined> {
  try {
    return await kube.call<KubernetesObject>({ method: 'GET', path }, signal);
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) return undefined;
    throw error;
  }
}

/** Asked once for each kind. */
function known(
  kube: Kube,
  resources: Map<string, Promise<Resource>>,
  apiVersion: string,
  kind: string,
  signal: AbortSignal,
): Promise<Resource> {
  const key = `${apiVersion} ${kind}`;
  const asked = resources.get(key) ?? resourceOf(kube, apiVersion, kind, signal);
  resources.set(key, asked);
  return asked;
}
