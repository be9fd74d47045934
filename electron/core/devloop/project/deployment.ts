// What a configuration deploys, as the loop takes it.
import { isCollection, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Deployment, HelmRelease, ManifestSource } from '../../../../shared/model/devloop/deployment';
import { nodeAt, type Path } from '../../templates/places';
import { hooksOf, joined } from './hooks';
import { say } from './reader-words';
import type { Config } from './schema/config';
import type { ReleaseText } from './schema/deploy';
import type { Source } from './source';

/** skaffold 2.19: what is deployed when nothing is named. */
const defaultManifests = 'k8s/*.yaml';
/** skaffold 2.19: seconds that it waits for what it deployed. */
const defaultDeadline = 600;

export function deploymentOf(config: Config, source: Source): Deployment {
  const { manifests = {}, deploy = {} } = config;
  const { kubectl, helm } = deploy;
  const namespace = kubectl?.defaultNamespace;
  return {
    rawYaml: rawYamlOf(config, source),
    kustomize: kustomizeOf(config, source),
    charts: releasesOf(manifests.helm?.releases, ['manifests', 'helm', 'releases'], source),
    chartFlags: flagsOf(manifests.helm?.flags),
    releases: releasesOf(helm?.releases, ['deploy', 'helm', 'releases'], source),
    releaseFlags: flagsOf(helm?.flags),
    ...(namespace && { defaultNamespace: source.fill(['deploy', 'kubectl', 'defaultNamespace'], namespace) }),
    renderHooks: hooksOf(source, manifests.hooks),
    deployHooks: joined(hooksOf(source, kubectl?.hooks), hooksOf(source, helm?.hooks)),
    statusCheck: deploy.statusCheck ?? true,
    statusCheckDeadline: deploy.statusCheckDeadlineSeconds || defaultDeadline,
    tolerateFailures: deploy.tolerateFailuresUntilDeadline ?? false,
    ...(deploy.kubeContext && { kubeContext: deploy.kubeContext }),
    logPrefix: deploy.logs?.prefix ?? 'auto',
    logJsonFields: deploy.logs?.jsonParse?.fields ?? [],
  };
}

/** Whether a configuration names nothing to deploy, so that skaffold looks for `k8s/*.yaml`. */
export function namesNothing({ manifests = {}, deploy = {} }: Config): boolean {
  const rendered = manifests.rawYaml?.length || manifests.remoteManifests?.length || manifests.kpt?.length;
  return !rendered && !manifests.kustomize && !manifests.helm && !deploy.helm && !deploy.docker && !deploy.cloudrun;
}

function rawYamlOf(config: Config, source: Source): ManifestSource[] {
  if (namesNothing(config)) return [{ pattern: asGlob(source.path(defaultManifests)), at: source.at([]) }];
  return (config.manifests?.rawYaml ?? []).flatMap((written, index) => {
    const path = ['manifests', 'rawYaml', index];
    if (written.startsWith('gs://')) {
      source.unsupported(path, 'storage-manifests');
      return [];
    }
    if (/^https?:\/\//.test(written)) return [{ pattern: written, at: source.at(path) }];
    const not = written.startsWith('!') ? '!' : '';
    return [{ pattern: not + asGlob(source.path(written.slice(not.length))), at: source.at(path) }];
  });
}

function asGlob(path: string): string {
  return path.replaceAll('\\', '/');
}

function kustomizeOf({ manifests }: Config, source: Source): Deployment['kustomize'] {
  if (!manifests?.kustomize) return [];
  const { paths, buildArgs = [] } = manifests.kustomize;
  return (paths?.length ? paths : ['.']).map((written, index) => {
    const path: Path = paths?.length ? ['manifests', 'kustomize', 'paths', index] : ['manifests', 'kustomize'];
    const filled = source.fill(path, written);
    return { dir: isAddress(filled) ? filled : source.path(filled), buildArgs, at: source.at(path) };
  });
}

/** kustomize: addresses that it fetches by itself. */
function isAddress(path: string): boolean {
  return /^(https?:\/\/|ssh:\/\/|git::|git@|github\.com\/)|\?ref=/.test(path);
}

type HelmFlags = NonNullable<NonNullable<NonNullable<Config['deploy']>['helm']>['flags']>;

function flagsOf({ global = [], install = [], upgrade = [], depBuild = [], template = [] }: HelmFlags = {}) {
  return { global, install, upgrade, depBuild, template };
}

function releasesOf(releases: readonly ReleaseText[] = [], at: Path, source: Source): HelmRelease[] {
  const made = releases.flatMap((release, index) => releaseOf(release, [...at, index], source) ?? []);
  const names = new Set(made.map(({ name }) => name));
  for (const [index, { dependsOn = [] }] of releases.entries()) {
    for (const [nth, name] of dependsOn.entries()) {
      if (!names.has(name)) source.problem([...at, index, 'dependsOn', nth], say('no-release', { name }));
    }
  }
  return made;
}

function releaseOf(release: ReleaseText, at: Path, source: Source): HelmRelease | undefined {
  const text = (key: 'name' | 'namespace' | 'version' | 'chartPath', value: string) => source.fill([...at, key], value);
  const { chartPath, remoteChart, repo, namespace, version } = release;
  if ((chartPath === undefined) === (remoteChart === undefined)) {
    source.problem(at, say(chartPath ? 'release-two-charts' : 'release-no-chart'));
    return undefined;
  }
  const chart: HelmRelease['chart'] =
    chartPath === undefined
      ? { kind: 'remote', name: remoteChart ?? '', ...(repo && { repo }) }
      : { kind: 'path', path: source.path(text('chartPath', chartPath)) };
  return {
    name: text('name', release.name),
    chart,
    ...(version && { version: text('version', version) }),
    ...(namespace && { namespace: text('namespace', namespace) }),
    createNamespace: release.createNamespace ?? false,
    valuesFiles: (release.valuesFiles ?? []).map((file, index) => {
      return source.path(source.fill([...at, 'valuesFiles', index], file));
    }),
    setValues: flat([...at, 'setValues'], source),
    setValueTemplates: flat([...at, 'setValueTemplates'], source),
    setFiles: Object.fromEntries(Object.entries(release.setFiles ?? {}).map(([key, file]) => [key, source.path(file)])),
    overrides: release.overrides ?? {},
    wait: release.wait ?? false,
    skipBuildDependencies: release.skipBuildDependencies ?? false,
    skipTests: release.skipTests ?? false,
    upgradeOnChange: release.upgradeOnChange ?? chart.kind === 'path',
    ...(release.packaged && { packaged: release.packaged }),
    dependsOn: release.dependsOn ?? [],
    at: source.at([...at, 'name']),
  };
}

/** skaffold's FlatMap: `image: {tag: x}` is `image.tag`, `hosts: [a]` is `hosts[0]`; scalars are the text that was written. */
function flat(at: Path, source: Source): Record<string, string> {
  const values: Record<string, string> = {};
  const put = (node: unknown, key: string, path: Path) => {
    if (isMap(node)) {
      for (const pair of node.items) {
        const name = String(isNode(pair.key) ? pair.key.toJSON() : pair.key);
        put(pair.value, key ? `${key}.${name}` : name, [...path, name]);
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) put(item, `${key}[${index}]`, [...path, index]);
    } else if (isScalar(node) && !isCollection(node)) {
      const written = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
      values[key] = source.fill(path, written, 'late');
    }
  };
  put(nodeAt(source.document, at), '', at);
  return values;
}
