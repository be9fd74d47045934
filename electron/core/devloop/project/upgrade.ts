// Makes a configuration of skaffold's first generation (v2beta29) one of the present: manifests move out of their deployers.
import { isMap, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { entry, mapAt, pairOf, scalarAt, setEntry } from './documents';

/**
 * Changes `config`, whose profiles are applied, in place.
 * skaffold 1.39: without a deployer, and with kubectl's that names no manifests, `k8s/*.yaml` is deployed, as now; kustomize's
 * folder is `.` unless it is said.
 */
export function upgrade(config: YAMLMap): void {
  const deploy = entry(config, 'deploy');
  if (!isMap(deploy)) return;
  const manifests = mapAt(deploy);
  const kubectl = entry(deploy, 'kubectl');
  move(kubectl, 'manifests', manifests, 'rawYaml');
  const kustomize = entry(deploy, 'kustomize');
  if (isMap(kustomize)) {
    const rendered = mapAt(kustomize);
    move(kustomize, 'paths', rendered, 'paths');
    move(kustomize, 'buildArgs', rendered, 'buildArgs');
    setEntry(manifests, 'kustomize', rendered, pairOf(deploy, 'kustomize'));
    // What is left of it (flags, namespace, hooks) is kubectl's, which applies what it renders.
    if (isMap(kubectl)) {
      for (const pair of kustomize.items) if (entry(kubectl, keyOf(pair)) === undefined) kubectl.items.push(pair);
    } else setEntry(deploy, 'kubectl', kustomize, pairOf(deploy, 'kustomize'));
    setEntry(deploy, 'kustomize', undefined);
  }
  const releases = entry(entry(deploy, 'helm'), 'releases');
  if (isSeq(releases)) for (const release of releases.items) if (isMap(release)) tellOfImages(release);
  if (manifests.items.length > 0) setEntry(config, 'manifests', manifests);
}

function keyOf(pair: Pair): string {
  return String((pair.key as { value: unknown }).value);
}

function move(from: unknown, key: string, to: YAMLMap, name: string): void {
  const pair = pairOf(from, key);
  if (!isMap(from) || !pair) return;
  setEntry(from, key, undefined);
  setEntry(to, name, pair.value, pair);
}

/** `artifactOverrides` told a chart of images, in one value or (strategy `helm`) in several; now they are templates of values. */
function tellOfImages(release: YAMLMap): void {
  const overrides = entry(release, 'artifactOverrides');
  const helm = entry(entry(release, 'imageStrategy'), 'helm');
  const explicit = (entry(helm, 'explicitRegistry') as Scalar | undefined)?.value === true;
  if (isMap(overrides)) {
    const found = entry(release, 'setValueTemplates');
    const templates = isMap(found) ? found : mapAt(overrides);
    const tell = (value: unknown, key: string) => {
      if (isMap(value)) {
        for (const pair of value.items) tell(pair.value, key ? `${key}.${keyOf(pair)}` : keyOf(pair));
        return;
      }
      const image = String((value as Scalar).value).replaceAll(/[^\w]/g, '_');
      for (const [suffix, template] of valuesOf(image, helm !== undefined, explicit)) {
        setEntry(templates, key + suffix, scalarAt(value, template));
      }
    };
    tell(overrides, '');
    setEntry(release, 'setValueTemplates', templates, pairOf(release, 'artifactOverrides'));
  }
  setEntry(release, 'artifactOverrides', undefined);
  setEntry(release, 'imageStrategy', undefined);
}

function valuesOf(image: string, helm: boolean, explicit: boolean): [string, string][] {
  if (!helm) return [['', `{{.IMAGE_FULLY_QUALIFIED_${image}}}`]];
  const tag: [string, string] = ['.tag', `{{.IMAGE_TAG_${image}}}@{{.IMAGE_DIGEST_${image}}}`];
  if (!explicit) return [['.repository', `{{.IMAGE_REPO_${image}}}`], tag];
  return [['.registry', `{{.IMAGE_DOMAIN_${image}}}`], ['.repository', `{{.IMAGE_REPO_NO_DOMAIN_${image}}}`], tag];
}
