// Quickstart's parts against a stand-in core and scripts that stand where the real ones would.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorData } from '../../../shared/model/errors';
import { type Script, type StandInCore, standInCore } from '../../host/stand-in-core';
import { connectedEngine, sampleCluster } from '../../host/stand-in-core/samples';
import { memoryTerminal, sessionAround } from '../memory-terminal';
import type { Session } from '../session';
import { ensureCluster } from './cluster';
import { ensureEngine } from './engine';
import { createNarrator } from './narrator';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-quickstart-'));
  await writeFile(join(folder, 'os-release'), 'ID=debian\n');
});

afterEach(() => rm(folder, { recursive: true }));

async function script(path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), `#!/bin/sh\n${text}\n`);
  await chmod(join(folder, path), 0o755);
}

function around(core: StandInCore, options: { answers?: string[]; userId?: number; json?: boolean } = {}) {
  const terminal = memoryTerminal(options);
  const product = { folder, osReleaseFile: join(folder, 'os-release'), userId: options.userId ?? 0 };
  const session: Session = sessionAround(core, terminal, { product, json: options.json ?? false });
  return { session, terminal, narrator: createNarrator(session), client: core.client };
}

describe('the engine', () => {
  const none: ErrorData = { code: 'engine-unreachable', message: 'No Docker Engine answers', hints: [] };

  function withoutEngine(): StandInCore {
    const core = standInCore({ reconnect: (engine) => engine.set(connectedEngine) });
    core.engine.set({ state: 'unreachable', error: none });
    return core;
  }

  it('is found and described', async () => {
    const { session, client, narrator, terminal } = around(standInCore());
    await ensureEngine(session, client, narrator, false);
    expect(terminal.stderr.join('\n')).toContain('Docker 20.10.24 on Debian GNU/Linux 12: 2 processors, 8.0 GiB');
  });

  it('is installed with consent, told step by step', async () => {
    await script('resources/engine/debian.sh', '[ "$1" = start ] && echo "== Installing docker.io"');
    const { session, client, narrator, terminal } = around(withoutEngine());
    await ensureEngine(session, client, narrator, true);
    expect(terminal.stderr.join('\n')).toMatch(
      /There is no Docker Engine[\s\S]*Installing docker\.io[\s\S]*Docker 20\.10\.24/,
    );
    expect(narrator.times.map(({ title }) => title)).toEqual([
      'Looking for a Docker Engine',
      "Installing and starting Debian's Docker Engine",
    ]);
  });

  it('asks for the consent that was not given', async () => {
    await script('resources/engine/debian.sh', 'true');
    const yes = around(withoutEngine(), { answers: ['yes'] });
    await ensureEngine(yes.session, yes.client, yes.narrator, false);
    expect(yes.terminal.questions).toHaveLength(1);
    const no = around(withoutEngine(), { answers: ['n'] });
    await expect(ensureEngine(no.session, no.client, no.narrator, false)).rejects.toMatchObject({ code: 'cancelled' });
    const program = around(withoutEngine(), { answers: ['y'], json: true });
    await expect(ensureEngine(program.session, program.client, program.narrator, false)).rejects.toMatchObject({
      code: none.code,
    });
    expect(program.terminal.questions).toEqual([]);
  });

  it('passes on why installing failed', async () => {
    await script('resources/engine/debian.sh', 'echo "error: no network" >&2; exit 1');
    const { session, client, narrator } = around(withoutEngine());
    await expect(ensureEngine(session, client, narrator, true)).rejects.toMatchObject({ message: 'no network' });
  });

  it('is explained to who may not install it', async () => {
    const { session, client, narrator } = around(withoutEngine(), { userId: 1000 });
    await expect(ensureEngine(session, client, narrator, true)).rejects.toMatchObject({
      code: 'engine-unreachable',
      hints: [{ text: expect.stringContaining('As root') }],
    });
  });
});

