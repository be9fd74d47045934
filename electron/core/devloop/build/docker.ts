// One image built by the engine: by its BuildKit, by its classic builder, or through docker's program where only that can.
import { Readable } from 'node:stream';
import type { Artifact } from '../../../../shared/model/devloop/artifact';
import { AppError, asAppError } from '../../../../shared/model/errors';
import { postForStream } from '../../engine/client';
import type { Engine } from '../../engine/engine';
import { cancelled, engineFailure, engineWords } from '../../engine/failures';
import { InlineError, readJsonLines } from '../../engine/json-lines';
import { missingImages, pullImage } from '../../engine/pull';
import { loopHint } from '../words';
import { contextStream } from './context';
import { type BuildReport, createBuildReport } from './messages';
import { buildByProgram, needsProgram } from './program';
import type { BuildHooks, DockerBuild } from './request';

/**
 * Builds, and returns the engine's id of the image. Nothing is buffered; aborting ends the build in the engine too.
 * Throws `exec-failed` with the failing step, its output and the Dockerfile's line; `image-missing` or `image-pull-failed` for a base
 * image, `program-missing` where docker's program would be needed, and what `engineFailure` knows.
 */
export async function buildDocker(
  engine: Engine,
  build: DockerBuild,
  signal: AbortSignal,
  hooks: BuildHooks = {},
): Promise<string> {
  const { artifact, dependencies } = build;
  const report = createBuildReport(dependencies.docker?.file, hooks.onStep);
  const tell = (lines: readonly string[]) => {
    for (const line of lines) hooks.onLine?.(line);
  };
  if (needsProgram(artifact.builder)) return buildByProgram(engine, build, signal, hooks);
  await haveBases(engine, build, signal, hooks);
  try {
    return await send(engine, build, report, signal, tell);
  } catch (error) {
    if (signal.aborted) throw cancelled(signal);
    throw buildFailure(error, artifact, report);
  }
}

/** Base images come with docker's credentials, which a build without a session does not have. */
async function haveBases(
  engine: Engine,
  { artifact, dependencies, platform }: DockerBuild,
  signal: AbortSignal,
  { onLine }: BuildHooks,
) {
  const images = dependencies.docker?.needs.images ?? [];
  const wanted = artifact.builder.pullParent ? images : await missingImages(engine, images);
  for (const image of wanted) {
    onLine?.(`Pulling ${image}`);
    await pullImage(engine, image, { signal, ...(artifact.platforms.length > 0 && { platform }) });
  }
}

async function send(
  engine: Engine,
  { artifact, entries, buildArgs, platform, buildkit }: DockerBuild,
  report: BuildReport,
  signal: AbortSignal,
  tell: (lines: readonly string[]) => void,
): Promise<string> {
  const { builder, context } = artifact;
  const { stream, dockerfile } = contextStream(context, builder.dockerfile, entries, signal);
  const query = {
    version: buildkit ? '2' : '1',
    dockerfile,
    rm: '1',
    forcerm: '1',
    labels: JSON.stringify({ 'dev.boathouse.artifact': artifact.image }),
    buildargs: JSON.stringify(buildArgs),
    ...(builder.target && { target: builder.target }),
    ...(builder.network && { networkmode: builder.network }),
    ...(builder.addHost.length > 0 && { extrahosts: builder.addHost.join(',') }),
    ...(builder.cacheFrom.length > 0 && { cachefrom: JSON.stringify(builder.cacheFrom) }),
    ...(builder.noCache && { nocache: '1' }),
    ...(builder.squash && { squash: '1' }),
    ...(artifact.platforms.length > 0 && { platform }),
  };
  const body = Readable.from(stream as unknown as AsyncIterable<Buffer>, { objectMode: false });
  try {
    const answer = await postForStream(engine.docker, '/build', query, { signal, body });
    for await (const message of readJsonLines(answer, { signal })) tell(report.take(message));
    tell(report.end());
  } finally {
    body.destroy();
  }
  const id = report.imageId();
  if (!id) throw new Error('The build ended without an image');
  return id;
}

/** The step that failed, what it said, and the line where it is written. */
export function buildFailure(
  error: unknown,
  { image, builder }: Pick<Artifact, 'image' | 'builder'>,
  report: BuildReport,
): AppError {
  const said = engineWords(error);
  const told = error instanceof InlineError || /dockerfile parse error/.test(said);
  const known = told ? undefined : engineFailure(error);
  if (known && known.code !== 'engine-refused') return known;
  if (/no space left on device/i.test(said)) return engineFailure(error);
  const { step, output, line } = report.failure(said);
  const reason = said.replace(/^failed to solve(?: with frontend \S+)?: (?:failed to create LLB definition: )?/, '');
  return new AppError('exec-failed', `Building ${image} failed${step ? ` at ${step}` : ''}: ${reason}`, {
    params: {
      command: step ?? 'docker build',
      reason,
      ...(line !== undefined && builder.kind === 'docker' && { line, file: builder.dockerfile }),
    },
    detail: [step, output, said].filter(Boolean).join('\n'),
    hints: [loopHint('mend-build')],
    cause: asAppError(error),
  });
}
