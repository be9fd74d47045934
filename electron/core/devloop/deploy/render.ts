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
import { hasWildcard } from '../dependencies/match';
import { helmValues } from './helm';
import { programMissing, type RenderRequest, run } from './programs';

export interface Rendered {
  readonly object: KubernetesObject;
  readonly place: FilePlace;
}

/**
 * In the order in which a project says them. Throws `bad-input` for what is no manifest (`params.file`, `params.line`), `program-missing`
 * where kubectl or helm would be needed, `exec-failed` with their words.
 */
export async function render(request: RenderRequest, signal: AbortSignal): Promise<Rendered[]> {
  const { deployment } = request;
  const rendered: Rendered[] = [];
  for (const file of await manifestFiles(deployment)) rendered.push(...(await objectsIn(file)));
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
  for (const { pattern, at } of rawYaml) {
    if (pattern.startsWith('!')) {
      const gone = picomatch(pattern.slice(1), { dot: true });
      files = files.filter((file) => !gone(file));
    } else if (/^https?:/.test(pattern)) {
      throw new AppError('not-possible', `Manifests are not fetched: ${pattern}`, {
        params: { ...at, name: pattern },
        hints: [{ text: `Keep it beside the project: curl -o manifest.yaml ${pattern}` }],
      });
    } else files.push(...(await filesOf(pattern)));
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

async function objectsIn(file: string): Promise<Rendered[]> {
  const text = await readFile(file, 'utf8');
  return documentsOf(text).flatMap(({ content, line }) => {
    try {
      return manifestObjects(content).map((object) => ({ object, place: { file, line, column: 1 } }));
    } catch (error) {
      const reason = (error as Error).message;
      const inside = Number(/at line (\d+)/.exec(reason)?.[1] ?? 1);
      throw new AppError('bad-input', `${file}: ${reason}`, {
        params: { file, line: line + inside - 1, reason },
        hints: [{ text: 'Mend it and save: it is applied by itself.' }],
        cause: error,
      });
    }
  });
}

/** The documents of a text, each with the line where it begins. Pure. */
export function documentsOf(text: string): { content: string; line: number }[] {
  const documents: { content: string; line: number }[] = [];
  let lines: string[] = [];
  let begin = 1;
  const end = () => {
    const first = lines.findIndex((line) => /^\s*[^#\s]/.test(line));
    if (first >= 0) documents.push({ content: lines.slice(first).join('\n'), line: begin + first });
  };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^---(\s|$)/.test(line)) {
      end();
      lines = [];
      begin = index + 2;
    } else lines.push(line);
  }
  end();
  return documents;
}

function placed(text: string, place: FilePlace): Rendered[] {
  return manifestObjects(text).map((object) => ({ object, place }));
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
