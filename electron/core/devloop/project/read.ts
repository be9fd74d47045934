// Reads the folder of a project: its skaffold.yaml, what that requires, the profiles that are used. The one way in.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Module, Profile, Project, Reading } from '../../../../shared/model/devloop/project';
import { nearest } from '../../../../shared/model/nearest';
import { activeProfiles } from './activate';
import { finished, type ReadConfig, readConfigs } from './config-file';
import { namesNothing } from './deployment';
import { type Environment, envFileOf, environmentOf } from './environment';
import { tellMissingFiles } from './missing-files';
import { moduleOf } from './module';
import { applyProfiles } from './profiles';
import { say } from './reader-words';
import type { Config } from './schema/config';
import type { Findings } from './source';
import { tellUnsupported } from './tell-unsupported';

export interface ReadRequest {
  /** Absolute path of the folder, or of the file in it. */
  dir: string;
  /** Names of profiles to use; `-name` keeps one out. */
  profiles?: readonly string[];
  /** The context that is deployed to, for profiles that it activates. */
  context?: string | undefined;
  env: Environment;
}

const fileNames = ['skaffold.yaml', 'skaffold.yml'];

/** The file of a project's folder, if there is one. */
export function fileOf(dir: string): string | undefined {
  return fileNames.map((name) => join(dir, name)).find((file) => existsSync(file));
}

/** What a folder's skaffold.yaml says, or why it says nothing. Bad files are no exceptions; an unreadable folder is one. */
export async function readProject(request: ReadRequest): Promise<Reading> {
  const given = statSync(request.dir).isFile() ? request.dir : undefined;
  const dir = given ? dirname(given) : request.dir;
  const file = given ?? fileOf(dir);
  if (!file) return { kind: 'none', dir };
  const around: Around = {
    problems: [],
    unsupported: [],
    env: await environmentOf(dir, request.env),
    context: request.context,
    asked: request.profiles ?? [],
    files: new Set([file, envFileOf(dir)]),
    names: new Map(),
    visited: new Map(),
    profiles: [],
  };
  const modules = await modulesOf({ file, selection: [], asked: around.asked, by: 'name' }, around);
  tellUnmatched(file, around);
  for (const module of modules) tellMissingFiles(module, around.problems);
  return outcome(dir, modules, around);
}

interface Around extends Findings {
  env: Environment;
  context: string | undefined;
  /** Profiles asked for by name. skaffold: they reach required configurations, too. */
  asked: readonly string[];
  files: Set<string>;
  /** Names of configurations, with the file that has each. */
  names: Map<string, string>;
  /** Configurations that were taken up, with the profiles that they got. */
  visited: Map<string, string>;
  profiles: Profile[];
}

interface Wanted {
  file: string;
  /** Names of configurations in it; empty: all. */
  selection: readonly string[];
  asked: readonly string[];
  by: 'name' | 'requires';
}

/** Modules of the wanted configurations, each after those that it requires. */
async function modulesOf({ file, selection, asked, by }: Wanted, around: Around): Promise<Module[]> {
  around.files.add(file);
  const configs = await readConfigs(file, around);
  const modules: Module[] = [];
  for (const [index, read] of configs.entries()) {
    if (!isNamedOnce(read, index, configs, around)) continue;
    const name = read.config.metadata?.name ?? '';
    if (selection.length > 0 && !selection.includes(name)) continue;
    modules.push(...(await moduleWithRequired(read, index, { asked, by }, around)));
  }
  return modules;
}

async function moduleWithRequired(
  read: ReadConfig,
  index: number,
  { asked, by }: Pick<Wanted, 'asked' | 'by'>,
  around: Around,
): Promise<Module[]> {
  const { source } = read;
  const active = activeProfiles(read.config.profiles ?? [], asked, around, by);
  const key = `${source.file}:${index}`;
  const profiles = active.map(({ name }) => name).join(',');
  const before = around.visited.get(key);
  if (before !== undefined) {
    if (before !== profiles) {
      source.problem([], say('profiles-differ', { before, now: profiles }));
    }
    return [];
  }
  around.visited.set(key, profiles);
  for (const { name } of read.config.profiles ?? []) {
    const used = active.find((one) => one.name === name);
    const known = around.profiles.find((profile) => profile.name === name);
    if (!known) around.profiles.push({ name, active: used !== undefined, ...(used && { by: used.by }) });
    else if (used && !known.active) Object.assign(known, { active: true, by: used.by });
  }
  if (
    !applyProfiles(
      read,
      active.map(({ name }) => name),
    )
  )
    return [];
  const config = finished(read);
  if (!config) return [];
  const required = await requiredBy(
    config,
    read,
    active.map(({ name }) => name),
    around,
  );
  // A configuration that only requires others, and has nothing of its own, is no module.
  if (!config.build?.artifacts?.length && namesNothing(config) && !existsSync(join(source.dir, 'k8s'))) {
    tellUnsupported(source);
    return required;
  }
  return [...required, moduleOf(config, source)];
}

