// A user of the journeys: folders and a kubeconfig of their own, and clusters that are gone when they leave.
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { removeCluster, testEngine, tracesOf } from './engine';

/** A kubeconfig that was there before Boathouse, with what a careless writer would lose. */
const kubeconfigBefore = `# Ask operations before you touch the office.
apiVersion: v1
kind: Config
current-context: office
clusters:
- name: office # only through the VPN
  cluster:
    server: https://office.example:6443
contexts:
- {name: office, context: {cluster: office, user: ana}}
users:
- name: ana
  user:
    token: "0123"
preferences: {}
`;

const kubeconfigSchema = z.object({
  'current-context': z.string().optional(),
  contexts: z.array(z.object({ name: z.string() })),
});

export interface UserHome {
  readonly folder: string;
  /** The environment of the user's programs. */
  readonly environment: NodeJS.ProcessEnv;
  /** The kubeconfig's text as it was at first. */
  readonly kubeconfigBefore: string;
  kubeconfig(): Promise<string>;
  contexts(): Promise<{ current: string | undefined; names: string[] }>;
  /** A cluster's name that nobody else has. Whatever there is by that name when the user leaves is removed. */
  clusterName(word: string): string;
  /** The same for a name that somebody else may have: rejects if so. */
  claim(name: string): Promise<void>;
  leave(): Promise<void>;
}

export async function makeUserHome(): Promise<UserHome> {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-journey-'));
  const file = join(folder, 'kubeconfig');
  const names: string[] = [];
  await mkdir(join(folder, 'home'));
  await writeFile(file, kubeconfigBefore, { mode: 0o600 });
  const kubeconfig = () => readFile(file, 'utf8');
  return {
    folder,
    kubeconfigBefore,
    kubeconfig,
    environment: {
      PATH: process.env.PATH,
      HOME: join(folder, 'home'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      KUBECONFIG: file,
      DOCKER_HOST: testEngine,
    },
    async contexts() {
      const { contexts, 'current-context': current } = kubeconfigSchema.parse(parse(await kubeconfig()));
      return { current, names: contexts.map(({ name }) => name) };
    },
    clusterName(word) {
      const name = `bh-web-${word}-${randomBytes(2).toString('hex')}`;
      names.push(name);
      return name;
    },
    async claim(name) {
      const { containers, networks } = await tracesOf(name);
      if (containers.length + networks.length > 0) throw new Error(`there is a cluster called ${name} already`);
      names.push(name);
    },
    async leave() {
      for (const name of names) await removeCluster(name);
      await rm(folder, { recursive: true });
    },
  };
}
