// The commands that do something: progress, results, failures, cancel, and the exit code.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../shared/model/errors';
import { type Script, type StandInCore, standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { memoryTerminal } from './memory-terminal';
import { boathouse } from './run-for-test';

/** Ends a create with a cluster of its name. */
const createsCluster =
  (core: () => StandInCore): Script =>
  (lead) => {
    const { name, switchContext } = lead.input as { name: string; switchContext: boolean };
    for (const [index, step] of lead.operation.steps.entries()) {
      lead.step(step.id, { state: 'done', startedAt: 1000 + index * 1000, endedAt: 2100 + index * 1000 });
    }
    core().clusters.upsert(sampleCluster(name, { current: switchContext }));
    lead.end('done');
  };

function creatingCore(): StandInCore {
  const core: StandInCore = standInCore({ script: createsCluster(() => core) });
  return core;
}

describe('apply', () => {
  it('says what differs and how it can be had, with --dry-run, and changes nothing', async () => {
    const core = standInCore({ clusters: [sampleCluster('shop')] });
    const { code, out } = await boathouse('apply shop -f three-node --dry-run', { core });
    expect(code).toBe(0);
    expect(out).toMatch(/nodes\[worker\]\.count +1 +3 +in place +Adds 2 to worker\./);
    expect(out).toContain('Nothing was changed.');
    expect(core.calls).toEqual([]);
  });

  it('does it as one operation, and says so when there is nothing to do', async () => {
    const core = standInCore({ clusters: [sampleCluster('shop')], script: (lead) => lead.end('done') });
    const { code, out } = await boathouse('apply shop -f three-node --set workers=3', { core });
    expect(code).toBe(0);
    expect(out).toContain('Cluster "shop" is what the template says');
    expect(core.calls).toMatchObject([
      ['change', { name: 'shop', template: { id: 'three-node' }, parameters: { workers: '3' } }],
    ]);
    const again = await boathouse('apply shop -f single', { core });
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('there is nothing to do')]);
    expect(core.calls).toHaveLength(1);
  });

  it('what a cluster was made of can be printed, to be changed', async () => {
    const core = standInCore({ clusters: [sampleCluster('shop')] });
    expect(await boathouse('templates of shop', { core })).toMatchObject({ code: 0, out: '# of shop' });
    expect((await boathouse('templates of shpo', { core })).code).not.toBe(0);
  });

  it('wants a template', async () => {
    expect((await boathouse('apply shop')).code).toBe(2);
  });
});

