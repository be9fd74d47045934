// Which of skaffold's schema versions can be read, and what is said of the others.
import { nearest } from '../../../../shared/model/nearest';
import type { Said } from '../../templates/problem-words';
import { say } from './reader-words';

/** skaffold's schemas from the last of its first generation (1.39) to 2.19's. */
export const readVersions: readonly string[] = [
  'v2beta29',
  'v3alpha1',
  'v3',
  ...Array.from({ length: 14 }, (_none, index) => `v4beta${index + 1}`),
].map((version) => `skaffold/${version}`);

/** What files are written as. */
export const newestVersion = 'skaffold/v4beta14';

/** Manifests stood under their deployers until here. */
export function isFirstGeneration(version: string): boolean {
  return version === 'skaffold/v2beta29';
}

/** Why a version is not read, or nothing where it is. */
export function whyUnread(version: string): Said | undefined {
  if (readVersions.includes(version)) return undefined;
  if (!version.startsWith('skaffold/')) {
    return say('version-foreign', { version, newest: newestVersion });
  }
  if (/^skaffold\/(v1|v2)(alpha|beta)\d+$|^skaffold\/v1$/.test(version)) {
    return say('version-old', { version, newest: newestVersion });
  }
  const later = /^skaffold\/v4beta(\d+)$/.exec(version);
  if (later && Number(later[1]) > 14) return say('version-new', { version, newest: newestVersion });
  const meant = nearest(version, readVersions);
  return meant ? say('version-unknown-meant', { version, meant }) : say('version-unknown', { version });
}
