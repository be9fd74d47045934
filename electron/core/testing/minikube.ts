// For tests: clusters as minikube's docker driver makes them (minikube 1.38), with a stand-in for Kubernetes in them, and its files.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine';
import { said, unlessGone } from './k3d';
import { ensureK3sImage, k3sImage } from './k3s/image';

/** The API server of the stand-in hears 6443, a minikube machine's 8443. */
const command =
  'socat TCP4-LISTEN:8443,fork,reuseaddr TCP4:127.0.0.1:6443 & mkdir -p /etc/kubernetes; exec /bin/k3s server --tls-san 127.0.0.1';

/** Makes and starts the machines `profile`, `profile-m02` ... Only the first serves an API. */
export async function makeMinikubeCluster(engine: Engine, profile: string, machines: number): Promise<void> {
  await ensureK3sImage(engine);
  await removeMinikubeCluster(engine, profile);
  const { docker } = engine;
  const created = { 'created_by.minikube.sigs.k8s.io': 'true' };
  await docker.createNetwork({
    Name: profile,
    Driver: 'bridge',
    Labels: { ...created, 'name.minikube.sigs.k8s.io': profile },
  });
  for (let index = 1; index <= machines; index += 1) {
    const machine = index === 1 ? profile : `${profile}-m0${index}`;
    const named = { ...created, 'name.minikube.sigs.k8s.io': machine };
    await docker.createVolume({ Name: machine, Labels: named });
    const container = await docker.createContainer({
      name: machine,
      Hostname: machine,
      Image: k3sImage,
      Tty: true,
      Entrypoint: ['sh', '-c', index === 1 ? command : `K3S_URL=https://${profile}:6443 exec /bin/k3s agent`],
      Cmd: [],
      Env: ['container=docker', 'K3S_TOKEN=minikube', 'K3S_KUBECONFIG_OUTPUT=/etc/kubernetes/admin.conf'],
      Labels: { ...named, 'mode.minikube.sigs.k8s.io': machine, 'role.minikube.sigs.k8s.io': '' },
      ExposedPorts: { '8443/tcp': {}, '22/tcp': {} },
      HostConfig: {
        Privileged: true,
        Tmpfs: { '/tmp': '', '/run': '' },
        Binds: [`${machine}:/var`, '/lib/modules:/lib/modules:ro'],
        NetworkMode: profile,
        PortBindings: {
          '8443/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
          '22/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }],
        },
      },
      NetworkingConfig: { EndpointsConfig: { [profile]: {} } },
    });
    await container.start();
    if (index === 1) await said(container, 'k3s is up and running');
  }
}

export async function removeMinikubeCluster(engine: Engine, profile: string): Promise<void> {
  const filters = { network: [profile] };
  const networks = await engine.docker.listNetworks({ filters: { name: [`^${profile}$`] } });
  const containers = networks.length === 0 ? [] : await engine.docker.listContainers({ all: true, filters });
  await Promise.all(containers.map(({ Id }) => engine.docker.getContainer(Id).remove({ force: true, v: true })));
  const { Volumes } = await engine.docker.listVolumes({ filters: { label: ['created_by.minikube.sigs.k8s.io=true'] } });
  const own = (Volumes ?? []).filter(({ Name }) => Name === profile || Name.startsWith(`${profile}-m`));
  await Promise.all(own.map(({ Name }) => engine.docker.getVolume(Name).remove().catch(unlessGone)));
  await engine.docker.getNetwork(profile).remove().catch(unlessGone);
}

/** The files that minikube keeps of a profile, below its home. */
export async function writeProfile(home: string, profile: string, machines: number): Promise<void> {
  const nodes = Array.from({ length: machines }, (_, index) => ({
    Name: index === 0 ? '' : `m0${index + 1}`,
    ControlPlane: index === 0,
    Worker: true,
  }));
  const config = {
    Name: profile,
    Driver: 'docker',
    APIServerPort: 8443,
    KubernetesConfig: { KubernetesVersion: 'v1.20.2', ClusterName: profile, ContainerRuntime: 'containerd' },
    Nodes: nodes,
  };
  await mkdir(join(home, 'profiles', profile), { recursive: true });
  await writeFile(join(home, 'profiles', profile, 'config.json'), JSON.stringify(config));
  await writeFile(join(home, 'profiles', profile, 'client.key'), 'key');
  for (const { Name } of nodes) {
    const machine = Name === '' ? profile : `${profile}-${Name}`;
    await mkdir(join(home, 'machines', machine), { recursive: true });
    await writeFile(join(home, 'machines', machine, 'config.json'), '{}');
  }
}
