// Our local registry: its name, its labels, its place on the engine's disk.

/** Also the name of its volume. */
export const registryName = 'boathouse-registry';

/** Port inside the container. (distribution: the default) */
export const registryPort = 5000;

/** kind's documentation takes it; 5000 is AirPlay's on macOS. */
export const usualHostPort = 5001;

export const registryLabels = {
  /** On containers and volumes: `registry`. */
  role: 'dev.boathouse.role',
  /** Port on this computer: on the container, which tells none while it is stopped, and on the volume, for a registry made anew. */
  port: 'dev.boathouse.registry-port',
  version: 'dev.boathouse.version',
} as const;

/** distribution: both major versions keep images here. */
export const registryData = '/var/lib/registry';
