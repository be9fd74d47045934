// The images of a configuration as the loop builds them.
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Artifact, Builder, CustomBuilder, DockerBuilder, Sync } from '../../../../shared/model/devloop/artifact';
import type { Path } from '../../templates/places';
import { buildHooksOf, hooksOf } from './hooks';
import { say } from './reader-words';
import { type ArtifactText, builderNames } from './schema/artifact';
import type { Config } from './schema/config';
import type { Source } from './source';

/** Builders that others have to have made an image with. */
const foreign = ['bazel', 'ko', 'jib', 'buildpacks'] as const;

/** Artifacts that are built; of those that are not, `unsupported` tells. */
export function artifactsOf(config: Config, source: Source): Artifact[] {
  const platforms = config.build?.platforms ?? [];
  return (config.build?.artifacts ?? []).flatMap((artifact, index) => {
    const path: Path = ['build', 'artifacts', index];
    const named = builderNames.filter((name) => artifact[name]);
    if (named.length > 1) source.problem(path, say('built-twice', { ways: named }));
    if (foreign.some((name) => artifact[name])) return [];
    return [artifactOf(artifact, path, platforms, source)];
  });
}

function artifactOf(artifact: ArtifactText, path: Path, platforms: string[], source: Source): Artifact {
  const context = source.path(artifact.context ?? '.');
  const builder = artifact.custom
    ? customOf(artifact.custom, context, path, source)
    : dockerOf(artifact, context, path, source);
  const sync = syncOf(artifact, builder, path, source);
  return {
    image: artifact.image,
    context,
    builder,
    platforms: artifact.platforms ?? platforms,
    requires: (artifact.requires ?? []).map(({ image, alias }) => ({ image, alias: alias ?? image })),
    ...(sync && { sync }),
    hooks: buildHooksOf(source, artifact.hooks),
    at: source.at([...path, 'image']),
  };
}

/** `docker`, or `kaniko` with what both know. */
function dockerOf({ docker = {}, kaniko }: ArtifactText, context: string, path: Path, source: Source): DockerBuilder {
  const at = [...path, kaniko ? 'kaniko' : 'docker'];
  const { dockerfile = 'Dockerfile', target, buildArgs } = kaniko ?? docker;
  const place = kaniko?.contextSubPath ? join(context, kaniko.contextSubPath) : context;
  return {
    kind: 'docker',
    dockerfile: dockerfileOf(source.fill([...at, 'dockerfile'], dockerfile), place, source),
    ...(target && { target: source.fill([...at, 'target'], target) }),
    buildArgs: argsOf(buildArgs, [...at, 'buildArgs'], source),
    ...(docker.network && { network: docker.network }),
    addHost: docker.addHost ?? [],
    cacheFrom: docker.cacheFrom ?? [],
    cliFlags: docker.cliFlags ?? [],
    pullParent: docker.pullParent ?? false,
    noCache: docker.noCache ?? false,
    squash: docker.squash ?? false,
    secrets: (docker.secrets ?? []).map(({ id, src, env }) => ({
      id,
      ...(src && { src: resolve(source.dir, src) }),
      ...(env && { env }),
    })),
    ...(docker.ssh && { ssh: docker.ssh }),
  };
}

/** skaffold: relative to the context, and if there is none, to where the project is (several images may share one). */
function dockerfileOf(written: string, context: string, source: Source): string {
  if (isAbsolute(written)) return written;
  const inContext = join(context, written);
  const shared = source.path(written);
  return !existsSync(inContext) && existsSync(shared) ? shared : inContext;
}

function argsOf(args: Record<string, string | null> = {}, path: Path, source: Source): Record<string, string | null> {
  const filled = Object.entries(args).map(([name, value]) => {
    return [name, value === null ? null : source.fill([...path, name], value, 'late')] as const;
  });
  return Object.fromEntries(filled);
}

function customOf(
  { buildCommand, dependencies = { paths: ['.'] } }: NonNullable<ArtifactText['custom']>,
  context: string,
  path: Path,
  source: Source,
): CustomBuilder {
  const at = [...path, 'custom'];
  const below = [...at, 'dependencies'];
  const { dockerfile, command, paths = [], ignore = [] } = dependencies;
  const command_ = buildCommand && source.fill([...at, 'buildCommand'], buildCommand, 'late');
  const built = { kind: 'custom' as const, ...(command_ && { buildCommand: command_ }) };
  if (dockerfile) {
    const file = dockerfileOf(dockerfile.path ?? 'Dockerfile', context, source);
    const buildArgs = argsOf(dockerfile.buildArgs, [...below, 'dockerfile', 'buildArgs'], source);
    return { ...built, dependencies: { kind: 'dockerfile', dockerfile: file, buildArgs } };
  }
  if (command) return { ...built, dependencies: { kind: 'command', command } };
  return { ...built, dependencies: { kind: 'paths', paths, ignore } };
}

/** skaffold: `sync` without rules infers where every file goes. */
function syncOf({ sync }: ArtifactText, builder: Builder, path: Path, source: Source): Sync | undefined {
  if (!sync) return undefined;
  const at = [...path, 'sync'];
  const hooks = hooksOf(source, sync.hooks);
  if (sync.manual?.length) {
    const rules = sync.manual.map(({ src, dest, strip = '' }, index) => {
      return { src, dest, strip, at: source.at([...at, 'manual', index]) };
    });
    return { kind: 'manual', rules, hooks };
  }
  if (sync.auto && !sync.infer?.length) {
    source.unsupported([...at, 'auto'], 'sync-auto');
    return undefined;
  }
  const dockerfile = builder.kind === 'docker' || builder.dependencies.kind === 'dockerfile';
  if (!dockerfile) {
    source.unsupported([...at, ...(sync.infer ? ['infer'] : [])], 'sync-infer');
    return undefined;
  }
  return { kind: 'infer', patterns: sync.infer?.length ? sync.infer : ['**/*'], hooks };
}
