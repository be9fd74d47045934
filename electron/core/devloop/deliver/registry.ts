// An image pushed to a registry that the cluster pulls from: the one that it names itself (KEP-1755), or that of the image's name.
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../../../../shared/model/errors';
import { postForStream } from '../../engine/client';
import type { Engine } from '../../engine/engine';
import { cancelled, engineFailure } from '../../engine/failures';
import { parseImageReference } from '../../engine/image-reference';
import { readJsonLines } from '../../engine/json-lines';
import type { Kube } from '../../kube/connect';
import { Refusal } from '../../kube/request';
import { loopHint } from '../words';

const hostingSchema = z.object({
  host: z.string(),
  hostFromClusterNetwork: z.string().optional(),
  hostFromContainerRuntime: z.string().optional(),
});
export type RegistryHosting = z.infer<typeof hostingSchema>;

/** What a cluster says of a local registry; undefined where it says nothing. */
export async function hostingOf(kube: Kube, signal: AbortSignal): Promise<RegistryHosting | undefined> {
  const path = '/api/v1/namespaces/kube-public/configmaps/local-registry-hosting';
  try {
    const { data } = await kube.call<{ data?: Record<string, string> }>({ method: 'GET', path }, signal);
    const parsed = hostingSchema.safeParse(parse(data?.['localRegistryHosting.v1'] ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) return undefined;
    throw error;
  }
}

const messageSchema = z.object({
  aux: z.object({ Digest: z.string().optional() }).optional(),
  status: z.string().optional(),
});

/**
 * Pushes a reference with docker's credentials and returns it by digest.
 * Throws `registry-unreachable`, `credentials-refused`, `cancelled`, and what `engineFailure` knows.
 */
export async function pushImage(
  engine: Engine,
  reference: string,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<string> {
  const { name, tag, registry } = parseImageReference(reference);
  let digest: string | undefined;
  try {
    const registryAuth = (await engine.credentials?.authFor(registry, signal)) ?? Buffer.from('{}').toString('base64');
    const stream = await postForStream(
      engine.docker,
      `/images/${name}/push`,
      { tag: tag ?? 'latest' },
      { signal, registryAuth },
    );
    for await (const message of readJsonLines(stream, { signal })) {
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) continue;
      digest = parsed.data.aux?.Digest ?? digest;
      if (parsed.data.status && !/^(Preparing|Waiting|Pushing)$/.test(parsed.data.status)) onLine(parsed.data.status);
    }
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    throw pushFailure(error, registry);
  }
  if (!digest)
    throw new AppError('registry-unreachable', `${registry} did not say what it took`, { params: { registry } });
  return `${name}@${digest}`;
}

function pushFailure(error: unknown, registry: string): AppError {
  const known = engineFailure(error);
  const words = `${known.detail ?? known.message}`;
  if (/unauthorized|denied|authentication required|no basic auth/i.test(words)) {
    return new AppError('credentials-refused', `${registry} does not let images in`, {
      params: { registry },
      detail: words,
      hints: [{ text: `Sign in with: docker login ${registry}` }],
    });
  }
  if (known.code !== 'engine-refused') return known;
  return new AppError('registry-unreachable', `The image could not be pushed to ${registry}`, {
    params: { registry },
    detail: words,
    hints: [loopHint('registry-runs')],
    cause: error,
  });
}
