// The container of our local registry, as the Docker API is asked for it.
import type Docker from 'dockerode';
import { registryData, registryLabels, registryName, registryPort } from './labels';

/**
 * The body of `POST /containers/create`: reached from this computer only, back after the engine restarts unless it was stopped, its
 * images in a volume with a name.
 */
export function registryContainer(request: {
  image: string;
  port: number;
  version: string;
}): Docker.ContainerCreateOptions {
  const { image, port, version } = request;
  const inside = `${registryPort}/tcp`;
  return {
    name: registryName,
    Hostname: registryName,
    Image: image,
    // distribution: tags can be deleted only when it is told so.
    Env: ['REGISTRY_STORAGE_DELETE_ENABLED=true', 'OTEL_TRACES_EXPORTER=none'],
    Labels: {
      [registryLabels.role]: 'registry',
      [registryLabels.port]: String(port),
      [registryLabels.version]: version,
    },
    ExposedPorts: { [inside]: {} },
    HostConfig: {
      RestartPolicy: { Name: 'unless-stopped' },
      PortBindings: { [inside]: [{ HostIp: '127.0.0.1', HostPort: String(port) }] },
      Mounts: [{ Type: 'volume', Source: registryName, Target: registryData }],
    },
  };
}
