// The calls about Kubernetes versions.
import { listVersions } from '../clusters/versions';
import type { Wiring } from './wiring';

export function versionsCalls({ api: { versions: api }, lasting, parts: { clusters, connection } }: Wiring) {
  return api.router({
    list: api.list.handler(async ({ input, signal }) =>
      listVersions(await connection.engine(signal), clusters.providers, input?.provider, lasting(signal)),
    ),
  });
}
