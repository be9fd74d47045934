// Help, bad usage, and the commands that look: what is printed where, and the exit code.
import { describe, expect, it } from 'vitest';
import { type StandInCore, standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { boathouse } from './run-for-test';

describe('help and usage', () => {
  it.each(['', '--help', 'help', 'create --help', 'help serve'])('helps: "%s"', async (words) => {
    const { code, out, err } = await boathouse(words);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Usage: boathouse');
    expect(out).toMatch(/Examples:\n {2}\$ boathouse/);
  });

  it('lists every command', async () => {
    const { out } = await boathouse('--help');
    const listed = out.slice(out.indexOf('\nCommands:'), out.indexOf('\nExamples:'));
    expect(listed).toContain('dev [options] [dir]');
    const others = listed.replace(/^ {2}dev .*$/m, '');
    const commands = [...others.matchAll(/^ {2}([a-z]+)\b/gm)].map((match) => match[1]);
    const all =
      'apply caches create disk start stop pause resume cleanup delete shell nodes ports mirrors access registry images list status kubeconfig use dashboard get scale restart rollback cronjobs manifests templates versions logs exec cp forward record history doctor settings serve open quickstart help';
    expect(commands.sort()).toEqual(all.split(' ').sort());
  });

  it('prints its version', async () => {
    expect(await boathouse('--version')).toMatchObject({ code: 0, out: '1.2.3' });
  });

  it.each([
    ['stats', "unknown command 'stats'", '(Did you mean status?)'],
    ['create', "missing required argument 'name'", ''],
    ['create shop --nodes 3', "unknown option '--nodes'", ''],
    ['list shop', 'too many arguments', ''],
    ['serve --port http', 'It must be a number from 1 to 65535.', ''],
    ['serve --stop --open', "option '--stop' cannot be used with option '-o, --open'", ''],
  ])('refuses "%s"', async (words, complaint, advice) => {
    const { code, out, err } = await boathouse(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(complaint);
    expect(err).toContain(advice);
    expect(err).toContain('boathouse --help');
  });

  it('refuses in JSON where JSON was asked for', async () => {
    const { code, json, err } = await boathouse('create --json');
    expect([code, err]).toEqual([2, '']);
    expect(json).toMatchObject([{ error: { code: 'bad-input', message: "missing required argument 'name'" } }]);
  });
});

describe('looking', () => {
  it('lists clusters, the current one marked', async () => {
    const clusters = [
      sampleCluster('shop', { current: true }),
      sampleCluster('lab', { state: 'stopped', madeBy: 'kind', apiServer: undefined }),
    ];
    const { code, out } = await boathouse('list', { core: standInCore({ clusters }) });
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      '   NAME  STATE    NODES  VERSION  API SERVER               CONTEXT    MADE BY',
      '*  shop  running      2  v1.34.0  https://127.0.0.1:41234  kind-shop  boathouse',
      '   lab   stopped      2  v1.34.0  -                        kind-lab   kind',
    ]);
  });

  it('says what to do when there is none', async () => {
    const { out } = await boathouse('list', { core: standInCore() });
    expect(out).toContain('boathouse create NAME');
  });

  it('gives one JSON document', async () => {
    expect((await boathouse('list --json')).json).toMatchObject([{ clusters: [{ name: 'shop', state: 'running' }] }]);
    expect((await boathouse('status shop --json')).json).toMatchObject([{ name: 'shop', nodes: [{}, {}] }]);
    expect((await boathouse('kubeconfig shop --json')).json).toEqual([
      { name: 'shop', context: 'kind-shop', yaml: '# of shop\n' },
    ]);
    expect((await boathouse('use shop --json')).json).toMatchObject([{ context: 'kind-shop' }]);
    expect((await boathouse('templates --json')).json).toMatchObject([
      { templates: [{ id: 'single', title: 'Single', controlPlanes: 1, workers: 0 }] },
    ]);
  });

  it('shows versions that are here apart from those to pull', async () => {
    const { out } = await boathouse('versions');
    expect(out.split('\n')).toEqual([
      'On this engine:',
      'VERSION  PROVIDER  SUPPORT    SIZE  IMAGE',
      '-        k3s       unknown  251 MB  mine/k3s:nightly',
      '',
      'To be pulled:',
      'VERSION  PROVIDER  SUPPORT                IMAGE',
      'v1.36.1  kubeadm   supported, 2027-06-28  kindest/node:v1.36.1@sha256:3489c7674813…',
    ]);
    expect((await boathouse('versions --provider k3s --json')).json).toMatchObject([{ versions: [{ here: true }] }]);
    expect((await boathouse('versions --provider kubeadm')).out).not.toContain('On this engine');
  });

  it('shows a cluster and what to do about a broken one', async () => {
    const { out } = await boathouse('status shop');
    expect(out).toContain('kind-shop (current)');
    expect(out).toMatch(/shop-worker +worker +running, Ready +172\.30\.0\.3/);
    const core = standInCore({ clusters: [sampleCluster('shop', { state: 'incomplete' })] });
    expect((await boathouse('status shop', { core })).out).toContain('boathouse cleanup shop');
  });

  it('prints a kubeconfig and nothing else', async () => {
    expect(await boathouse('kubeconfig shop')).toMatchObject({ code: 0, out: '# of shop', err: '' });
  });

  it('explains what is not there', async () => {
    const { code, out, err } = await boathouse('status none');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe('Error: There is no cluster "none"\n  -> See `boathouse list`');
    const asJson = await boathouse('status none --json');
    expect(asJson).toMatchObject({ code: 1, err: '', json: [{ error: { code: 'not-found' } }] });
  });
});

describe('doctor', () => {
  function sick(): StandInCore {
    const core = standInCore();
    const words = { code: 'engine', why: 'It runs nodes' };
    core.checks.push(
      { ...words, id: 'engine', group: 'engine', verdict: 'ok', title: 'Docker Engine', evidence: '20.10' },
      {
        id: 'inotify',
        code: 'inotify',
        group: 'computer',
        verdict: 'problem',
        title: 'inotify instances',
        evidence: '128 of 128 in use',
        why: 'kubelets stop',
        fix: 'raise to 512',
        commands: ['sysctl -w fs.inotify.max_user_instances=512'],
      },
    );
    return core;
  }

  it('shows what is wrong and fails for problems', async () => {
    const { code, out } = await boathouse('doctor', { core: sick() });
    expect(code).toBe(1);
    expect(out).toContain('✓ Docker Engine: 20.10');
    expect(out).toContain(
      '✗ inotify instances: 128 of 128 in use\n    why it matters: kubelets stop\n    can be fixed: raise to 512\n      $ sysctl -w fs.inotify.max_user_instances=512',
    );
    expect(out).toContain('boathouse doctor --fix');
  });

  it('counts nothing that is muted, and tells of it again when asked', async () => {
    const core = sick();
    const muted = await boathouse('doctor --mute inotify', { core });
    expect(muted.code).toBe(0);
    expect(muted.out).not.toContain('why it matters');
    expect(muted.out).toContain('Muted: inotify');
    const heard = await boathouse('doctor --unmute inotify', { core });
    expect([heard.code, heard.out]).toEqual([1, expect.stringContaining('boathouse doctor --mute inotify')]);
  });

  it('mends what can be and looks again', async () => {
    const core = sick();
    const { code, json } = await boathouse('doctor --fix --json', { core });
    expect(code).toBe(0);
    expect(json).toMatchObject([{ checks: [{ id: 'engine' }], fixed: [{ id: 'inotify', message: 'Mended inotify' }] }]);
    expect(core.calls).toEqual([['fix', { id: 'inotify' }]]);
  });
});
