// Volumes in docker's notation, `source:destination[:options]`, with k3d's own names for places in a node.

export interface DockerMount {
  hostPath: string;
  containerPath: string;
  readOnly: boolean;
  propagation: 'None' | 'HostToContainer' | 'Bidirectional';
  selinuxRelabel: boolean;
}

/** k3d 5.9: destinations that can be named instead of written out. */
const places: Record<string, string> = {
  'k3s-storage': '/var/lib/rancher/k3s/storage',
  'k3s-manifests': '/var/lib/rancher/k3s/server/manifests',
  'k3s-manifests-custom': '/var/lib/rancher/k3s/server/manifests/custom',
  'k3s-containerd': '/var/lib/rancher/k3s/agent/etc/containerd/config.toml',
  'k3s-containerd-tmpl': '/var/lib/rancher/k3s/agent/etc/containerd/config.toml.tmpl',
  'k3s-registry-config': '/etc/rancher/k3s/registries.yaml',
};

/** Options that change nothing here: what is default, and what only Docker Desktop of old knew. */
const idle = new Set(['rw', 'rprivate', 'private', 'cached', 'delegated', 'consistent']);

/** The mount that a notation means and options that it cannot have; undefined for a volume of docker's own. */
export function readVolume(text: string): { mount: DockerMount; unknown: string[] } | undefined {
  const [hostPath = '', destination, ...rest] = text.split(/:(?![^{]*\})/);
  if (destination === undefined || !/^[/.~$]/.test(hostPath)) return undefined;
  const options = rest.join(':').split(',').filter(Boolean);
  const mount: DockerMount = {
    hostPath,
    containerPath: places[destination] ?? destination,
    readOnly: options.includes('ro'),
    propagation: options.includes('rshared')
      ? 'Bidirectional'
      : options.includes('rslave')
        ? 'HostToContainer'
        : 'None',
    selinuxRelabel: options.includes('Z'),
  };
  const known = new Set(['ro', 'rshared', 'rslave', 'Z', ...idle]);
  return { mount, unknown: options.filter((option) => !known.has(option)) };
}

export function writeVolume({ hostPath, containerPath, readOnly, propagation, selinuxRelabel }: DockerMount): string {
  const options = [
    ...(readOnly ? ['ro'] : []),
    ...(selinuxRelabel ? ['Z'] : []),
    ...(propagation === 'Bidirectional' ? ['rshared'] : propagation === 'HostToContainer' ? ['rslave'] : []),
  ];
  return [hostPath, containerPath, ...(options.length > 0 ? [options.join()] : [])].join(':');
}

/** Docker's amounts of memory, where every unit counts in 1024s, in Kubernetes' notation; undefined for what is none. */
export function readMemory(text: string): string | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  return unit === '' ? number : `${number}${unit.toUpperCase()}i`;
}
