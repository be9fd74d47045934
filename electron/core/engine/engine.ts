// The Docker Engine once it answers: its client, where it is, and what it can do.
import type Docker from 'dockerode';
import { z } from 'zod';
import type { EngineEndpoint, EngineInfo } from '../../../shared/model/engine';
import { AppError } from '../../../shared/model/errors';
import { createClient, type EngineConnectionOptions, getJson } from './client';
import type { RegistryCredentials } from './credentials';

export interface Engine {
  docker: Docker;
  endpoint: EngineEndpoint;
  info: EngineInfo;
  /** Folder of its own data where it keeps images in the classic store on overlay2: they can be read there. */
  overlayRoot?: string;
  /** Folder of the blobs of the containerd image store, where it is usually kept. */
  blobsFolder?: string;
  /** Where credentials for registries come from; without them pulls are anonymous. */
  credentials?: RegistryCredentials;
}

/** The oldest API that has private cgroup namespaces (Docker 20.10), and the newest whose fields are known here. */
const oldestApi = '1.41';
const newestApi = '1.51';

const versionSchema = z.object({
  Version: z.string(),
  ApiVersion: z.string(),
  MinAPIVersion: z.string().optional(),
  Os: z.string().optional(),
  Arch: z.string().optional(),
});
export type EngineVersion = z.infer<typeof versionSchema>;

const infoSchema = z.object({
  OSType: z.string().optional(),
  OperatingSystem: z.string().default(''),
  Architecture: z.string().default(''),
  NCPU: z.number().default(0),
  MemTotal: z.number().default(0),
  CgroupVersion: z.string().optional(),
  SecurityOptions: z.array(z.string()).nullish(),
  Driver: z.string().optional(),
  DriverStatus: z.array(z.array(z.string())).nullish(),
  DockerRootDir: z.string().optional(),
  /** API 1.46. */
  Containerd: z.object({ Address: z.string().optional() }).nullish(),
});
export type EngineDetails = z.infer<typeof infoSchema>;

/**
 * Asks an endpoint who it is (`GET /version`, `GET /info`) and gives the engine bound to an API version that both sides know.
 * @throws AppError `engine-unsupported` for an API older than 1.41 or Windows containers; errors of the connection as they are
 */
export async function openEngine(
  endpoint: EngineEndpoint,
  connection: EngineConnectionOptions,
  signal: AbortSignal,
): Promise<Engine> {
  const probe = createClient(connection);
  const version = versionSchema.parse(await getJson(probe, '/version', signal));
  const apiVersion = negotiateApi(version);
  const docker = createClient({ ...connection, version: `v${apiVersion}` });
  const details = infoSchema.parse(await getJson(docker, '/info', signal));
  const info = describeEngine(version, details);
  return { docker, endpoint, info, ...storeOf(details, info) };
}

/** Where the engine keeps its images. An engine that runs a containerd of its own keeps that in its folder. (moby: libcontainerd/supervisor) */
export function storeOf(
  { Driver, DockerRootDir: root = '', Containerd }: EngineDetails,
  { containerdStore }: Pick<EngineInfo, 'containerdStore'>,
): Pick<Engine, 'overlayRoot' | 'blobsFolder'> {
  if (!root.startsWith('/')) return {};
  if (!containerdStore) return Driver === 'overlay2' ? { overlayRoot: root } : {};
  const own = /\/docker\/containerd\/[^/]*$/.test(Containerd?.Address ?? '');
  const folder = own ? `${root}/containerd/daemon` : '/var/lib/containerd';
  return { blobsFolder: `${folder}/io.containerd.content.v1.content/blobs/sha256` };
}

/**
 * The API version to speak: the engine's own, but none that is newer than what is known here, unless it speaks only those.
 * @throws AppError `engine-unsupported` when the engine is older than Docker 20.10
 */
export function negotiateApi(version: EngineVersion): string {
  if (compareApi(version.ApiVersion, oldestApi) < 0) {
    throw new AppError('engine-unsupported', `Docker ${version.Version} is too old`, {
      params: { version: version.Version, apiVersion: version.ApiVersion },
      detail: `The engine speaks API ${version.ApiVersion}; ${oldestApi} (Docker 20.10) or newer is needed.`,
      hints: [{ text: 'Update Docker to 20.10 or newer.', url: 'https://docs.docker.com/engine/install/' }],
    });
  }
  if (compareApi(version.ApiVersion, newestApi) <= 0) return version.ApiVersion;
  const oldestOfEngine = version.MinAPIVersion ?? oldestApi;
  return compareApi(oldestOfEngine, newestApi) > 0 ? oldestOfEngine : newestApi;
}

/**
 * What is kept of `/version` and `/info`.
 * @throws AppError `engine-unsupported` when the engine runs Windows containers
 */
export function describeEngine(version: EngineVersion, details: EngineDetails): EngineInfo {
  const system = details.OSType ?? version.Os ?? 'linux';
  if (system !== 'linux') {
    throw new AppError('engine-unsupported', `The Docker Engine runs ${system} containers`, {
      params: { version: version.Version, system },
      hints: [{ text: 'Switch Docker to Linux containers: Kubernetes nodes are Linux containers.' }],
    });
  }
  return {
    version: version.Version,
    apiVersion: version.ApiVersion,
    operatingSystem: details.OperatingSystem,
    architecture: details.Architecture || (version.Arch ?? ''),
    cpus: details.NCPU,
    memory: details.MemTotal,
    // Engines on cgroup v1 may leave the field out.
    cgroupVersion: details.CgroupVersion === '2' ? '2' : '1',
    rootless: (details.SecurityOptions ?? []).some((option) => option.split(',').includes('name=rootless')),
    containerdStore: (details.DriverStatus ?? []).some(
      ([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1',
    ),
  };
}

/** Negative when `left` is older than `right`; versions are `major.minor`. */
export function compareApi(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}
