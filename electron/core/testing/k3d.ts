// For tests: clusters as k3d makes them, from its own labels, names, mounts and networks (k3d 5.9), with a stand-in for k3s in them.
import type Docker from 'dockerode';
import type { Engine } from '../engine/engine';
import { statusOf } from '../engine/failures';
import { testImage } from '../engine/testing';
import { ensureK3sImage, k3sImage } from './k3s/image';

export interface K3dRequest {
  name: string;
  servers: number;
  agents: number;
  /** Host port of the API. */
  port: number;
}

const token = 'k3dTokenForTests12345';

/** Makes and starts it, in k3d's order. Resolves when every node has said that it is ready. */
export async function makeK3dCluster(engine: Engine, request: K3dRequest): Promise<void> {
  await ensureK3sImage(engine);
  await removeK3dCluster(engine, request.name);
  const { docker } = engine;
  const network = await docker.createNetwork({
    Name: `k3d-${request.name}`,
    Driver: 'bridge',
    Labels: { app: 'k3d' },
    Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'true' },
  });
  await docker.createVolume({
    Name: `k3d-${request.name}-images`,
    Labels: { app: 'k3d', 'k3d.cluster': request.name },
  });
  for (const body of bodies(request, network.id)) {
    const container = await docker.createContainer(body);
    await container.start();
    await said(
      container,
      body.Labels?.['k3d.role'] === 'agent' ? 'Successfully registered' : /is up and running|worker processes/,
    );
  }
}

function bodies(request: K3dRequest, networkId: string): Docker.ContainerCreateOptions[] {
  const { name, servers, agents, port } = request;
  const lines: Docker.ContainerCreateOptions[] = [];
  for (let index = 0; index < servers; index += 1) {
    const first = index === 0;
    const several = servers > 1;
    lines.push({
      ...body(request, networkId, 'server', index, {
        'k3d.server.api.host': '0.0.0.0',
        'k3d.server.api.hostIP': '0.0.0.0',
        'k3d.server.api.port': String(port),
        ...(several && { 'k3d.server.init': String(first) }),
      }),
      Cmd: [
        'server',
        ...(first && several ? ['--cluster-init'] : []),
        '--tls-san',
        '0.0.0.0',
        '--tls-san',
        `k3d-${name}-serverlb`,
      ],
      Env: environment(first ? undefined : name),
    });
  }
  for (let index = 0; index < agents; index += 1) {
    lines.push({ ...body(request, networkId, 'agent', index), Cmd: ['agent'], Env: environment(name) });
  }
  const balancer = body(request, networkId, 'loadbalancer', -1);
  const relay = `echo start worker processes; exec socat TCP4-LISTEN:6443,fork,reuseaddr TCP4:k3d-${name}-server-0:6443`;
  return [
    ...lines,
    {
      ...balancer,
      Entrypoint: ['sh', '-c', relay],
      Cmd: [],
      ExposedPorts: { '6443/tcp': {} },
      HostConfig: {
        ...balancer.HostConfig,
        PortBindings: { '6443/tcp': [{ HostIp: '0.0.0.0', HostPort: String(port) }] },
      },
    },
  ];
}

function environment(joins: string | undefined): string[] {
  return [
    ...(joins ? [`K3S_URL=https://k3d-${joins}-server-0:6443`] : []),
    `K3S_TOKEN=${token}`,
    'K3S_KUBECONFIG_OUTPUT=/output/kubeconfig.yaml',
  ];
}

function body(
  { name }: K3dRequest,
  networkId: string,
  role: 'server' | 'agent' | 'loadbalancer',
  index: number,
  labels: Record<string, string> = {},
): Docker.ContainerCreateOptions {
  const node = role === 'loadbalancer' ? `k3d-${name}-serverlb` : `k3d-${name}-${role}-${index}`;
  return {
    name: node,
    Hostname: node,
    Image: k3sImage,
    Labels: {
      app: 'k3d',
      'k3d.version': 'v5.9.0',
      'k3d.role': role,
      'k3d.cluster': name,
      'k3d.cluster.url': `https://k3d-${name}-server-0:6443`,
      'k3d.cluster.token': token,
      'k3d.cluster.imageVolume': `k3d-${name}-images`,
      'k3d.cluster.network': `k3d-${name}`,
      'k3d.cluster.network.id': networkId,
      'k3d.cluster.network.external': 'false',
      'k3d.cluster.start.hostaliases': JSON.stringify([{ ip: '192.0.2.7', hostnames: ['db.test'] }]),
      'k3d.server.loadbalancer': `k3d-${name}-serverlb`,
      ...labels,
    },
    HostConfig: {
      Init: true,
      Privileged: true,
      UsernsMode: 'host',
      NetworkMode: 'bridge',
      Tmpfs: { '/run': '', '/var/run': '' },
      Binds: [`k3d-${name}-images:/k3d/images`],
      RestartPolicy: { Name: 'unless-stopped' },
    },
    NetworkingConfig: { EndpointsConfig: { [`k3d-${name}`]: {} } },
  };
}

/** A registry as k3d makes it: with a cluster, or for several (`cluster` empty); in the default network and then in others. */
export async function makeK3dRegistry(
  engine: Engine,
  name: string,
  cluster: string,
  networks: string[],
): Promise<string> {
  const container = await engine.docker.createContainer({
    name,
    Hostname: name,
    Image: testImage,
    Cmd: ['sleep', '3600'],
    Labels: {
      app: 'k3d',
      'k3d.version': 'v5.9.0',
      'k3d.role': 'registry',
      'k3d.cluster': cluster,
      'k3d.registry.host': '',
    },
    HostConfig: { Init: true, RestartPolicy: { Name: 'unless-stopped' }, NetworkMode: 'bridge' },
  });
  await container.start();
  for (const network of networks) await engine.docker.getNetwork(network).connect({ Container: container.id });
  return container.id;
}

/** Whatever there is of a cluster of this name, whoever made it. */
export async function removeK3dCluster(engine: Engine, name: string): Promise<void> {
  // Containers of ports carry only our label.
  const labels = [`k3d.cluster=${name}`, `dev.boathouse.cluster=${name}`];
  const found = await Promise.all(
    labels.map((label) => engine.docker.listContainers({ all: true, filters: { label: [label] } })),
  );
  await Promise.all(found.flat().map(({ Id }) => engine.docker.getContainer(Id).remove({ force: true, v: true })));
  await engine.docker.getVolume(`k3d-${name}-images`).remove().catch(unlessGone);
  await engine.docker.getNetwork(`k3d-${name}`).remove().catch(unlessGone);
}

export function unlessGone(error: unknown): void {
  if (statusOf(error) !== 404) throw error;
}

/** Resolves when the container has logged the words since it was made. */
export async function said(container: Docker.Container, words: string | RegExp): Promise<void> {
  const log = await container.logs({ follow: true, stdout: true, stderr: true });
  let text = '';
  for await (const chunk of log as unknown as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.match(words)) return;
  }
  throw new Error(`it ended without having said ${words}:\n${text}`);
}
