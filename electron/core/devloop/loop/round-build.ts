// The first half of a round: images that differ are built, what depends on them with them, and brought into the cluster.
import type { Module } from '../../../../shared/model/devloop/project';
import type { Ahead } from '../../images/bring';
import { buildCustom } from '../build/custom';
import { buildDocker } from '../build/docker';
import { runGraph } from '../build/graph';
import { deliver } from '../deliver/deliver';
import { hasShell } from '../sync/has-shell';
import { loopSays } from '../words';
import type { Achieved, RoundParts } from './round-parts';
import { aboutLoop, type HookSurroundings, runHooks } from './run-hooks';
import type { Look, Source } from './sources';

/** Returns the images that were built. What failed has told so; the first of them is thrown at the end. */
export async function buildAll(
  parts: RoundParts,
  look: Look,
  stale: readonly Source[],
  signal: AbortSignal,
): Promise<string[]> {
  const required = (source: Source) => source.artifact.requires.map(({ image }) => image);
  const wanted = new Set(stale.map(({ artifact }) => artifact.image));
  // What is made from an image that changes changes with it.
  for (let grown = -1; grown !== wanted.size; ) {
    grown = wanted.size;
    for (const source of look.sources.values())
      if (required(source).some((image) => wanted.has(image))) wanted.add(source.artifact.image);
  }
  const sources = [...look.sources.values()].filter(({ artifact }) => wanted.has(artifact.image));
  const widths = [...new Set(sources.map(({ module }) => module.build.concurrency))];
  const width = widths.includes(0) ? 0 : Math.max(1, ...widths);
  const knots = sources.map((source) => ({ name: source.artifact.image, requires: required(source) }));
  const modules = new Set(sources.map(({ module }) => module));
  await hooksOf(parts, modules, 'before', signal);
  const { done, failed } = await runGraph<string>(knots, width, (image, ids) =>
    buildOne(parts, look.sources.get(image) as Source, ids, signal),
  );
  await Promise.all(
    [...done].map(async ([image, id]) => {
      parts.achieved.set(image, await madeOf(parts, look.sources.get(image) as Source, id, signal));
    }),
  );
  const [first] = failed.values();
  if (first === undefined) {
    await hooksOf(parts, modules, 'after', signal);
    return [...done.keys()];
  }
  // What was built and not delivered is built again, from the cache.
  for (const image of done.keys()) parts.achieved.delete(image);
  throw first;
}

/** Those around all builds of a module. */
async function hooksOf(
  parts: RoundParts,
  modules: ReadonlySet<Module>,
  when: 'before' | 'after',
  signal: AbortSignal,
): Promise<void> {
  for (const { name, build } of modules) {
    if (build.hooks[when].length === 0) continue;
    const around: HookSurroundings = {
      environment: parts.environment,
      about: aboutLoop(parts),
      inContainers: async () => {},
      onLine: (line) => parts.journal.say('build', line, name || undefined),
    };
    const subject = `build ${when}`;
    await parts.journal.stage('hooks', subject, () => runHooks(build.hooks[when], around, signal));
  }
}

/** Known by id only until it is delivered: then manifests are to name it. */
async function madeOf(parts: RoundParts, source: Source, id: string, signal: AbortSignal): Promise<Achieved> {
  const { engine } = parts.target;
  const { sync } = source.artifact;
  const wantsRestart = parts.touches.restart && parts.sync && sync !== undefined;
  const [{ Config }, shell] = await Promise.all([
    engine.docker.getImage(id).inspect(),
    wantsRestart ? hasShell(engine, id, signal) : false,
  ]);
  const before = parts.achieved.get(source.artifact.image);
  const unsynced =
    wantsRestart && !shell
      ? loopSays('no-shell')
      : before?.source.recipe === source.recipe
        ? before.unsynced
        : undefined;
  const entrypoint = [Config.Entrypoint ?? []].flat();
  return {
    id,
    reference: '',
    source,
    workdir: Config.WorkingDir || '/',
    program: { entrypoint, command: Config.Cmd ?? [] },
    restarts: wantsRestart && shell,
    ...(unsynced !== undefined && { unsynced }),
  };
}

