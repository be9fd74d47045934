// The engine's own description of our node containers beside those of the real kind.
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeContainer } from './container';
import { engineTraits } from './engine-traits';
import {
  docker,
  type KindRun,
  kindUpToConfiguration,
  lightNodeImage,
  type ThrowAwayImage,
  whatIsMissing,
} from './testing/real-kind';

const missing = await whatIsMissing();
if (missing) console.warn(`containers are not compared with the real kind's: ${missing}`);

const kindCluster = 'bh-cmp-containers';
const ownCluster = 'bh-cmp-own';

/** What a program can tell about a container, without what must differ: names, the port that was free, our labels. */
function description({ Config, HostConfig }: Docker.ContainerInspectInfo) {
  const labels = Object.entries(Config.Labels).filter(([label]) => !label.startsWith('dev.boathouse.'));
  // A variable without a value is one that kind passes on from its own environment, where it has none.
  const env = Config.Env.filter((variable) => variable.includes('='));
  const text = JSON.stringify({
    Config: { ...Config, Env: env.sort(), Labels: Object.fromEntries(labels.sort()) },
    HostConfig: { ...HostConfig, SecurityOpt: [...(HostConfig.SecurityOpt ?? [])].sort() },
  });
  const neutral = text
    .replaceAll(kindCluster, 'cluster')
    .replaceAll(ownCluster, 'cluster')
    .replace(/"HostPort":"\d+"/g, '"HostPort":"some"');
  return JSON.parse(neutral) as unknown;
}

/** kind's without the API's port, which the entrance of ours has. */
function withoutPort(container: Docker.ContainerInspectInfo): Docker.ContainerInspectInfo {
  const Config = { ...container.Config, ExposedPorts: {} };
  const { PortBindings: __, ...HostConfig } = container.HostConfig;
  return { ...container, Config, HostConfig };
}

/** Empty and absent are the same to the engine; the docker program sends more of the empty ones than we do. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]): [string, unknown] => [key, withoutEmpty(field)]);
  const filled = fields.filter(([key, field]) => key === '/var' || !isEmpty(field));
  return Object.fromEntries(filled);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

describe.skipIf(missing)('node containers beside the real kind’s', () => {
  let base: ThrowAwayImage;
  let kind: KindRun;
  const made: Docker.Container[] = [];

  beforeAll(async () => {
    base = await lightNodeImage();
    kind = await kindUpToConfiguration({ name: kindCluster, image: base.reference, workerLabels: {} });
  });
  afterAll(async () => {
    await Promise.all(made.map((container) => container.remove({ force: true, v: true })));
    await base?.remove();
  });

  test.each(['control-plane', 'worker'] as const)('%s', async (role) => {
    const body = nodeContainer({
      cluster: ownCluster,
      node: { name: `${ownCluster}-${role}`, role, address: '172.18.200.2' },
      image: base.reference,
      network: 'kind',
      engine: engineTraits((await docker.info()) as Parameters<typeof engineTraits>[0]),
      proxyEnvironment: [],
      facts: { version: '0.0.0' },
    });
    const container = await docker.createContainer(body);
    made.push(container);
    const theirs = kind.containers.find(({ Name }) => Name === `/${kindCluster}-${role}`);
    if (!theirs) throw new Error(`kind made no ${role}`);
    expect(withoutEmpty(description(await container.inspect()))).toEqual(
      withoutEmpty(description(withoutPort(theirs))),
    );
  });
});