describe('the cluster', () => {
  const pullFails: Script = (lead) => {
    const { image } = lead.input as { image?: string };
    const failed = image === undefined;
    lead.step('image', { state: failed ? 'failed' : 'done', startedAt: 1000, endedAt: 1500 });
    const error = new AppError('image-pull-failed', 'No registry answers').toData();
    lead.end(failed ? 'failed' : 'done', failed ? { error } : {});
  };

  function ensure(core: StandInCore, local: string[], userId = 0) {
    const told = around(core, { userId });
    const operation = ensureCluster({ ...told, localImages: async () => [...local] });
    return { ...told, operation };
  }

  it('is made with an image that is here', async () => {
    const core = standInCore();
    expect(await ensure(core, ['testbed/node:v1.20.2', 'testbed/busybox:1']).operation).toMatchObject({
      state: 'done',
    });
    expect(core.calls).toMatchObject([
      ['create', { name: 'quickstart', template: { id: 'quickstart' }, image: 'testbed/node:v1.20.2' }],
    ]);
  });

  it("is made with the catalogue's by pull where registries answer", async () => {
    const core = standInCore();
    await ensure(core, []).operation;
    expect(core.calls).toHaveLength(1);
    expect(core.calls[0]?.[1]).not.toHaveProperty('image');
  });

  it('is made with a built image where none does, and says so', async () => {
    await script('e2e/testbed/up.sh', '[ "$1" = node ] && echo "== Compiling Kubernetes"');
    const core = standInCore({ script: pullFails });
    const told = around(core);
    let asked = 0;
    const localImages = async () => {
      asked += 1;
      return asked <= 2 ? [] : ['testbed/node:v1.20.2', 'testbed/busybox:1'];
    };
    expect(await ensureCluster({ ...told, localImages })).toMatchObject({ state: 'done' });
    expect(core.calls.map(([, input]) => (input as { image?: string }).image)).toEqual([
      undefined,
      'testbed/node:v1.20.2',
    ]);
    const words = told.terminal.stderr.join('\n');
    expect(words).toMatch(/No registry gives out the node image\.[\s\S]*Debian's packages[\s\S]*Compiling Kubernetes/);
    expect(told.narrator.times.map(({ title }) => title)).toEqual(['Building a node image']);
  });

  it('is not made where neither a registry answers nor an image can be built', async () => {
    const core = standInCore({ script: pullFails });
    expect(await ensure(core, []).operation).toMatchObject({ state: 'failed', error: { code: 'image-pull-failed' } });
    await script('e2e/testbed/up.sh', 'true');
    expect(await ensure(core, [], 1000).operation).toMatchObject({ state: 'failed' });
    await expect(ensure(core, []).operation).rejects.toMatchObject({ code: 'image-pull-failed' });
  });

  it('is used, started or cleaned up when it is there', async () => {
    const running = standInCore({ clusters: [sampleCluster('quickstart')] });
    expect(await ensure(running, []).operation).toBeUndefined();
    expect(running.calls).toEqual([]);
    const stopped = standInCore({ clusters: [sampleCluster('quickstart', { state: 'stopped' })] });
    await ensure(stopped, []).operation;
    expect(stopped.calls).toEqual([['start', { name: 'quickstart' }]]);
    const torn = standInCore({ clusters: [sampleCluster('quickstart', { state: 'incomplete' })] });
    await ensure(torn, ['kindest/node:v1.34.0']).operation;
    expect(torn.calls.map(([call]) => call)).toEqual(['cleanup', 'create']);
    const busy = standInCore({ clusters: [sampleCluster('quickstart', { state: 'creating' })] });
    await expect(ensure(busy, []).operation).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('the narrator', () => {
  it('tells programs in JSON only', async () => {
    const { narrator, terminal } = around(standInCore(), { json: true });
    await narrator.during('Work', async (note) => note('half'));
    const lines = terminal.stdout.map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: 'note', text: 'Work ...' },
      { type: 'note', text: expect.stringContaining('half') },
      { type: 'note', text: expect.stringContaining('Work: done') },
    ]);
    expect(terminal.stderr).toEqual([]);
  });

  it('moves a line on a terminal and clears it, also after a failure', async () => {
    const terminal = memoryTerminal({ live: true });
    const narrator = createNarrator(sessionAround(standInCore(), terminal));
    const failing = narrator.during('Work', async (note) => {
      note('half');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(terminal.drawn.join('')).toContain('Work 0.0 s  half');
    expect(terminal.drawn.at(-1)).toBe('\r\u001b[2K');
  });
});
