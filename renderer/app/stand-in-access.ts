// The stand-in's part about private registries, and samples of what clusters sign in with.
import type { Client } from '../../shared/contract';
import type { Access } from '../../shared/model/access';

export const sampleAccess: Record<string, Access> = {
  shop: {
    signIns: [
      { registry: 'ghcr.io', account: 'ana', way: 'kubelet', namespaces: [] },
      { registry: 'registry.corp:5000', account: 'build', way: 'secret', namespaces: ['default', 'web'] },
    ],
    certificates: [
      { fingerprint: '3fa9'.padEnd(64, '0'), subject: 'Corp Root CA', expires: '2034-05-01T00:00:00.000Z' },
    ],
  },
};

/** The calls; `enter` fails those that are to fail. */
export function accessStandIn(
  world: { access: Record<string, Access> },
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['access'] {
  return {
    of: async ({ cluster }) => {
      enter('access.of');
      return world.access[cluster] ?? { signIns: [], certificates: [] };
    },
    known: async () => ['docker.io', 'ghcr.io'],
    signIn: async (input) => started('access.signIn', input),
    signOut: async (input) => started('access.signOut', input),
    trust: async (input) => started('access.trust', input),
    distrust: async (input) => started('access.distrust', input),
  };
}
