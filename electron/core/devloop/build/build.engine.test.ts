// Builds by a real engine: only what is needed is sent, the cache holds, failures say where, and a cancelled one ends.
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Artifact, DockerBuilder } from '../../../../shared/model/devloop/artifact';
import type { Engine } from '../../engine/engine';
import { openTestEngine, testImage } from '../../engine/testing';
import { dependenciesOf } from '../dependencies/artifact';
import { createInventory } from '../dependencies/inventory';
import { buildCustom } from './custom';
import { buildDocker } from './docker';

const engines = [
  ['20.10', process.env.BOATHOUSE_TEST_ENGINE],
  ['28.5', process.env.BOATHOUSE_TEST_MODERN_ENGINE],
] as const;

describe.each(engines)('docker %s', (_name, address) => {
  let engine: Engine;
  let dir = '';
  const made = new Set<string>();
  const signal = new AbortController().signal;
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  const artifactOf = (more: Partial<DockerBuilder> = {}) => ({
    image: 'bh-build-test/web',
    context: dir,
    builder: {
      kind: 'docker',
      dockerfile: join(dir, 'Dockerfile'),
      buildArgs: {},
      addHost: [],
      cacheFrom: [],
      cliFlags: [],
      pullParent: false,
      noCache: false,
      squash: false,
      secrets: [],
      ...more,
    } satisfies DockerBuilder as DockerBuilder,
    platforms: [],
    requires: [],
    hooks: { before: [], after: [] },
    at: { file: join(dir, 'skaffold.yaml'), line: 1, column: 1 },
  });
  async function build(more: { buildkit?: boolean; builder?: Partial<DockerBuilder>; signal?: AbortSignal } = {}) {
    const artifact = artifactOf(more.builder);
    const within = more.signal ?? signal;
    const dependencies = await dependenciesOf(artifact, 'linux/amd64', within);
    const { entries } = await createInventory(dependencies.selection).refresh(within);
    const lines: string[] = [];
    const buildkit = more.buildkit ?? true;
    const request = { artifact, dependencies, entries, buildArgs: { who: 'you' }, platform: 'linux/amd64', buildkit };
    const id = await buildDocker(engine, request, within, { onLine: (line) => lines.push(line) });
    made.add(id);
    return { id, lines };
  }
  const says = async (id: string, command: string[]) => {
    const container = await engine.docker.createContainer({ Image: id, Cmd: command, Tty: true });
    try {
      await container.start();
      await container.wait();
      return (await container.logs({ stdout: true })).toString().replaceAll('\r', '');
    } finally {
      await container.remove({ force: true });
    }
  };

  beforeAll(async () => {
    engine = await openTestEngine(address);
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'boathouse-build-'));
    await write('src/page', 'hello');
    await write('src/ignored', 'x');
    await write('big', 'not needed');
    await write('.dockerignore', 'src/ignored\n');
    await write('Dockerfile', `FROM ${testImage} AS base\nARG who\nRUN echo $who >/who\nFROM base\nCOPY src /src\n`);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  afterAll(async () => {
    for (const id of made)
      await engine.docker
        .getImage(id)
        .remove({ force: true })
        .catch(() => {});
  });

  it.each([true, false])('builds with what is needed and nothing else (BuildKit: %s)', async (buildkit) => {
    const { id, lines } = await build({ buildkit });
    expect(await says(id, ['sh', '-c', 'cat /who /src/page; ls /src /'])).toMatch(
      /^you\nhello(?![\s\S]*(ignored|big|Dockerfile))/,
    );
    expect(lines.some((line) => line.includes('COPY src /src'))).toBe(true);
    // Touched only: the cache gives the same image.
    await utimes(join(dir, 'src/page'), 1, 1);
    if (buildkit)
      expect(
        (await build()).lines.filter((line) => line.includes('RUN')).every((line) => line.startsWith('CACHED')),
      ).toBe(true);
    await write('src/page', 'changed');
    const changed = await build({ buildkit });
    expect(changed.id).not.toBe(id);
    expect(await says(changed.id, ['cat', '/src/page'])).toBe('changed');
  });

  it('says at which step and line a build failed, and what the step said', async () => {
    await write('Dockerfile', `FROM ${testImage}\n\nRUN echo first && \\\n  echo why >&2; exit 3\n`);
    await expect(build()).rejects.toMatchObject({
      code: 'exec-failed',
      message: expect.stringMatching(/^Building bh-build-test\/web failed at \[2\/2\] RUN/),
      params: { line: 3, file: join(dir, 'Dockerfile') },
      detail: expect.stringMatching(/first[\s\S]*why|why[\s\S]*first/),
    });
    await write('Dockerfile', `FROM ${testImage}\nCOPY nothing /x\n`);
    await expect(build()).rejects.toMatchObject({ code: 'exec-failed', params: { line: 2 } });
    await write('Dockerfile', `FROM ${testImage}\nRUNN x\n`);
    await expect(build()).rejects.toMatchObject({ code: 'exec-failed', params: { line: 2 } });
  });

  it('ends at once when it is cancelled', async () => {
    await write('Dockerfile', `FROM ${testImage}\nRUN echo $$; sleep 300\n`);
    const stop = new AbortController();
    const building = build({ signal: stop.signal });
    setTimeout(() => stop.abort(), 1500);
    const begun = performance.now();
    await expect(building).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - begun).toBeLessThan(6000);
  });

  it('runs a command of the user with what skaffold tells it', async () => {
    const artifact = {
      ...artifactOf(),
      builder: {
        kind: 'custom',
        buildCommand:
          'printf "FROM scratch\\nLABEL a=$KUBE_CONTEXT\\n" | DOCKER_BUILDKIT=0 docker build -q -t $IMAGE -',
        dependencies: { kind: 'paths', paths: [], ignore: [] },
      },
    } satisfies Artifact;
    const request = {
      artifact,
      repo: 'bh-build-test/custom',
      tag: 't',
      push: false,
      platform: 'linux/amd64',
      kubeContext: 'here',
      namespace: 'x',
      required: {},
    };
    const id = await buildCustom(engine, request, signal);
    made.add(id);
    expect((await engine.docker.getImage(id).inspect()).Config.Labels).toMatchObject({ a: 'here' });
    const failing = {
      ...request,
      artifact: { ...artifact, builder: { ...artifact.builder, buildCommand: 'echo no luck; exit 4' } },
    };
    await expect(buildCustom(engine, failing, signal)).rejects.toMatchObject({
      code: 'exec-failed',
      params: { exitCode: 4 },
      detail: 'no luck',
    });
  });
});