async function requiredBy(config: Config, { source }: ReadConfig, active: string[], around: Around): Promise<Module[]> {
  const modules: Module[] = [];
  for (const [index, required] of (config.requires ?? []).entries()) {
    if (required.git || required.googleCloudStorage || required.googleCloudBuildRepoV2) continue;
    const at = ['requires', index, 'path'];
    const path = required.path ?? source.file;
    const absolute = isAbsolute(path) ? path : join(source.dir, path);
    const file = isFolder(absolute) ? (fileOf(absolute) ?? join(absolute, 'skaffold.yaml')) : absolute;
    if (!existsSync(file)) {
      source.problem(at, say('no-file', { file }));
      around.files.add(file);
      continue;
    }
    const byMapping = (required.activeProfiles ?? [])
      .filter(({ activatedBy = [] }) => activatedBy.length === 0 || activatedBy.some((name) => active.includes(name)))
      .map(({ name }) => name);
    const asked = [...new Set([...byMapping, ...around.asked])];
    const wanted = { file, selection: required.configs ?? [], asked, by: 'requires' as const };
    modules.push(...(await modulesOf(wanted, around)));
    for (const [nth, name] of wanted.selection.entries()) {
      if (around.names.get(name) !== file)
        source.problem(['requires', index, 'configs', nth], say('no-config', { file, name }));
    }
    for (const [nth, { name }] of (required.activeProfiles ?? []).entries()) {
      if (around.profiles.some((profile) => profile.name === name)) continue;
      source.problem(['requires', index, 'activeProfiles', nth, 'name'], say('no-profile-in', { name, file }));
    }
  }
  return modules;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** skaffold: a name may stand once in a file, and in one file only. */
function isNamedOnce(
  { source, config }: ReadConfig,
  index: number,
  configs: readonly ReadConfig[],
  around: Around,
): boolean {
  const name = config.metadata?.name;
  if (!name) return true;
  const first = configs.findIndex((other) => other.config.metadata?.name === name);
  const elsewhere = around.names.get(name);
  around.names.set(name, source.file);
  if (first === index && (elsewhere === undefined || elsewhere === source.file)) return true;
  const said =
    first === index && elsewhere !== undefined
      ? say('called-too', { file: elsewhere, name })
      : say('called-too-here', { name });
  source.problem(['metadata', 'name'], said);
  return false;
}

function tellUnmatched(file: string, { asked, profiles, problems }: Around): void {
  const known = profiles.map(({ name }) => name);
  for (const name of asked.map((one) => one.replace(/^-/, '')).filter((one) => !known.includes(one))) {
    // A file that cannot be read has no profiles that could be told.
    if (known.length === 0 && problems.some(({ severity }) => severity === 'error')) continue;
    const meant = nearest(name, known);
    const there = known.length > 0 ? say('no-profile-of', { name, known }) : say('no-profile-none', { name });
    const said = meant ? say('no-profile-meant', { name, meant }) : there;
    problems.push({ file, line: 1, column: 1, severity: 'error', ...said, path: 'profiles' });
  }
}

function outcome(dir: string, modules: Module[], around: Around): Reading {
  const { problems, unsupported, profiles } = around;
  const files = [...around.files];
  const broken = problems.some(({ severity }) => severity === 'error');
  if (!broken && modules.length === 0) {
    const [file = dir] = files;
    problems.push({ file, line: 1, column: 1, severity: 'error', ...say('nothing-to-do'), path: '' });
  } else if (!broken) {
    const name = modules.find((module) => module.name && module.file === files[0])?.name || basename(dir);
    const project: Project = { dir, name, modules, profiles, files, unsupported, problems };
    return { kind: 'project', project };
  }
  return { kind: 'broken', dir, files, problems, unsupported };
}
