// Freeing what no tag of our registry needs: first manifests that lost their tag, then, while it stands still, their blobs.
import { AppError } from '../../../shared/model/errors';
import type { ClusterDependencies } from '../clusters/dependencies';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { explained } from '../engine/failures';
import type { StepContext } from '../operations/operation';
import { digestsInUse } from './browse';
import { startContainer } from './create';
import { registryData } from './labels';
import { apiOf, waitForRegistry } from './reach';
import { findRegistry, refuseForeign } from './read';
import type { RecognisedRegistry } from './recognise';
import { begin, step, stopContainer } from './run';

const repositoriesFolder = `${registryData}/docker/registry/v2/repositories`;

/** Throws `not-found`, `not-possible` for a registry that others made, `registry-unreachable` for one that does not run. */
export async function collectGarbage(dependencies: ClusterDependencies, name: string | undefined) {
  const engine = await dependencies.engine();
  const registry = await findRegistry(engine, name);
  refuseForeign(registry, 'cleaned');
  apiOf(engine, registry, AbortSignal.timeout(1000));
  return begin(
    dependencies,
    engine,
    registry.name,
    [step('registry-untagged', 'Looking for what no tag names'), (context) => dropUntagged(engine, registry, context)],
    [
      step('registry-collect', 'Freeing its disk space', 'registry garbage-collect', ['registry-untagged']),
      (context) => freeBlobs(engine, registry, context),
    ],
  );
}

/** Bytes on the engine's disk. Throws `registry-unreachable` when it does not run. */
export async function registryUsage(dependencies: ClusterDependencies, name: string | undefined, signal: AbortSignal) {
  const engine = await dependencies.engine(signal);
  const registry = await findRegistry(engine, name, signal);
  apiOf(engine, registry, signal);
  return { bytes: await usedBytes(engine, registry.name, signal) };
}

async function usedBytes(engine: Engine, container: string, signal: AbortSignal): Promise<number> {
  const { stdout } = await execOrThrow(engine, container, ['du', '-sk', registryData], { signal, privileged: false });
  return Number.parseInt(stdout, 10) * 1024;
}

/**
 * distribution 2's own `--delete-untagged` also takes the platforms that an index names (distribution#3178), so manifests are found here:
 * all that the store has, without those that tags need.
 */
async function dropUntagged(engine: Engine, registry: RecognisedRegistry, { signal, log, progress }: StepContext) {
  const api = apiOf(engine, registry, signal);
  const find = ['find', repositoriesFolder, '-path', '*/_manifests/revisions/sha256/*', '-name', 'link'];
  const { stdout, exitCode } = await execOrThrow(engine, registry.name, find, { signal, privileged: false }).catch(
    emptyStore,
  );
  if (exitCode !== 0) return;
  const stored = revisionsIn(stdout);
  let dropped = 0;
  for (const [index, [repository, digests]] of [...stored].entries()) {
    progress(index / stored.size, repository);
    const used = await digestsInUse(api, repository);
    for (const digest of digests.filter((one) => !used.has(one))) {
      const answer = await api.ask(`/v2/${repository}/manifests/${digest}`, { method: 'DELETE' });
      await answer.body?.cancel();
      if (answer.ok) dropped += 1;
    }
  }
  log(`${dropped} images without a tag`);
}

/** Before the first push there is no such folder. */
function emptyStore(error: unknown) {
  if (error instanceof AppError && /no such file/i.test(error.detail ?? '')) return { stdout: '', exitCode: 1 };
  throw error;
}

/** Digests by repository, from paths of the store. */
export function revisionsIn(paths: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const pattern = /\/v2\/repositories\/(.+)\/_manifests\/revisions\/sha256\/([0-9a-f]{64})\/link$/;
  for (const line of paths.split('\n')) {
    const [, repository, hash] = pattern.exec(line.trim()) ?? [];
    if (repository) found.set(repository, [...(found.get(repository) ?? []), `sha256:${hash}`]);
  }
  return found;
}

/** distribution: an upload during the collection could lose its blobs, so the registry is stopped for it, and comes back in any case. */
async function freeBlobs(engine: Engine, registry: RecognisedRegistry, { signal, log, undo }: StepContext) {
  const before = await usedBytes(engine, registry.name, signal);
  undo(`${registry.name} runs`, (within) => startContainer(engine, within, registry.name));
  await stopContainer(engine, registry.name, signal);
  await runCollector(engine, registry, signal);
  await startContainer(engine, signal, registry.name);
  await waitForRegistry(engine, registry, signal);
  const freed = Math.max(0, before - (await usedBytes(engine, registry.name, signal)));
  log(`freed ${Math.round(freed / 1024)} KiB`);
}

/** The image's own program with the image's own configuration, on the registry's volume. */
async function runCollector(engine: Engine, registry: RecognisedRegistry, signal: AbortSignal): Promise<void> {
  const { Config } = await explained(() =>
    engine.docker.getContainer(registry.containerId).inspect({ abortSignal: signal }),
  );
  // distribution 2: /etc/docker/registry/config.yml; 3: /etc/distribution/config.yml; always the last word of the command.
  const configuration = Config.Cmd?.at(-1) ?? '/etc/docker/registry/config.yml';
  const container = await explained(() =>
    engine.docker.createContainer({
      Image: Config.Image,
      Cmd: ['garbage-collect', configuration],
      Env: Config.Env,
      HostConfig: { NetworkMode: 'none', VolumesFrom: [registry.containerId] },
    }),
  );
  try {
    const ended = container.wait({ condition: 'next-exit', abortSignal: signal });
    ended.catch(() => {});
    await explained(() => container.start({ abortSignal: signal }));
    const { StatusCode } = (await explained(() => ended)) as { StatusCode: number };
    if (StatusCode === 0) return;
    const output = await explained(() => container.logs({ stdout: true, stderr: true, abortSignal: signal }));
    throw new AppError('exec-failed', `The garbage collection failed with exit code ${StatusCode}`, {
      params: { command: 'registry garbage-collect', exitCode: StatusCode },
      detail: output.toString('utf8').slice(-4000),
    });
  } finally {
    await container.remove({ force: true }).catch(() => {});
  }
}
