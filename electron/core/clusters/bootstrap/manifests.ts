// The steps that give a new cluster the template's manifests: read and verified before anything is made, applied, waited for.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import type { TemplateManifest } from '../../../../shared/model/template/manifests';
import { applyManifest } from '../../kube/apply';
import { manifestObjects } from '../../kube/manifest';
import { waitForState } from '../../kube/state';
import type { StepContext } from '../../operations/operation';
import { fetchText } from '../../templates/fetch-text';
import { type Building, found } from './building';

/** Bytes of a manifest that is downloaded; the largest in use have some 2 MB. */
const sizeLimit = 10_000_000;
/** Milliseconds for a download. */
const timeLimit = 60_000;

type Fetch = (url: string, signal: AbortSignal) => Promise<string>;

const download: Fetch = async (url, signal) =>
  (await fetchText(url, { limit: sizeLimit, time: timeLimit, signal })).text;

/**
 * The objects of every manifest, by the manifest's name, all read side by side. `fetch` stands in for the internet in tests.
 * Throws `download-failed`, `address-refused`, `download-differs` for what is not what the template's sha256 says, `template-invalid` for
 * what holds no objects of Kubernetes.
 */
export async function readManifests(
  manifests: readonly TemplateManifest[],
  signal: AbortSignal,
  fetch: Fetch = download,
): Promise<ReadonlyMap<string, readonly KubernetesObject[]>> {
  const read = await Promise.all(
    manifests.map(async (manifest) => {
      const text = await textOf(manifest, signal, fetch);
      return [manifest.name, objectsOf(manifest, text)] as const;
    }),
  );
  return new Map(read);
}

async function textOf(manifest: TemplateManifest, signal: AbortSignal, fetch: Fetch): Promise<string> {
  if ('inline' in manifest) return manifest.inline;
  if ('file' in manifest) return readFile(manifest.file, { encoding: 'utf8', signal });
  const text = await fetch(manifest.url, signal);
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (sha256 === manifest.sha256) return text;
  const { url, sha256: expected } = manifest;
  throw new AppError('download-differs', `${url} does not give what the template expects`, {
    params: { url, expected, actual: sha256 },
    detail: `SHA-256 in the template: ${expected}\nSHA-256 of what came: ${sha256}`,
    hints: [
      { text: 'Look at what the address gives now. If it is right, put its SHA-256 into the template.' },
      { text: 'Name an address whose content does not change, such as that of a release.' },
    ],
  });
}

function objectsOf(manifest: TemplateManifest, text: string): KubernetesObject[] {
  try {
    return manifestObjects(text);
  } catch (error) {
    const from = 'url' in manifest ? manifest.url : manifest.name;
    const problem = error instanceof Error ? error.message : String(error);
    throw new AppError('template-invalid', `The manifest ${from} cannot be used: ${problem}`, {
      params: { file: from, problem, count: 1 },
      hints: [{ text: 'It has to be YAML of Kubernetes objects.' }],
    });
  }
}

/** A cluster that is being built, as far as its manifests are concerned. */
type Given = Pick<Building, 'kube' | 'manifests'>;

export async function applyTemplateManifest(
  building: Given,
  manifest: TemplateManifest,
  { signal, progress, log }: StepContext,
): Promise<void> {
  const objects = found(building.manifests, 'the manifests').get(manifest.name) ?? [];
  let done = 0;
  await applyManifest(found(building.kube, 'the API'), objects, {
    namespace: manifest.namespace,
    signal,
    onObject(name) {
      log(`applying ${name}`);
      progress(done / (objects.length + 1), name);
      done += 1;
    },
  });
}

/** Waits for all that the template wants of a manifest, side by side. Throws `not-ready`, `kubernetes-refused`. */
export async function waitForManifest(
  building: Given,
  manifest: TemplateManifest,
  { signal, progress }: StepContext,
): Promise<void> {
  const kube = found(building.kube, 'the API');
  const objects = found(building.manifests, 'the manifests').get(manifest.name) ?? [];
  const waiting = new Map<number, string>();
  const tell = () =>
    progress(1 - waiting.size / manifest.wait.length, `waiting for ${[...waiting.values()].join('; ')}`);
  await Promise.all(
    manifest.wait.map(async (wanted, index) => {
      const namespace = wanted.namespace ?? manifest.namespace ?? namespaceIn(objects, wanted);
      waiting.set(index, 'rollout' in wanted ? wanted.rollout : wanted.of);
      const onWaiting = (what: string) => {
        waiting.set(index, what);
        tell();
      };
      await waitForState(kube, { ...wanted, namespace }, { signal, onWaiting });
      waiting.delete(index);
      if (waiting.size > 0) tell();
    }),
  );
}

/** Where the manifest itself has the object that is waited for. */
function namespaceIn(objects: readonly KubernetesObject[], wanted: TemplateManifest['wait'][number]) {
  const [kind = '', name] = ('rollout' in wanted ? wanted.rollout : wanted.of).split('/');
  const [word = ''] = kind.split('.');
  const isKind = (object: KubernetesObject) => word.startsWith(object.kind?.toLowerCase() ?? '-');
  return objects.find((object) => object.metadata?.name === name && isKind(object))?.metadata?.namespace;
}
