// Finds the fields of a configuration that are not supported wherever they stand.
import { isSeq } from 'yaml';
import { nodeAt, type Path } from '../../templates/places';
import { isBlank } from './documents';
import type { Source } from './source';
import type { UnsupportedCode } from './unsupported';

/** Fields that are told of wherever they stand; `*` is every entry of a list. */
const fields: readonly (readonly [path: string, code: UnsupportedCode])[] = [
  ['requires.*.git', 'git'],
  ['requires.*.googleCloudStorage', 'cloud-source'],
  ['requires.*.googleCloudBuildRepoV2', 'cloud-source'],
  ['build.googleCloudBuild', 'cloud-build'],
  ['build.cluster', 'cluster-build'],
  ['build.insecureRegistries', 'insecure-registries'],
  ['build.tagPolicy', 'tag-policy'],
  ['build.local.tryImportMissing', 'import-missing'],
  ['build.local.push', 'push'],
  ['build.artifacts.*.kaniko', 'kaniko'],
  ['build.artifacts.*.bazel', 'bazel'],
  ['build.artifacts.*.ko', 'ko'],
  ['build.artifacts.*.jib', 'jib'],
  ['build.artifacts.*.buildpacks', 'buildpacks'],
  ['build.artifacts.*.runtimeType', 'runtime-type'],
  ['test', 'tests'],
  ['manifests.hooks.before.*.container', 'hook-in-container'],
  ['manifests.hooks.after.*.container', 'hook-in-container'],
  ['manifests.remoteManifests', 'remote-manifests'],
  ['manifests.kpt', 'kpt'],
  ['manifests.transform', 'transform'],
  ['manifests.validate', 'transform'],
  ['manifests.output', 'output'],
  ['manifests.helm.releases.*.useHelmSecrets', 'helm-secrets'],
  ['manifests.helm.releases.*.recreatePods', 'recreate-pods'],
  ['deploy.docker', 'docker-deploy'],
  ['deploy.kpt', 'kpt'],
  ['deploy.cloudrun', 'cloud-run'],
  ['deploy.kubectl.flags', 'kubectl-flags'],
  ['deploy.kubectl.remoteManifests', 'remote-manifests'],
  ['deploy.helm.concurrency', 'helm-concurrency'],
  ['deploy.helm.releases.*.useHelmSecrets', 'helm-secrets'],
  ['deploy.helm.releases.*.recreatePods', 'recreate-pods'],
  ['resourceSelector', 'resource-selector'],
  ['verify', 'verify'],
  ['customActions', 'actions'],
];

/** Tells of every field of a configuration that stands in the list, unless it is switched off or empty. */
export function tellUnsupported(source: Source): void {
  for (const [pattern, code] of fields) {
    for (const path of pathsOf(source, pattern.split('.'), [])) {
      const node = nodeAt(source.document, path);
      const off = node === undefined || (node as { value?: unknown }).value === false || (isSeq(node) && isBlank(node));
      if (!off) source.unsupported(path, code);
    }
  }
}

function pathsOf(source: Source, [step, ...rest]: readonly string[], before: Path): Path[] {
  if (step === undefined) return [before];
  if (step !== '*') return pathsOf(source, rest, [...before, step]);
  const list = nodeAt(source.document, before);
  return isSeq(list) ? list.items.flatMap((_item, index) => pathsOf(source, rest, [...before, index])) : [];
}
