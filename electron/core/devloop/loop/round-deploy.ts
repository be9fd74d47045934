// The second half of a round: manifests with the images of now are applied, what vanished from them goes, and readiness is waited for.
import type { ContainerHook } from '../../../../shared/model/devloop/hooks';
import type { Module } from '../../../../shared/model/devloop/project';
import { AppError } from '../../../../shared/model/errors';
import { nearest } from '../../../../shared/model/nearest';
import { printYaml } from '../../kube/yaml';
import { keyOf, type ObjectId } from '../deploy/apply';
import { untilReady } from '../deploy/follow';
import { upgradeRelease } from '../deploy/helm';
import { withImages } from '../deploy/images';
import { placed, type Rendered, render } from '../deploy/render';
import { touched } from '../deploy/touches';
import { imagesIn } from '../project/propose/match';
import { wishesOf } from '../show/wishes';
import { supervised } from '../sync/supervisor';
import { loopHint } from '../words';
import type { RoundParts } from './round-parts';
import { aboutLoop, placesOfHook, runHooks, runInContainers, runOnHost } from './run-hooks';
import type { Look } from './sources';

/** Throws the first failure, which its stage has told already. */
export async function deploy(parts: RoundParts, look: Look, all: boolean, signal: AbortSignal): Promise<void> {
  const { journal, applier, view, namespace } = parts;
  const modules = look.project?.modules ?? [];
  parts.deployed = undefined;
  const images = new Map([...parts.achieved].map(([image, { reference }]) => [image, reference]));
  const rendered = await journal.stage('render', undefined, () => renderAll(parts, modules, look, images, signal));
  const wanted = rendered.map(({ object }): ObjectId => {
    const { apiVersion = '', kind = '', metadata } = object;
    return { apiVersion, kind, name: metadata?.name ?? '', namespace: metadata?.namespace ?? namespace };
  });
  parts.include(wanted.flatMap((one) => one.namespace ?? []));
  await hooksOf(parts, modules, 'before', signal);
  const before = parts.applied;
  const ids = await journal.stage('apply', undefined, async (note) => {
    await parts.record({ objects: [...before, ...wanted] });
    const applied = await applier.apply(rendered, all, signal, (id) => {
      // Whatever ends this round: the next one knows that it may be there.
      if (!parts.applied.some((one) => keyOf(one) === keyOf(id))) parts.applied = [...parts.applied, id];
      note({ text: `${id.kind} ${id.name}` });
    });
    for (const module of modules) await releases(parts, module, images, signal);
    return applied;
  });
  const kept = new Set(ids.map(keyOf));
  const gone = before.filter((id) => !kept.has(keyOf(id)));
  parts.applied = [...ids, ...gone];
  if (gone.length > 0) {
    await journal.stage('prune', undefined, async (note) => {
      const removed = await applier.remove(gone, signal);
      note({ text: removed.map(({ kind, name }) => `${kind} ${name}`).join(', ') });
    });
    parts.applied = ids;
  }
  await parts.record({ objects: ids });
  if (look.project) {
    const objects = rendered.map(({ object }) => object);
    parts.reach.want(wishesOf(look.project, objects, namespace));
  }
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
  await hooksOf(parts, modules, 'after', signal);
  parts.deployed = look.deployment;
}

/** Those around the deployment of a module: on this computer, or in what was deployed. */
async function hooksOf(
  parts: RoundParts,
  modules: readonly Module[],
  when: 'before' | 'after',
  signal: AbortSignal,
): Promise<void> {
  const { journal, view, target, environment } = parts;
  const onLine = (line: string) => journal.say('deploy', line);
  const inContainers = (hook: ContainerHook) =>
    runInContainers(target.kube, placesOfHook(hook, view.pods()), hook.command, onLine, signal);
  for (const { deployment } of modules) {
    const hooks = deployment.deployHooks[when];
    if (hooks.length === 0) continue;
    const around = { environment, about: aboutLoop(parts), inContainers, onLine };
    await journal.stage('hooks', `deploy ${when}`, () => runHooks(hooks, around, signal));
  }
}

/** The hooks around rendering; the output of one `withChange` takes the place of what was rendered. */
async function throughHooks(
  parts: RoundParts,
  { deployment, file = '' }: Module,
  rendered: Rendered[],
  signal: AbortSignal,
): Promise<Rendered[]> {
  const { journal, environment } = parts;
  const around = {
    environment,
    about: aboutLoop(parts),
    onLine: (line: string) => journal.say('deploy', line),
  };
  let all = rendered;
  for (const hook of deployment.renderHooks.after) {
    // skaffold: hooks of manifests run on the host alone.
    if (!('host' in hook)) continue;
    const { withChange } = hook.host;
    const text = all.map(({ object }) => printYaml(object)).join('---\n');
    const said = await runOnHost(hook.host, around, signal, withChange ? text : undefined);
    if (withChange && said !== undefined) {
      all = placed(said, { file, line: 1, column: 1 });
    }
  }
  return all;
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
  const supervisedOnes = [...parts.achieved.values()].filter(({ restarts }) => restarts);
  const programs = new Map(supervisedOnes.map(({ reference, program }) => [reference, program]));
  const marks = filesMarks(parts);
  for (const [index, module] of modules.entries()) {
    const { deployment } = module;
    // Charts may name images in their values: they are made anew with those that were built.
    const { namespace, environment } = parts;
    const own =
      deployment.charts.length > 0
        ? await render({ deployment, images, namespace, environment }, signal)
        : (look.manifests[index] ?? []);
    const { before } = deployment.renderHooks;
    const around = {
      environment,
      about: aboutLoop(parts),
      onLine: (line: string) => parts.journal.say('deploy', line),
    };
    for (const hook of before) if ('host' in hook) await runOnHost(hook.host, around, signal);
    const named = own.map((one) => ({ ...one, object: withImages(one.object, images, used) }));
    for (const one of await throughHooks(parts, module, named, signal)) {
      all.push({ ...one, object: touched(supervised(one.object, programs), parts.touches, parts.loop, marks) });
    }
  }
  tellUnused(parts, modules, used, all);
  return all;
}

/**
 * By reference, of images whose containers take files: a build may give the image that they have, without what was put into them since,
 * and a loop does not know what an earlier one put there.
 */
function filesMarks({ achieved, renewals, sync, journal }: RoundParts): Map<string, string> {
  const syncing = [...achieved].filter(([, { source }]) => sync && source.artifact.sync);
  const { startedAt } = journal.get();
  return new Map(syncing.map(([image, { reference }]) => [reference, `${startedAt}.${renewals.get(image) ?? 0}`]));
}

/** An image that nothing runs is no failure, and no wish of anybody's. */
function tellUnused(
  { journal, achieved }: RoundParts,
  modules: readonly Module[],
  used: ReadonlySet<string>,
  rendered: readonly Rendered[],
): void {
  const byReleases = modules.some(({ deployment }) => deployment.releases.length > 0);
  for (const image of achieved.keys()) {
    journal.heal('render', image);
    if (used.has(image) || byReleases || rendered.length === 0) continue;
    const named = imagesIn(rendered.map(({ object }) => object));
    const like = nearest(image, named);
    const error = new AppError('not-found', `No manifest uses the image ${image}`, {
      params: { what: image },
      hints: [like ? loopHint('image-like', { like }) : loopHint('images-named', { images: named })],
    });
    journal.problem(error, 'render', image);
  }
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