function buildOne(
  parts: RoundParts,
  source: Source,
  ids: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const { artifact, dependencies, snapshot, module } = source;
  const { journal, platform } = parts;
  const { engine } = parts.target;
  const required = Object.fromEntries(
    artifact.requires.map(({ image, alias }) => [alias, ids.get(image) ?? parts.achieved.get(image)?.id ?? image]),
  );
  return journal.stage('build', artifact.image, async (note) => {
    journal.update({
      artifacts: journal
        .get()
        .artifacts.map((one) => (one.image === artifact.image ? { ...one, state: 'building' as const } : one)),
    });
    const around = aroundBuild(parts, source);
    await runHooks(artifact.hooks.before, around, signal);
    const hooks = {
      onLine: (line: string) => journal.say('build', line, artifact.image),
      onStep: ({ name, state }: { name: string; state: string }) => state === 'running' && note({ text: name }),
    };
    const { builder } = artifact;
    let id: string;
    if (builder.kind === 'docker') {
      const given = Object.entries(builder.buildArgs).flatMap(([name, value]) => {
        const found = value ?? parts.environment[name];
        return found === undefined ? [] : [[name, found] as const];
      });
      const buildArgs = { ...Object.fromEntries(given), ...required };
      const buildkit = module.build.useBuildkit ?? true;
      const request = {
        artifact: { ...artifact, builder },
        dependencies,
        entries: snapshot.entries,
        buildArgs,
        platform,
        buildkit,
      };
      id = await buildDocker(engine, request, signal, hooks);
    } else {
      const tag = `dev-${Date.now().toString(36)}`;
      const about = { kubeContext: parts.context, namespace: parts.namespace, push: module.build.push ?? false };
      id = await buildCustom(
        engine,
        { artifact: { ...artifact, builder }, repo: artifact.image, tag, platform, required, ...about },
        signal,
        hooks,
      );
    }
    around.about.SKAFFOLD_IMAGE = id;
    await runHooks(artifact.hooks.after, around, signal);
    return id;
  });
}

/** skaffold 2: what hooks of builds are told. Their images have no tag before they are built. */
function aroundBuild(parts: RoundParts, { artifact, module }: Source) {
  const { image, context } = artifact;
  const about: Record<string, string> = {
    ...aboutLoop(parts),
    SKAFFOLD_IMAGE: image,
    SKAFFOLD_IMAGE_REPO: image,
    SKAFFOLD_BUILD_CONTEXT: context,
    SKAFFOLD_PUSH_IMAGE: String(module.build.push ?? false),
  };
  return {
    environment: parts.environment,
    about,
    // skaffold: hooks of builds run on the host alone.
    inContainers: async () => {},
    onLine: (line: string) => parts.journal.say('build', line, image),
  } satisfies HookSurroundings;
}

/** Throws what `deliver` does. */
export async function deliverAll(
  parts: RoundParts,
  look: Look,
  images: readonly string[],
  ahead: Ahead | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { journal, achieved, target } = parts;
  const built = images.flatMap((image) => {
    const known = achieved.get(image);
    return known ? [{ image, id: known.id }] : [];
  });
  try {
    const hooks = {
      log: (line: string) => journal.say('deploy', line),
      onNaming: (images: readonly string[]) => parts.record({ images }),
    };
    const push = look.project?.modules.some(({ build }) => build.push === true);
    const references = await journal.stage('deliver', undefined, () =>
      deliver({ ...target, push, ahead }, built, hooks, signal),
    );
    for (const [image, reference] of references) {
      const known = achieved.get(image);
      if (known) achieved.set(image, { ...known, reference });
      if (parts.synced.delete(image)) parts.renewals.set(image, (parts.renewals.get(image) ?? 0) + 1);
    }
  } catch (error) {
    for (const image of images) achieved.delete(image);
    throw error;
  }
}
