// `disk.clean`: takes away what was chosen, each kind by the engine's own way, as it is by then.
import type { Cleanup } from '../../../shared/model/disk';
import { pruneCache } from '../caches/usage';
import type { ClusterDependencies } from '../clusters/dependencies';
import { unlessGone } from '../clusters/remove';
import { post } from '../engine/client';
import type { Engine } from '../engine/engine';
import { explained, statusOf } from '../engine/failures';
import type { StepContext } from '../operations/operation';
import { beginOn, step } from '../registry/run';
import { systemDf } from './system-df';
import { candidates, diskOf } from './usage';

const titles: Record<Cleanup, string> = {
  'build-cache': 'Emptying the build cache',
  'untagged-images': 'Removing images without a name',
  'left-volumes': 'Removing what clusters left behind',
  'unused-node-images': 'Removing node images that no cluster uses',
  caches: 'Emptying the caches',
};

const commands: Partial<Record<Cleanup, string>> = {
  'build-cache': 'docker builder prune --all',
  'untagged-images': 'docker image prune',
};

/** Throws `engine-unreachable`. */
export async function diskUsage(dependencies: ClusterDependencies, signal: AbortSignal) {
  const engine = await dependencies.engine(signal);
  const [df, clusters] = await Promise.all([systemDf(engine, signal), dependencies.read(engine, signal)]);
  return diskOf(df, clusters);
}

/** Throws `engine-unreachable`. One after another: they free the same layers. */
export async function cleanDisk(dependencies: ClusterDependencies, wanted: readonly Cleanup[]) {
  const engine = await dependencies.engine();
  const ids = [...new Set(wanted)];
  return beginOn(
    dependencies,
    engine,
    { kind: 'disk', subject: 'disk' },
    ids.map((id, index) => {
      const before = ids[index - 1];
      const planned = step('disk-free', titles[id], commands[id], before ? [`disk-free:${before}`] : []);
      return [{ ...planned, id: `disk-free:${id}` }, (context) => clean(dependencies, engine, id, context)];
    }),
  );
}

async function clean(
  dependencies: ClusterDependencies,
  engine: Engine,
  id: Cleanup,
  { signal, log }: StepContext,
): Promise<void> {
  const { docker } = engine;
  if (id === 'build-cache') {
    // Without `all` the engine keeps what it could build from, and what was promised would not go.
    await explained(() => post(docker, '/build/prune', new URLSearchParams({ all: 'true' }), signal));
    return;
  }
  if (id === 'untagged-images') {
    await explained(() => docker.pruneImages({ filters: { dangling: ['true'] }, abortSignal: signal }));
    return;
  }
  for (const { name } of candidates(await systemDf(engine, signal), id)) {
    signal.throwIfAborted();
    if (id === 'caches') {
      await pruneCache(dependencies, { upstream: name, keep: 0 }, signal);
      log(`emptied ${name}`);
    } else {
      const taken = id === 'left-volumes' ? docker.getVolume(name) : docker.getImage(name);
      const gone = await unlessInUse(() => unlessGone(() => taken.remove({ abortSignal: signal })));
      log(gone ? `removed ${name}` : `${name} is in use by now and stays`);
    }
  }
}

/** 409: something uses it. */
async function unlessInUse(remove: () => Promise<void>): Promise<boolean> {
  try {
    await remove();
    return true;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (statusOf(error) === 409 || statusOf(cause) === 409) return false;
    throw error;
  }
}