describe('create', () => {
  it('shows each step, then a summary', async () => {
    const core = creatingCore();
    const { code, out, err } = await boathouse('create shop', { core });
    expect(code).toBe(0);
    expect(err).toContain('[  1.1s] engine: Get the node image (1.1 s)');
    expect(out).toContain('Cluster "shop" is ready after 4.0 s.');
    expect(out).toMatch(/shop-worker +Boot shop-worker +2\.0 s +1\.1 s/);
    expect(out).toContain('Context  kind-shop (kubectl uses it now)');
    expect(out).toContain('  kubectl get nodes');
    expect(core.calls).toMatchObject([['create', { name: 'shop', template: { id: 'single' }, switchContext: true }]]);
  });

  it('passes its options on', async () => {
    const core = creatingCore();
    const words = 'create lab -t three-node --image a/b:1 --sample-image c:2 --keep-on-failure --no-switch';
    const { out } = await boathouse(words, { core });
    expect(core.calls).toEqual([
      [
        'create',
        {
          name: 'lab',
          template: { id: 'three-node' },
          image: 'a/b:1',
          sampleImage: 'c:2',
          keepOnFailure: true,
          switchContext: false,
        },
      ],
    ]);
    expect(out).toContain('kubectl --context kind-lab get nodes');
  });

  it("gives the template's parameters their values", async () => {
    const core = creatingCore();
    await boathouse('create --set workers=3 --set team=blue=green --set workers=4 lab', { core });
    expect(core.calls).toMatchObject([['create', { parameters: { workers: '4', team: 'blue=green' } }]]);
    const { code, err } = await boathouse('create lab --set workers');
    expect(code).toBe(2);
    expect(err).toContain('--set workers=3');
  });

  it('reads a template from a file, and says when it cannot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'boathouse-template-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'lab.yaml');
    await writeFile(file, 'kind: ClusterTemplate\n');
    const core = creatingCore();
    await boathouse(`create lab --template ${file}`, { core });
    expect(core.calls).toMatchObject([
      ['create', { template: { yaml: 'kind: ClusterTemplate\n', from: file, folder } }],
    ]);
    const missing = await boathouse('create lab --template ./none.yaml');
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('./none.yaml cannot be read');
    expect(missing.err).toContain('boathouse templates');
  });

  it.each(['Shop', 'shop-', 'a'.repeat(49), 'shop.lab'])(
    'refuses the name %s without asking the core',
    async (name) => {
      const core = standInCore();
      const { code, err } = await boathouse(`create ${name}`, { core });
      expect(code).toBe(2);
      expect(err).toContain('is no name for a cluster');
      expect(core.calls).toEqual([]);
    },
  );

  it('prints its plan and changes nothing with --dry-run', async () => {
    const core = standInCore();
    const { code, out } = await boathouse('create shop --dry-run', { core });
    expect(code).toBe(0);
    expect(out).toContain('node image kindest/node:v1.34.0');
    expect(out).toMatch(/4 {2}cluster +Write the kubeconfig +1 s {2}2, 3/);
    expect(out).toContain('about 5 s. Nothing was changed.');
    expect(core.calls).toEqual([]);
    const { json } = await boathouse('create shop --dry-run --json', { core });
    expect(json).toMatchObject([{ image: 'kindest/node:v1.34.0', plan: { kind: 'create' }, warnings: [] }]);
  });

  it('writes JSON lines, the last of them the result', async () => {
    const { code, json, err } = await boathouse('create shop --json', { core: creatingCore() });
    expect([code, err]).toEqual([0, '']);
    expect(json[0]).toMatchObject({ type: 'operation', kind: 'create', subject: 'shop' });
    expect(json.at(-1)).toMatchObject({
      type: 'result',
      ok: true,
      operation: { state: 'done' },
      cluster: { name: 'shop', context: 'kind-shop' },
    });
  });

  it('draws a timeline on a terminal and gives the cursor back', async () => {
    const terminal = memoryTerminal({ live: true });
    const { code } = await boathouse('create shop', { core: creatingCore(), terminal });
    expect(code).toBe(0);
    const drawn = terminal.drawn.join('');
    expect(drawn).toContain('Creating shop');
    expect(drawn.startsWith('\u001b[?25l')).toBe(true);
    expect(drawn.endsWith('\u001b[?25h')).toBe(true);
    expect(terminal.stderr).toEqual([]);
  });
});

