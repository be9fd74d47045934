// What a project is, in lines for people: what it builds, deploys and forwards, and what of it is not supported.
import { relative } from 'node:path';
import type { Artifact } from '../../../../shared/model/devloop/artifact';
import type { Deployment } from '../../../../shared/model/devloop/deployment';
import type { FilePlace, ProjectProblem, Unsupported } from '../../../../shared/model/devloop/place';
import type { Module, Project, Reading } from '../../../../shared/model/devloop/project';
import type { Proposal } from '../../../../shared/model/devloop/proposal';
import type { Paint } from '../../output/paint';
import { tableLines } from '../../output/table';

export function projectLines(project: Project, paint: Paint): string[] {
  const { dir, name, modules, profiles, problems, unsupported } = project;
  const used = profiles.filter(({ active }) => active).map((one) => `${one.name} (${one.by})`);
  const others = profiles.filter(({ active }) => !active).map((one) => one.name);
  return [
    `${paint.bold(name)}  ${dir}`,
    ...modules.flatMap((module) => moduleLines(module, dir, modules.length > 1, paint)),
    ...(used.length > 0 ? [`Profiles used: ${used.join(', ')}`] : []),
    ...(others.length > 0 ? [`Other profiles: ${others.join(', ')}`] : []),
    ...findingLines(dir, problems, unsupported, paint),
  ];
}

export function brokenLines(broken: Extract<Reading, { kind: 'broken' }>, paint: Paint): string[] {
  const { dir, problems, unsupported } = broken;
  return [`${dir} cannot be used as it is`, ...findingLines(dir, problems, unsupported, paint)];
}

export function proposalLines(proposal: Proposal, saved: string | undefined, paint: Paint): string[] {
  const { dir, artifacts, fetched, yaml, cut } = proposal;
  if (yaml === undefined) {
    return [`${dir} has no skaffold.yaml, and no Dockerfile, manifest, kustomization or chart was found in it`];
  }
  const unnamed = artifacts.filter(({ namedBy }) => namedBy === 'folder');
  return [
    saved ? `Written: ${saved}` : `${dir} has no skaffold.yaml. It could be this one; --save writes it:`,
    '',
    ...yaml
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    ...unnamed.map(({ image, dockerfile }) =>
      paint.yellow(`No manifest names an image for ${dockerfile}; it is called ${image}`),
    ),
    ...(fetched.length > 0 ? [`Not built here, but fetched: ${fetched.join(', ')}`] : []),
    ...(cut ? [paint.yellow('The folder is large: not all of it was looked at')] : []),
  ];
}

function moduleLines(
  { name, artifacts, deployment, portForwards }: Module,
  dir: string,
  several: boolean,
  paint: Paint,
) {
  const rows = [
    ...artifacts.map((artifact, index) => [
      index === 0 ? 'Builds' : '',
      artifact.image,
      builtFrom(artifact, dir),
      synced(artifact),
    ]),
    ...deployed(deployment, dir).map(([what, how], index) => [index === 0 ? 'Deploys' : '', what, how, '']),
    ...portForwards.map(({ address, localPort, resourceType, resourceName, port }, index) => [
      index === 0 ? 'Forwards' : '',
      `${address}:${localPort ?? 'any port'}`,
      `${resourceType}/${resourceName}:${port}`,
      '',
    ]),
  ];
  const indent = several ? '  ' : '';
  return [...(several && name ? [paint.bold(name)] : []), ...tableLines(rows).map((line) => indent + line)];
}

function builtFrom({ builder, context }: Artifact, dir: string): string {
  if (builder.kind === 'custom') return `${builder.buildCommand ?? 'nothing run'} in ${short(dir, context)}`;
  const from = short(dir, builder.dockerfile);
  return builder.target ? `${from}, target ${builder.target}` : from;
}

function synced({ sync }: Artifact): string {
  if (!sync) return '';
  return `sync: ${sync.kind === 'manual' ? sync.rules.map(({ src }) => src).join(' ') : sync.patterns.join(' ')}`;
}

function deployed({ rawYaml, kustomize, charts, releases }: Deployment, dir: string): [string, string][] {
  return [
    ...rawYaml.map(({ pattern }): [string, string] => [short(dir, pattern), 'manifests']),
    ...kustomize.map((one): [string, string] => [short(dir, one.dir), 'kustomization']),
    ...charts.map(({ name, chart }): [string, string] => [name, `chart ${chartOf(chart, dir)}, as manifests`]),
    ...releases.map(({ name, chart }): [string, string] => [name, `chart ${chartOf(chart, dir)}, as a release`]),
  ];
}

function chartOf(chart: Deployment['charts'][number]['chart'], dir: string): string {
  return chart.kind === 'path' ? short(dir, chart.path) : chart.name;
}

/** What is wrong, then what is not supported, each with its place. */
function findingLines(
  dir: string,
  problems: readonly ProjectProblem[],
  unsupported: readonly Unsupported[],
  paint: Paint,
): string[] {
  const wrong = problems.map((problem) => {
    const word = problem.severity === 'error' ? paint.red('error') : paint.yellow('warning');
    return `${placed(dir, problem)} ${word}: ${problem.message}`;
  });
  const different = unsupported.map((one) => {
    return `${placed(dir, one)} ${one.path}: ${one.why}; ${one.meaning}`;
  });
  return [
    ...(wrong.length > 0 ? ['', ...wrong] : []),
    ...(different.length > 0
      ? ['', paint.bold(`Not supported, or not as in skaffold (${different.length}):`), ...different]
      : []),
  ];
}

function placed(dir: string, { file, line, column }: FilePlace): string {
  return `${short(dir, file)}:${line}:${column}`;
}

function short(dir: string, path: string): string {
  const below = relative(dir, path.replace(/^!/, ''));
  return below === '' ? '.' : below.startsWith('..') || /^https?:/.test(path) ? path : below;
}
