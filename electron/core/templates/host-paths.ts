// Paths of this computer that a template names: what they mean, and whether there is anything.
import { stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { ClusterTemplate } from '../../../shared/model/template';
import type { Finding } from '../../../shared/model/template/rules';

export interface PathBase {
  homeDirectory: string;
  platform: NodeJS.Platform;
  /** Folder of the template's file; absent for a template that comes from no file. */
  folder?: string | undefined;
}

/**
 * The absolute path that a template means by `~`, `~/code`, `${HOME}/code`, `./data` or a path that is absolute already;
 * undefined for a relative path in a template that comes from no file.
 */
export function hostPath(path: string, base: PathBase): string | undefined {
  const { isAbsolute, normalize, resolve } = base.platform === 'win32' ? win32 : posix;
  const meant = path.replace(/^~(?=$|[/\\])/, () => base.homeDirectory).replaceAll('${HOME}', () => base.homeDirectory);
  if (isAbsolute(meant)) return normalize(meant);
  return base.folder === undefined ? undefined : resolve(base.folder, meant);
}

/**
 * The template with absolute paths in place of those that are written, for what reads them. To be called with paths that
 * `missingPaths` has nothing against.
 */
export function withAbsolutePaths(template: ClusterTemplate, base: PathBase): ClusterTemplate {
  const absolute = (path: string) => hostPath(path, base) ?? path;
  const mounted = <Mount extends { hostPath: string }>(mount: Mount) => ({
    ...mount,
    hostPath: absolute(mount.hostPath),
  });
  const filed = <Entry extends object>(entry: Entry) =>
    'file' in entry ? { ...entry, file: absolute(String(entry.file)) } : entry;
  const { spec } = template;
  return {
    ...template,
    spec: {
      ...spec,
      nodes: spec.nodes.map((pool) => ({ ...pool, mounts: pool.mounts.map(mounted) })),
      mounts: spec.mounts.map(mounted),
      manifests: spec.manifests.map(filed),
      certificates: spec.certificates.map(filed),
    },
  };
}

interface NamedPath {
  path: (string | number)[];
  hostPath: string;
  /** Mounts may be folders and devices; manifests and certificates are read. */
  kind: 'mount' | 'file';
}

/** Every path of this computer in a template, with its place in the spec. */
function namedPaths({ spec }: ClusterTemplate): NamedPath[] {
  const file = (list: readonly object[], name: string) =>
    list.flatMap((entry, index): NamedPath[] =>
      'file' in entry ? [{ path: [name, index, 'file'], hostPath: String(entry.file), kind: 'file' }] : [],
    );
  const mount = (list: readonly { hostPath: string }[], above: (string | number)[]) =>
    list.map(
      (entry, index): NamedPath => ({
        path: [...above, 'mounts', index, 'hostPath'],
        hostPath: entry.hostPath,
        kind: 'mount',
      }),
    );
  return [
    ...spec.nodes.flatMap((pool, index) => mount(pool.mounts, ['nodes', index])),
    ...mount(spec.mounts, []),
    ...file(spec.manifests, 'manifests'),
    ...file(spec.certificates, 'certificates'),
  ];
}

/**
 * What a template needs of this computer and is not there.
 *
 * @param engineIsHere whether the engine sees the files of this computer; mounts of an engine elsewhere are its own matter
 */
export async function missingPaths(
  template: ClusterTemplate,
  base: PathBase,
  engineIsHere: boolean,
): Promise<Finding[]> {
  const named = namedPaths(template).filter(({ kind }) => kind === 'file' || engineIsHere);
  const findings = await Promise.all(named.map((one) => findingFor(one, base)));
  return findings.flat();
}

async function findingFor({ path, hostPath: written, kind }: NamedPath, base: PathBase): Promise<Finding[]> {
  const meant = hostPath(written, base);
  if (meant === undefined)
    return [{ path, message: `the template is not in a file that ${written} could be relative to` }];
  // The engine is told of mounts as texts with colons between their parts.
  if (kind === 'mount' && base.platform !== 'win32' && meant.includes(':'))
    return [{ path, message: `a path with a colon cannot be mounted: ${meant}` }];
  try {
    const found = await stat(meant);
    return kind === 'file' && !found.isFile() ? [{ path, message: `${meant} is not a file` }] : [];
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return [{ path, message: gone ? `there is nothing at ${meant}` : `${meant} cannot be looked at: ${error}` }];
  }
}
