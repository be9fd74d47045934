// The calls about private registries of a cluster: accounts and authorities.
import { accessOf } from '../access/read';
import { signIn, signOut } from '../access/sign-in';
import { distrust, trust } from '../access/trust';
import type { Wiring } from './wiring';

export function accessCalls({ api: { access: api }, lasting, parts: { clusters, connection } }: Wiring) {
  return api.router({
    of: api.of.handler(({ input, signal }) => accessOf(clusters, input.cluster, lasting(signal))),
    known: api.known.handler(async ({ signal }) => {
      const { credentials } = await connection.engine(signal);
      return (await credentials?.registries(signal)) ?? [];
    }),
    signIn: api.signIn.handler(({ input }) => signIn(clusters, input)),
    signOut: api.signOut.handler(({ input }) => signOut(clusters, input.cluster, input.registry)),
    trust: api.trust.handler(({ input }) => trust(clusters, input)),
    distrust: api.distrust.handler(({ input }) => distrust(clusters, input.cluster, input.fingerprint)),
  });
}
