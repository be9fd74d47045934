// The objects that a module deploys: manifests from files, kustomizations and charts, each with where it is written.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, posix } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import picomatch from 'picomatch';
import type { Deployment, HelmRelease } from '../../../../shared/model/devloop/deployment';
import type { FilePlace } from '../../../../shared/model/devloop/place';
import { AppError } from '../../../../shared/model/errors';
import { manifestObjects } from '../../kube/manifest';
import { type PlacedObject, readManifest } from '../../manifests/read';
import { fetchText } from '../../templates/fetch-text';
import { hasWildcard } from '../dependencies/match';
import { loopHint } from '../words';
import { helmValues } from './helm';
import { programMissing, type RenderRequest, run } from './programs';

export interface Rendered {
  readonly object: KubernetesObject;
  readonly place: FilePlace;
  /** As it stands in a file of the user's, where it does. */
  readonly written?: PlacedObject;
}

/**
 * In the order in which a project says them. Throws `bad-input` for what is no manifest (`params.file`, `params.line`), `program-missing`
 * where kubectl or helm would be needed, `exec-failed` with their words, and what `fetched` does.
 */
export async function render(request: RenderRequest, signal: AbortSignal): Promise<Rendered[]> {
  const { deployment } = request;
  const rendered: Rendered[] = [];
  for (const file of await manifestFiles(deployment)) {
    rendered.push(...objectsOf(isWeb(file) ? await fetched(file, signal) : await readFile(file, 'utf8'), file));
  }
  for (const { dir, buildArgs, at } of deployment.kustomize) {
    rendered.push(...placed(await kustomized(dir, buildArgs, request, signal), at));
  }
  for (const chart of deployment.charts) rendered.push(...placed(await templated(chart, request, signal), chart.at));
  return rendered;
}

/** Absolute places whose changes are a reason to render anew. */
export function manifestPlaces({ rawYaml, kustomize, charts, releases }: Deployment): string[] {
  const fixed = (pattern: string) => {
    const parts = pattern.split('/');
    const wild = parts.findIndex(hasWildcard);
    return wild < 0 ? pattern : parts.slice(0, wild).join('/') || '/';
  };
  return [
    ...rawYaml.filter(({ pattern }) => !/^(!|https?:)/.test(pattern)).map(({ pattern }) => fixed(pattern)),
    ...kustomize.map(({ dir }) => dir),
    ...[...charts, ...releases].flatMap(({ chart, valuesFiles, setFiles }) => [
      ...(chart.kind === 'path' ? [chart.path] : []),
      ...valuesFiles,
      ...Object.values(setFiles),
    ]),
  ];
}

const extensions = new Set(['.yaml', '.yml', '.json']);

async function manifestFiles({ rawYaml }: Deployment): Promise<string[]> {
  let files: string[] = [];
  for (const { pattern } of rawYaml) {
    if (pattern.startsWith('!')) {
      const gone = picomatch(pattern.slice(1), { dot: true });
      files = files.filter((file) => !gone(file));
    } else if (isWeb(pattern)) files.push(pattern);
    else files.push(...(await filesOf(pattern)));
  }
  return [...new Set(files)];
}

async function filesOf(pattern: string): Promise<string[]> {
  if (!hasWildcard(pattern)) {
    const found = await stat(pattern).catch(() => undefined);
    if (!found) return [];
    if (!found.isDirectory()) return [pattern];
    const names = (await readdir(pattern)).filter((name) => extensions.has(extname(name))).sort();
    return names.map((name) => posix.join(pattern, name));
  }
  const matches = picomatch(pattern, { dot: true });
  const base = posix.join('/', ...pattern.split('/').slice(0, pattern.split('/').findIndex(hasWildcard)));
  const all = await readdir(base, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => matches(path)).sort();
}

function isWeb(place: string): boolean {
  return /^https?:/.test(place);
}

/** Bytes of a manifest at most, and milliseconds in which it has to come. */
const fetchLimits = { limit: 5 * 1024 * 1024, time: 30_000 };

/** Throws `address-refused` for what is not https or not public, `download-failed`. */
async function fetched(url: string, signal: AbortSignal): Promise<string> {
  return (await fetchText(url, { ...fetchLimits, signal })).text;
}

/** Throws `bad-input` (`params.file`, `params.line`). */
function objectsOf(text: string, file: string): Rendered[] {
  const { objects, problems } = readManifest(text);
  const [problem] = problems;
  if (problem) {
    const { line, message } = problem;
    throw new AppError('bad-input', `${file}:${line}: ${message}`, {
      params: { file, line, reason: message },
      hints: [loopHint('mend-apply')],
    });
  }
  return objects.map((written) => ({
    object: written.object,
    place: { file, line: written.line, column: 1 },
    written,
  }));
}

/** What a program printed. Throws `bad-input` at the place where it is asked for. */
export function placed(text: string, place: FilePlace): Rendered[] {
  try {
    return manifestObjects(text).map((object) => ({ object, place }));
  } catch (error) {
    const reason = `what is made of it is no manifest: ${error instanceof Error ? error.message : error}`;
    throw new AppError('bad-input', `${place.file}:${place.line}: ${reason}`, {
      params: { ...place, reason },
      detail: text.slice(0, 4000),
      hints: [loopHint('mend-apply')],
    });
  }
}

/** kubectl 1.14 and newer has kustomize built in; flags are those of kustomize's own program. */
async function kustomized(dir: string, buildArgs: readonly string[], request: RenderRequest, signal: AbortSignal) {
  const ways: [string, string[]][] = [
    ['kustomize', ['build', ...buildArgs, dir]],
    ...(buildArgs.length === 0 ? [['kubectl', ['kustomize', dir]] as [string, string[]]] : []),
  ];
  for (const [program, words] of ways) {
    const text = await run(program, words, request, signal);
    if (text !== undefined) return text;
  }
  throw programMissing('kubectl', 'Kustomizations are made by kubectl or kustomize');
}

async function templated(chart: HelmRelease, request: RenderRequest, signal: AbortSignal): Promise<string> {
  const { values, input } = helmValues(chart, request.images);
  const name = chart.chart.kind === 'path' ? chart.chart.path : chart.chart.name;
  const repo = chart.chart.kind === 'remote' && chart.chart.repo ? ['--repo', chart.chart.repo] : [];
  const namespace = chart.namespace ?? request.namespace;
  const words = [
    'template',
    chart.name,
    name,
    ...repo,
    '--namespace',
    namespace,
    ...values,
    ...request.deployment.chartFlags.template,
  ];
  const text = await run('helm', words, request, signal, input);
  if (text !== undefined) return text;
  throw programMissing('helm', `The chart ${chart.name} is made by helm`);
}

/** One text that differs when what is deployed does. Pure. */
export function renderedDigest(rendered: readonly Rendered[]): string {
  return createHash('sha256')
    .update(JSON.stringify(rendered.map(({ object }) => object)))
    .digest('hex');
}
