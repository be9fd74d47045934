// A registry's HTTP API on this computer: one request, its refusals explained. (OCI distribution specification 1.1)
import { AppError } from '../../../shared/model/errors';

/** Milliseconds for one answer. */
const limit = 15_000;

/** All kinds of manifests that Docker and OCI know. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export interface RegistryApi {
  /**
   * Any answer of the registry, also a refusal, its body still to be read.
   * @param path such as `/v2/_catalog`
   * Throws `registry-unreachable` when there is none.
   */
  ask(path: string, request?: { method?: string; accept?: string[]; type?: string; body?: string }): Promise<Response>;
  /** The JSON of an answer; undefined for 404. Throws `registry-unreachable` for any other refusal. */
  json<Body>(path: string, accept?: string[]): Promise<{ body: Body; headers: Headers } | undefined>;
}

/** @param base such as `http://127.0.0.1:5001` */
export function registryApi(base: string, name: string, signal: AbortSignal): RegistryApi {
  async function ask(path: string, request: Parameters<RegistryApi['ask']>[1] = {}): Promise<Response> {
    const { method = 'GET', accept, type, body } = request;
    const headers = { ...(accept && { accept: accept.join(', ') }), ...(type && { 'content-type': type }) };
    try {
      return await fetch(base + path, {
        method,
        headers,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      signal.throwIfAborted();
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw unreachable(name, base, cause instanceof Error ? cause.message : String(cause));
    }
  }
  return {
    ask,
    async json(path, accept) {
      const response = await ask(path, accept && { accept });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      const text = await response.text();
      if (!response.ok) throw unreachable(name, base, `HTTP ${response.status}: ${text.slice(0, 500)}`);
      return { body: JSON.parse(text), headers: response.headers };
    },
  };
}

export function unreachable(name: string, at: string, why: string): AppError {
  return new AppError('registry-unreachable', `The registry ${name} does not answer at ${at}`, {
    params: { name, address: at },
    detail: why,
    hints: [
      {
        text: `Start it with: boathouse registry start ${name}`,
        action: { call: 'registry.start', input: { name } },
      },
    ],
  });
}
