// `boathouse dashboard`: what the core is asked for, what is printed where, and who is asked first.
import { expect, it, vi } from 'vitest';
import type { KubeContext } from '../../shared/model/kubeconfig';
import { standInCore } from '../host/stand-in-core';
import { memoryTerminal } from './memory-terminal';
import { boathouse } from './run-for-test';

const contextNamed = (name: string, more: Partial<KubeContext>): KubeContext => ({
  name,
  file: '/config',
  hiddenIn: [],
  cluster: name,
  user: name,
  current: false,
  origin: 'boathouse',
  signsIn: 'certificate',
  faults: [],
  ...more,
});
const core = () =>
  standInCore({
    kubeconfig: {
      files: [],
      contexts: [
        contextNamed('kind-shop', { clusterName: 'shop' }),
        contextNamed('prod', { origin: 'remote', server: 'https://prod.example.com' }),
      ],
    },
  });
const over = AbortSignal.abort();

it('opens the one that is there as administrator, and stays until it is interrupted', async () => {
  const one = core();
  const { code, out } = await boathouse('dashboard shop', { core: one, interrupt: over });
  expect(code).toBe(0);
  expect(out).toContain('Headlamp: http://127.0.0.1:41999/.boathouse/open#token=');
  expect(out).toContain('Signed in as admin: it may do everything in the whole cluster.');
  expect(one.calls).toEqual([['open', { context: 'kind-shop', rights: 'admin' }]]);
});

it('sets up what is missing first: other rights, another kind', async () => {
  const ran = async (words: string) => {
    const one = core();
    const interrupt = new AbortController();
    const running = boathouse(words, { core: one, interrupt: interrupt.signal });
    await vi.waitFor(() => expect(one.calls).toHaveLength(2));
    interrupt.abort();
    expect((await running).code).toBe(0);
    return one.calls[0]?.[1];
  };
  expect(await ran('dashboard shop --read-only')).toEqual({ context: 'kind-shop', rights: 'read-only' });
  const kind = 'kubernetes-dashboard';
  const wanted = { context: 'kind-shop', rights: 'admin', kind, image: 'mirror/board:1' };
  expect(await ran(`dashboard shop --kind ${kind} --image mirror/board:1`)).toEqual(wanted);
});

it('prints the token alone, and beside it until when it is valid', async () => {
  const { out, err } = await boathouse('dashboard shop --token --read-only', { core: core() });
  expect(out).toBe('eyJ.sample.token');
  expect(err).toMatch(/^It is valid until .*2026.* Whoever has it: it shows everything but Secrets/);
  const asked = await boathouse('dashboard shop --token --json', { core: core() });
  expect(asked.json).toEqual([{ token: 'eyJ.sample.token', expiresAt: '2026-11-30T13:00:00.000Z', rights: 'admin' }]);
});

it('asks before it removes, and changes nothing that is not on this computer unasked', async () => {
  const one = core();
  const no = memoryTerminal({ answers: ['n'] });
  expect((await boathouse('dashboard shop --remove', { core: one, terminal: no })).code).not.toBe(0);
  expect(one.calls).toEqual([]);
  const far = await boathouse('dashboard prod --read-only', { core: one });
  expect(far.code).toBe(2);
  expect(far.err).toContain('prod is not on this computer: https://prod.example.com');
  expect(one.calls).toEqual([]);
  expect((await boathouse('dashboard prod --remove --yes', { core: one })).code).toBe(0);
  expect(one.calls).toEqual([['dashboard', { context: 'prod' }]]);
});
