// For tests: surroundings in which all is well, to change what a test is about.
import type { Engine } from '../../engine/engine';
import type { Finding, Surroundings } from '../check';
import type { Computer } from '../computer';
import type { EngineFacts } from '../engine-facts';

const gibibyte = 1024 ** 3;

/** A quiet computer with an engine of its own. */
export const healthyComputer: Computer = {
  platform: 'linux',
  kernel: '6.1.0',
  memory: () => ({ total: 16 * gibibyte, free: 12 * gibibyte }),
  freeDisk: async () => 100 * gibibyte,
  kernelSetting: async (name) => (name.endsWith('instances') ? 8192 : 1_048_576),
  routes: async () => [{ device: 'eth0', subnet: '192.168.1.0/24' }],
  isTaken: async () => false,
  answers: async () => false,
  listener: async () => undefined,
};

export const healthyFacts: EngineFacts = {
  rootDirectory: '/var/lib/docker',
  here: true,
  clock: { ahead: 3, uncertainty: 10 },
  proxies: { http: '', https: '' },
  forwarding: true,
  limits: true,
};

const info: Engine['info'] = {
  version: '28.5.2',
  apiVersion: '1.51',
  operatingSystem: 'Debian GNU/Linux 12',
  architecture: 'x86_64',
  cpus: 4,
  memory: 16 * gibibyte,
  cgroupVersion: '2',
  rootless: false,
  containerdStore: false,
};

/** What the engine lists; nothing unless told otherwise. */
export interface Listed {
  containers?: unknown[];
  networks?: unknown[];
  volumes?: unknown[];
  images?: unknown[];
}

export function engineThatLists(listed: Listed = {}, change: Partial<Engine['info']> = {}): Engine {
  const docker = {
    listContainers: async () => listed.containers ?? [],
    listNetworks: async () => listed.networks ?? [],
    listVolumes: async () => ({ Volumes: listed.volumes ?? [] }),
    listImages: async () => listed.images ?? [],
  };
  return {
    docker: docker as unknown as Engine['docker'],
    endpoint: { host: 'unix:///var/run/docker.sock', source: 'socket' },
    info: { ...info, ...change },
  };
}

type Change = Partial<Omit<Surroundings, 'computer' | 'facts'>> & {
  computer?: Partial<Computer>;
  facts?: Partial<EngineFacts>;
};

export function surroundingsWith({ computer, facts, ...change }: Change = {}): Surroundings {
  const engine = change.engine ?? engineThatLists();
  return {
    engineState: { state: 'connected', endpoint: engine.endpoint, info: engine.info },
    engine,
    facts: { ...healthyFacts, ...facts },
    computer: { ...healthyComputer, ...computer },
    inside: async () => undefined,
    clusters: [],
    entries: [],
    journal: { end: async () => {} } as unknown as Surroundings['journal'],
    kubeconfig: {
      environment: {},
      homeDirectory: '/nonexistent',
      platform: 'linux',
      directories: { state: '/nonexistent/state' },
    },
    proxies: async () => ({}),
    diskBudget: 0,
    taken: async () => [],
    cleanup: async () => {},
    stop: async () => {},
    signal: new AbortController().signal,
    ...change,
  };
}

/** `code: evidence` of each finding. */
export function said(findings: readonly Finding[]): string[] {
  return findings.map(({ check }) => `${check.verdict} ${check.code}: ${check.evidence}`);
}
