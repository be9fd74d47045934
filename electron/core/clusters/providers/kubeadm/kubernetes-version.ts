// Kubernetes versions: reads them as node images and users write them, and orders them.
import { AppError } from '../../../../../shared/model/errors';

export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1` of `v1.37.0-rc.1`. */
  readonly prerelease?: string;
  /** `abc` of `v1.36.1+abc`; has no part in the order. */
  readonly build?: string;
}

const pattern = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/;

/**
 * Reads a whole version: `v1.20.2`, `1.36.1+abc`, `v1.37.0-rc.1`; white space around it is allowed, as in `/kind/version`.
 * @throws AppError `bad-input` when the text is none.
 */
export function parseKubernetesVersion(text: string): KubernetesVersion {
  const match = pattern.exec(text.trim());
  if (!match) {
    throw new AppError('bad-input', `"${text.trim()}" is not a Kubernetes version`, {
      params: { version: text.trim() },
      hints: [{ text: 'Write it as in v1.36.1.' }],
    });
  }
  const [, major, minor, patch, prerelease, build] = match;
  return {
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
    ...(prerelease !== undefined && { prerelease }),
    ...(build !== undefined && { build }),
  };
}

/** `v1.37.0-rc.1`: with the leading v, without build metadata. */
export function formatKubernetesVersion(version: KubernetesVersion): string {
  const core = `v${version.major}.${version.minor}.${version.patch}`;
  return version.prerelease === undefined ? core : `${core}-${version.prerelease}`;
}

function compareIdentifiers(a: string, b: string): number {
  const numericA = /^\d+$/.test(a);
  const numericB = /^\d+$/.test(b);
  if (numericA && numericB) return Number(a) - Number(b);
  if (numericA !== numericB) return numericA ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const left = a.split('.');
  const right = b.split('.');
  for (const [index, identifier] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Orders by semantic versioning's precedence: negative when `a` comes first, 0 when they rank the same. */
export function compareKubernetesVersions(a: KubernetesVersion, b: KubernetesVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.prerelease, b.prerelease);
}

/**
 * True when the version belongs to 1.`minor` or a later minor; pre-releases count as the minor they lead to.
 * kind 0.33: v1.36.0-rc.0 gets v1beta4, v1.24.0-alpha.1 the systemd cgroup driver (seen in its output).
 */
export function atLeastMinor(version: KubernetesVersion, minor: number): boolean {
  return version.major > 1 || (version.major === 1 && version.minor >= minor);
}
