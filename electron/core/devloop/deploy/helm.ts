// What helm is told about values: those of the project, and the images that were built. Pure, but for what runs it.
import type { Deployment, HelmRelease } from '../../../../shared/model/devloop/deployment';
import { parseImageReference } from '../../engine/image-reference';
import { programMissing, type RenderRequest, run } from './programs';

/** skaffold: names of images in templates of values have `_` for what Go's templates do not take. */
function imageValues(images: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, [image, built]] of [...images].entries()) {
    const { name, tag, digest } = parseImageReference(built);
    const told = {
      IMAGE_REPO: name,
      IMAGE_NAME: image,
      IMAGE_TAG: tag ?? '',
      IMAGE_DIGEST: digest ?? '',
      IMAGE_FULLY_QUALIFIED: built,
    };
    for (const [key, value] of Object.entries(told)) {
      values.set(`${key}_${image.replace(/[/.:-]/g, '_')}`, value);
      values.set(index === 0 ? key : `${key}${index + 1}`, value);
    }
  }
  return values;
}

/** Flags, and what is to be read from standard input where there is any. */
export function helmValues(
  release: HelmRelease,
  images: ReadonlyMap<string, string>,
): { values: string[]; input?: string } {
  const known = imageValues(images);
  const fill = (text: string) =>
    text.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, name: string) => known.get(name) ?? whole);
  const sets = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${fill(value)}`]);
  const overrides = Object.keys(release.overrides).length > 0;
  return {
    values: [
      ...release.valuesFiles.flatMap((file) => ['--values', file]),
      ...(overrides ? ['--values', '-'] : []),
      ...sets('--set', release.setValues),
      ...sets('--set', release.setValueTemplates),
      ...sets('--set-file', release.setFiles),
      ...(release.version ? ['--version', release.version] : []),
    ],
    ...(overrides && { input: JSON.stringify(release.overrides) }),
  };
}

/** Installs or upgrades a release. Throws `program-missing`, `exec-failed` with helm's words. */
export async function upgradeRelease(
  release: HelmRelease,
  flags: Deployment['releaseFlags'],
  request: RenderRequest & { readonly context: string },
  signal: AbortSignal,
): Promise<void> {
  const { values, input } = helmValues(release, request.images);
  const global = ['--kube-context', request.context, ...flags.global];
  if (release.chart.kind === 'path' && !release.skipBuildDependencies) {
    const built = await run(
      'helm',
      [...global, 'dependency', 'build', release.chart.path, ...flags.depBuild],
      request,
      signal,
    );
    if (built === undefined) throw programMissing('helm', `The release ${release.name} is installed by helm`);
  }
  const chart = release.chart.kind === 'path' ? release.chart.path : release.chart.name;
  const words = [
    ...global,
    'upgrade',
    '--install',
    release.name,
    chart,
    ...(release.chart.kind === 'remote' && release.chart.repo ? ['--repo', release.chart.repo] : []),
    '--namespace',
    release.namespace ?? request.namespace,
    ...(release.createNamespace ? ['--create-namespace'] : []),
    ...values,
    ...(release.wait ? ['--wait'] : []),
    ...flags.upgrade,
  ];
  if ((await run('helm', words, request, signal, input)) === undefined) {
    throw programMissing('helm', `The release ${release.name} is installed by helm`);
  }
}

/** Takes a release away; one that is not there is no error. */
export async function removeRelease(
  release: Pick<HelmRelease, 'name' | 'namespace'>,
  request: Pick<RenderRequest, 'environment' | 'namespace'> & { readonly context: string },
  signal: AbortSignal,
): Promise<void> {
  const words = [
    '--kube-context',
    request.context,
    'uninstall',
    release.name,
    '--namespace',
    release.namespace ?? request.namespace,
  ];
  await run('helm', [...words, '--ignore-not-found'], request, signal);
}
