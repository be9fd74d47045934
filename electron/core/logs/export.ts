// Everything that helps to understand a cluster, in one archive, without secrets; what could not be had is named in it.
import { setMaxListeners } from 'node:events';
import { containersOf } from '../../../shared/model/cluster';
import { hasEnded } from '../../../shared/model/operation';
import { connectAsAdmin } from '../clusters/admin';
import { findCluster } from '../clusters/find';
import { checkAll } from '../diagnostics/doctor';
import type { Kube } from '../kube/connect';
import type { Parts } from '../parts';
import { withoutSecrets } from '../redaction/secrets';
import { archiveOf } from './archive';
import { attemptFile, type LogFile, nodeFiles } from './node';
import { objectFiles, secretValues } from './objects';

/** Milliseconds that the API of a cluster that may be broken gets to answer. */
const apiLimit = 5_000;

/**
 * The bytes of a tar.gz, as they come. Files of nodes lie where `kind export logs` puts them (kind 0.33); beside them are `kubernetes`,
 * `operations`, `doctor.json`, `versions.json`, and `missing.txt`. Throws `not-found`, `engine-unreachable`.
 */
export async function* exportLogs(parts: Parts, name: string, asked: AbortSignal): AsyncGenerator<Buffer> {
  // Everything that is read side by side listens to it.
  const signal = AbortSignal.any([asked]);
  setMaxListeners(0, signal);
  const { engine, cluster, provider } = await findCluster(parts.clusters, name);
  const kube = cluster.state === 'running' || cluster.state === 'degraded' ? await connected() : undefined;
  const known = kube
    ? await secretValues(kube, AbortSignal.any([signal, AbortSignal.timeout(apiLimit)])).catch(() => [])
    : [];

  async function connected(): Promise<Kube | undefined> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(apiLimit)]);
    try {
      const connection = await connectAsAdmin(engine, cluster, limited, provider.access);
      await connection.get('/version', limited);
      return connection;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }

  yield* archiveOf(`${name}-logs`, async (add) => {
    const missing: string[] = [];
    const addAll = async (files: AsyncIterable<LogFile>) => {
      for await (const file of files) {
        if ('text' in file) await add(file.path, withoutSecrets(file.text, known));
        else missing.push(`${file.path}: ${file.missing}`);
      }
    };
    if (!kube) missing.push(`kubernetes: the API does not answer; the cluster is ${cluster.state}`);
    await Promise.all([
      ...containersOf(cluster).map((node) => addAll(nodeFiles(engine, node, signal))),
      addAll(coreFiles(parts, name, signal)),
      ...(kube ? [addAll(objectFiles(kube, signal))] : []),
    ]);
    await add('missing.txt', withoutSecrets(missing.map((line) => `${line}\n`).join(''), known));
  });
}

/** What Boathouse itself knows: the cluster, what was done to it, what the doctor says, and which versions these are. */
async function* coreFiles(parts: Parts, name: string, signal: AbortSignal): AsyncGenerator<LogFile> {
  const { clusters, operations, options } = parts;
  yield attemptFile(
    'versions.json',
    async () => {
      const { engine, cluster } = await findCluster(clusters, name);
      return json({ boathouse: options.version, platform: options.platform, engine: engine.info, cluster });
    },
    signal,
  );
  yield attemptFile('doctor.json', async () => json(await checkAll(await parts.surroundings(), [])), signal);
  for (const operation of operations.feed.items().filter(({ subject }) => subject === name)) {
    const { id, kind } = operation;
    yield { path: `operations/${kind}-${id}.json`, text: json(operation) };
    const lines: string[] = [];
    for await (const batch of operations.log(id, 0, signal)) {
      lines.push(...batch.map(({ at, step, text }) => `${new Date(at).toISOString()} ${step}: ${text}\n`));
      if (!hasEnded(operation.state)) break;
    }
    yield { path: `operations/${kind}-${id}.log`, text: lines.join('') };
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
