// How long the Kubernetes project mends each minor version, and where a version stands today.
import type { Support } from '../../../../../shared/model/version';
import { parseKubernetesVersion } from './kubernetes-version';

/**
 * Minor versions of Kubernetes 1: first day of maintenance, and the end (kubernetes.io/releases).
 * Kubernetes: a minor version is mended for a year, then in maintenance for two months.
 */
const dates: Readonly<Record<number, readonly [maintenance: string, end: string]>> = {
  37: ['2027-08-28', '2027-10-28'],
  36: ['2027-04-28', '2027-06-28'],
  35: ['2026-12-28', '2027-02-28'],
  34: ['2026-08-27', '2026-10-27'],
  33: ['2026-04-28', '2026-06-28'],
  32: ['2025-12-28', '2026-02-28'],
  31: ['2025-08-28', '2025-11-11'],
  30: ['2025-04-28', '2025-07-15'],
  29: ['2024-12-28', '2025-02-28'],
  28: ['2024-08-28', '2024-10-22'],
  27: ['2024-04-28', '2024-07-16'],
  26: ['2023-12-28', '2024-02-28'],
  25: ['2023-08-27', '2023-10-28'],
  24: ['2023-05-28', '2023-07-28'],
  23: ['2022-12-28', '2023-02-28'],
  22: ['2022-08-28', '2022-12-08'],
  21: ['2022-04-28', '2022-06-28'],
  20: ['2021-12-28', '2022-02-28'],
};
const known = Object.keys(dates).map(Number);

/** @throws AppError `bad-input` for what is no version */
export function supportOf(kubernetesVersion: string, now: Date): Support {
  const { major, minor } = parseKubernetesVersion(kubernetesVersion);
  if (major > 1 || minor > Math.max(...known)) return { state: 'unknown' };
  const [maintenance, end] = dates[minor] ?? [];
  if (!maintenance || !end) return { state: 'ended' };
  const today = now.toISOString().slice(0, 10);
  const state = today > end ? 'ended' : today >= maintenance ? 'maintenance' : 'supported';
  return { state, until: end };
}
