// Which of skaffold's schema versions can be read, and what is said of the others.
import { nearest } from '../../../../shared/model/nearest';

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
export function whyUnread(version: string): string | undefined {
  if (readVersions.includes(version)) return undefined;
  if (!version.startsWith('skaffold/')) {
    return `apiVersion must be one of skaffold's, such as ${newestVersion}, and not ${version}`;
  }
  if (/^skaffold\/(v1|v2)(alpha|beta)\d+$|^skaffold\/v1$/.test(version)) {
    return `${version} is older than v2beta29, the oldest that is read; "skaffold fix --overwrite" writes the file anew as ${newestVersion}`;
  }
  const later = /^skaffold\/v4beta(\d+)$/.exec(version);
  if (later && Number(later[1]) > 14) return `${version} is newer than ${newestVersion}, the newest that is read`;
  const meant = nearest(version, readVersions);
  return `${version} is no version of skaffold's${meant ? `, did you mean ${meant}?` : ''}`;
}
