// What an artifact's build depends on: which files, which images, and one digest that tells whether a build can give anything new.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { execa } from 'execa';
import picomatch from 'picomatch';
import type { Artifact, CustomDependencies } from '../../../../shared/model/devloop/artifact';
import { AppError, asAppError } from '../../../../shared/model/errors';
import { loopHint } from '../words';
import { type Dockerfile, parseDockerfile } from './dockerfile';
import { type IgnoreRules, ignoreFilesOf, ignoreRules, readIgnore } from './ignore';
import type { Selection } from './inventory';
import { hasWildcard, rootsOf, sourceMatcher } from './match';
import { type BuildChoice, type Needs, needsOf } from './needs';

export interface Dependencies {
  /** Of the context: what is watched, digested and sent. */
  readonly selection: Selection;
  /** Absolute paths of what says so: a change of one is a reason to read this anew. */
  readonly files: readonly string[];
  /** What of the configuration makes another image: changes with it. */
  readonly recipe: string;
  /** The text of the rules for files that are left out. */
  readonly ignored: string;
  /** Of an artifact with a Dockerfile. */
  readonly docker?: { readonly file: Dockerfile; readonly needs: Needs };
}

/**
 * Reads what an artifact depends on. Throws `bad-input` for a Dockerfile that is missing or broken (`params.line`, `params.file`),
 * `exec-failed` where the command that lists them fails.
 */
export async function dependenciesOf(artifact: Artifact, platform: string, signal: AbortSignal): Promise<Dependencies> {
  const { builder, context } = artifact;
  const recipe = JSON.stringify([builder, artifact.requires, artifact.platforms]);
  if (builder.kind === 'docker') {
    const { dockerfile, target, buildArgs } = builder;
    return ofDockerfile(context, dockerfile, { target, buildArgs: givenArgs(buildArgs), platform }, recipe);
  }
  const { dependencies } = builder;
  if (dependencies.kind === 'dockerfile') {
    const choice = { buildArgs: givenArgs(dependencies.buildArgs), platform };
    return ofDockerfile(context, dependencies.dockerfile, choice, recipe);
  }
  return ofPaths(context, await pathsOf(dependencies, context, signal), recipe);
}

async function ofDockerfile(
  context: string,
  dockerfile: string,
  choice: BuildChoice,
  recipe: string,
): Promise<Dependencies> {
  const [text, ignored] = await Promise.all([readDockerfile(dockerfile), readIgnore(context, dockerfile)]);
  try {
    const file = parseDockerfile(text);
    const needs = needsOf(file, choice);
    return {
      selection: selectionOf(context, needs.sources, ignoreRules(ignored)),
      files: [dockerfile, ...ignoreFilesOf(context, dockerfile)],
      // A comment makes no other image.
      recipe: digestOf(recipe, JSON.stringify(file.instructions.map(({ line: _, endLine: __, ...told }) => told))),
      ignored,
      docker: { file, needs },
    };
  } catch (error) {
    const { code, message, params, hints } = asAppError(error);
    throw new AppError(code, message, { params: { ...params, file: dockerfile }, hints, cause: error });
  }
}

/** The files of a context that a build is sent and depends on. Pure. */
export function selectionOf(root: string, sources: readonly string[], rules: IgnoreRules): Selection {
  const taken = sourceMatcher(sources);
  return {
    root,
    roots: sources.length > 0 ? rootsOf(sources) : [],
    takes: (path) => taken(path) && !rules.ignores(path),
    closes: (folder) => rules.closes(folder),
  };
}

async function readDockerfile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new AppError('bad-input', `The Dockerfile ${path} cannot be read: ${reason}`, {
      params: { file: path, line: 1, reason },
      hints: [loopHint('write-dockerfile')],
      cause: error,
    });
  }
}

interface Globs {
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
}

function ofPaths(context: string, { paths, ignore }: Globs, recipe: string): Dependencies {
  const inside = paths.map((path) => (isAbsolute(path) ? relative(context, path) : path).split(sep).join('/'));
  const outside = inside.find((path) => path.startsWith('../'));
  if (outside !== undefined) {
    throw new AppError('bad-input', `${outside} is not in ${context}`, {
      params: { file: outside },
      hints: [loopHint('inside-context')],
    });
  }
  const wanted = inside.map((path) => path.replace(/^\.\//, '').replace(/\/+$/, '')).map((path) => path || '.');
  const folders = sourceMatcher(wanted.filter((path) => !hasWildcard(path)));
  const globs = globMatcher(wanted.filter(hasWildcard));
  const ignored = globMatcher(ignore.flatMap((pattern) => [pattern, `${pattern.replace(/\/+$/, '')}/**`]));
  return {
    selection: {
      root: context,
      roots: rootsOf(wanted),
      takes: (path) => (folders(path) || globs(path)) && !ignored(path),
      closes: ignored,
    },
    files: [],
    recipe,
    ignored: ignore.join('\n'),
  };
}

/** Globs with `**`, as skaffold has them. Pure. */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  return patterns.length === 0 ? () => false : picomatch([...patterns], { dot: true });
}

async function pathsOf(
  dependencies: Exclude<CustomDependencies, { kind: 'dockerfile' }>,
  context: string,
  signal: AbortSignal,
): Promise<Globs> {
  if (dependencies.kind === 'paths') return dependencies;
  const { command } = dependencies;
  const { exitCode, stdout, stderr, failed } = await execa(command, {
    cwd: context,
    shell: true,
    reject: false,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  const paths = failed ? undefined : textsIn(stdout);
  if (paths) return { paths, ignore: [] };
  throw new AppError('exec-failed', `What lists the dependencies does not: ${command}`, {
    params: { command, exitCode: exitCode ?? -1 },
    detail: (stderr || stdout).slice(-4000),
    hints: [loopHint('json-paths')],
  });
}

function textsIn(json: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Those without a value have the one of the environment. */
function givenArgs(args: Readonly<Record<string, string | null>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value ?? process.env[name]]));
}

function digestOf(...texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
}

/** Absolute places to be watched: whatever changes in them may be a reason to build. */
export function placesOf({ selection, files }: Dependencies): string[] {
  return [...selection.roots.map((root) => join(selection.root, root)), ...files];
}
