// The second half of a round: manifests with the images of now are applied, what vanished from them goes, and readiness is waited for.
import type { Module } from '../../../../shared/model/devloop/project';
import { keyOf, type ObjectId } from '../deploy/apply';
import { untilReady } from '../deploy/follow';
import { upgradeRelease } from '../deploy/helm';
import { withImages } from '../deploy/images';
import { type Rendered, render } from '../deploy/render';
import { touched } from '../deploy/touches';
import type { RoundParts } from './round-parts';
import type { Look } from './sources';

/** Throws the first failure, which its stage has told already. */
export async function deploy(parts: RoundParts, look: Look, all: boolean, signal: AbortSignal): Promise<void> {
  const { journal, applier, view, namespace } = parts;
  const modules = look.project?.modules ?? [];
  const images = new Map([...parts.achieved].map(([image, { reference }]) => [image, reference]));
  const rendered = await journal.stage('render', undefined, () => renderAll(parts, modules, look, images, signal));
  const wanted = rendered.map(({ object }): ObjectId => {
    const { apiVersion = '', kind = '', metadata } = object;
    return { apiVersion, kind, name: metadata?.name ?? '', namespace: metadata?.namespace ?? namespace };
  });
  await parts.record({ objects: [...parts.applied, ...wanted] });
  const before = parts.applied;
  const ids = await journal.stage('apply', undefined, async (note) => {
    const applied = await applier.apply(rendered, all, signal, ({ kind, name }) => note(`${kind} ${name}`));
    for (const module of modules) await releases(parts, module, images, signal);
    return applied;
  });
  const kept = new Set(ids.map(keyOf));
  const gone = before.filter((id) => !kept.has(keyOf(id)));
  parts.applied = [...ids, ...gone];
  if (gone.length > 0) {
    await journal.stage('prune', undefined, async (note) => {
      const removed = await applier.remove(gone, signal);
      note(removed.map(({ kind, name }) => `${kind} ${name}`).join(', '));
    });
    parts.applied = ids;
  }
  await parts.record({ objects: ids });
  const resource = (state: 'waiting' | 'ready') =>
    ids.map(({ apiVersion, kind, namespace, name }) => ({
      apiVersion,
      kind,
      name,
      state,
      ...(namespace && { namespace }),
    }));
  journal.update({ resources: resource('waiting') });
  const checked = modules.filter(({ deployment }) => deployment.statusCheck);
  if (checked.length > 0) {
    const seconds = Math.max(...checked.map(({ deployment }) => deployment.statusCheckDeadline));
    const tolerant = checked.every(({ deployment }) => deployment.tolerateFailures);
    await journal.stage('ready', undefined, (onWaiting) =>
      untilReady(view, ids, { images: new Set(images.values()), seconds, tolerant, signal, onWaiting }),
    );
  }
  journal.update({ resources: resource('ready') });
}

async function renderAll(
  parts: RoundParts,
  modules: readonly Module[],
  look: Look,
  images: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Rendered[]> {
  const used = new Set<string>();
  const all: Rendered[] = [];
  for (const [index, { deployment }] of modules.entries()) {
    // Charts may name images in their values: they are made anew with those that were built.
    const { namespace, environment } = parts;
    const own =
      deployment.charts.length > 0
        ? await render({ deployment, images, namespace, environment }, signal)
        : (look.manifests[index] ?? []);
    for (const { object, place } of own) {
      const named = withImages(object, images, used);
      all.push({ object: touched(named, parts.touches, parts.loop), place });
    }
  }
  for (const image of images.keys()) {
    if (!used.has(image) && modules.every(({ deployment }) => deployment.releases.length === 0)) {
      parts.journal.say('loop', `No manifest uses the image ${image}`);
    }
  }
  return all;
}

async function releases(
  parts: RoundParts,
  { deployment }: Module,
  images: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, environment, context } = parts;
  for (const release of deployment.releases) {
    await parts.record({ releases: [{ name: release.name, namespace: release.namespace ?? namespace }] });
    await upgradeRelease(
      release,
      deployment.releaseFlags,
      { deployment, images, namespace, environment, context },
      signal,
    );
  }
}