describe('failure and cancel', () => {
  const fails: Script = (lead) => {
    lead.step('image', { state: 'failed', startedAt: 1000, endedAt: 2000 });
    const error = new AppError('port-taken', 'Port 6443 is taken by shop', {
      detail: 'listen tcp 127.0.0.1:6443: bind\naddress already in use',
      hints: [
        { text: 'Stop shop', action: { call: 'clusters.stop', input: { name: 'shop' } } },
        { text: 'Read on', url: 'https://example.com/ports' },
      ],
    });
    lead.end('failed', { error: error.toData(), leftovers: ['volume shop-data'] });
  };

  it('says what happened, the evidence, what to do and what is left', async () => {
    const { code, out, err } = await boathouse('create lab', { core: standInCore({ script: fails }) });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(
      [
        'Error: Port 6443 is taken by shop',
        '  | listen tcp 127.0.0.1:6443: bind',
        '  | address already in use',
        '  -> Stop shop: boathouse stop shop',
        '  -> Read on (https://example.com/ports)',
        '  left behind: volume shop-data',
        '  Remove it with: boathouse cleanup lab',
      ].join('\n'),
    );
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('says the same in JSON', async () => {
    const { code, json } = await boathouse('create lab --json', { core: standInCore({ script: fails }) });
    expect(code).toBe(1);
    expect(json.at(-1)).toMatchObject({
      type: 'result',
      ok: false,
      error: { code: 'port-taken' },
      operation: { leftovers: ['volume shop-data'] },
    });
  });

  it('cancels with the first Ctrl-C, waits for the undo and says so', async () => {
    const interrupt = new AbortController();
    const undoes: Script = (lead) => {
      lead.step('image', { state: 'running', startedAt: 1000 });
      lead.signal.addEventListener('abort', () => lead.end('cancelled'));
      queueMicrotask(() => interrupt.abort(new AppError('cancelled', 'Cancelled')));
    };
    const core = standInCore({ script: undoes });
    const { code, err } = await boathouse('create lab', { core, interrupt: interrupt.signal });
    expect(code).toBe(130);
    expect(err).toContain('Press Ctrl-C again to leave at once');
    expect(err).toContain('Cancelled. Everything that was made has been removed.');
    expect(core.calls.map(([call]) => call)).toEqual(['create', 'cancel']);
    expect(core.watching()).toBe(0);
  });

  it('begins nothing after Ctrl-C', async () => {
    const core = standInCore();
    const interrupt = AbortSignal.abort(new AppError('cancelled', 'Cancelled'));
    expect(await boathouse('create lab', { core, interrupt })).toMatchObject({ code: 130, out: '', err: 'Cancelled' });
    expect(core.calls).toEqual([]);
  });

  it('shows a stack only to those who look for mistakes', async () => {
    const core = standInCore();
    const broken = { ...core, client: undefined } as unknown as StandInCore;
    const plain = await boathouse('list', { core: broken });
    expect(plain.code).toBe(1);
    expect(plain.err).toContain('Unexpected: ');
    expect(plain.err).toContain('BOATHOUSE_DEBUG=1');
    expect(plain.err).not.toMatch(/^\s+at /m);
    const debug = await boathouse('list', { core: broken, product: { environment: { BOATHOUSE_DEBUG: '1' } } });
    expect(debug.err).toMatch(/^\s+at /m);
  });
});

describe('start, stop, delete, cleanup', () => {
  it.each([
    ['start', 'runs again'],
    ['stop', 'boathouse start shop'],
    ['delete', 'is deleted'],
    ['cleanup', 'has left nothing behind'],
  ])('%s', async (verb, words) => {
    const core = standInCore({ clusters: [sampleCluster('shop')] });
    const { code, out } = await boathouse(`${verb} shop`, { core });
    expect(code).toBe(0);
    expect(out).toContain(words);
    expect(core.calls).toEqual([[verb, { name: 'shop' }]]);
    const asJson = await boathouse(`${verb} shop --json`, { core });
    expect(asJson.json.at(-1)).toMatchObject({ type: 'result', ok: true });
  });

  it('asks a person before it deletes', async () => {
    const core = standInCore({ clusters: [sampleCluster('shop')] });
    const refusing = memoryTerminal({ answers: [''] });
    expect(await boathouse('delete shop', { core, terminal: refusing })).toMatchObject({
      code: 130,
      err: 'Nothing was deleted',
    });
    expect(refusing.questions).toEqual(['Delete cluster "shop" with its 2 nodes and all data in it? [y/N] ']);
    expect(core.calls).toEqual([]);
    expect((await boathouse('delete shop', { core, terminal: memoryTerminal({ answers: ['y'] }) })).code).toBe(0);
    const silent = memoryTerminal({ answers: [] });
    expect((await boathouse('delete shop --json', { core, terminal: silent })).code).toBe(0);
    expect((await boathouse('delete shop --yes', { core, terminal: silent })).code).toBe(0);
    expect(silent.questions).toEqual([]);
  });

  it('ends JSON lines with the error when nothing could begin', async () => {
    const { code, json } = await boathouse('stop none --json');
    expect(code).toBe(1);
    expect(json).toMatchObject([{ type: 'result', ok: false, error: { code: 'not-found' } }]);
  });
});
