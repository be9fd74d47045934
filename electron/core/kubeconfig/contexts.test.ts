// Contexts as people see them: over several files, whose cluster each is, what is wrong with it; live, quick, and as a file of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { KubeconfigView } from '../../../shared/model/kubeconfig';
import { certificateUntil } from './certificates.test-data';
import { listContexts, readFiles } from './list-contexts';
import { parseKubeconfig } from './parse';
import { readModel } from './parse-quick';
import { kubeconfigText } from './samples.test-data';
import { standaloneContext } from './standalone';
import { watchContexts } from './watch-contexts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contexts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const optionsFor = (...names: string[]) => ({
  environment: { KUBECONFIG: names.map((name) => join(folder, name)).join(process.platform === 'win32' ? ';' : ':') },
  homeDirectory: folder,
  platform: process.platform,
});
const put = async (name: string, text: string) => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const named = (view: KubeconfigView, name: string) => view.contexts.find((context) => context.name === name);

const cluster = (name: string, server: string, more = '') =>
  `clusters: [{name: ${name}, cluster: {server: "${server}"${more}}}]\n`;
const context = (name: string, to = name, more = '') =>
  `contexts: [{name: ${name}, context: {cluster: ${to}, user: ${to}${more}}}]\n`;

describe('listContexts', () => {
  it('takes of each name the first over all files, and finds cluster and user in any of them', async () => {
    const [a, b] = [
      await put('a', `current-context: shop\n${context('shop', 'kind-shop', ', namespace: web')}`),
      await put('b', `current-context: other\n${context('shop', 'x')}${cluster('kind-shop', 'https://127.0.0.1:1')}`),
    ];
    const view = await listContexts(optionsFor('a', 'b', 'none'));
    expect(view.files).toMatchObject([
      { path: a, exists: true },
      { path: b, exists: true },
      { path: join(folder, 'none'), exists: false },
    ]);
    expect(view.current).toBe('shop');
    expect(view.contexts).toEqual([
      expect.objectContaining({
        name: 'shop',
        file: a,
        hiddenIn: [b],
        server: 'https://127.0.0.1:1',
        namespace: 'web',
        current: true,
        faults: [expect.objectContaining({ code: 'user-missing' })],
      }),
    ]);
  });

  it.each([
    ['kind-shop', 'https://127.0.0.1:1', '', { origin: 'kind', clusterName: 'shop' }],
    ['k3d-shop', 'https://0.0.0.0:1', '', { origin: 'k3d', clusterName: 'shop' }],
    ['kind-shop', 'https://10.0.0.7:1', '', { origin: 'remote' }],
    ['prod', 'https://prod.example.com', '', { origin: 'remote' }],
    ['docker-desktop', 'https://kubernetes.docker.internal:6443', '', { origin: 'local' }],
    ['tunnel', 'https://localhost:6443', '', { origin: 'local' }],
    ['p1', 'https://127.0.0.1:1', ', certificate-authority: /home/a/.minikube/ca.crt', { origin: 'minikube' }],
    [
      'renamed',
      'https://127.0.0.1:1',
      ', extensions: [{name: dev.boathouse, extension: {cluster: shop, provider: kubeadm}}]',
      { origin: 'boathouse', clusterName: 'shop' },
    ],
  ])('knows whose %s at %s is', async (name, server, more, expected) => {
    await put('a', context(name) + cluster(name, server, more));
    expect(named(await listContexts(optionsFor('a')), name)).toMatchObject(expected);
  });

  it('says what is wrong: no cluster, files that are gone, a certificate that has ended; and shows no password', async () => {
    await put('a', context('lost'));
    await put(
      'b',
      `${context('x')}${cluster('x', 'https://ana:hunter22@x.example.com', ', certificate-authority: ca.crt')}` +
        `users: [{name: x, user: {client-certificate-data: ${certificateUntil('2020-01-01').base64}, client-key: gone.key}}]`,
    );
    const view = await listContexts(optionsFor('a', 'b'));
    expect(named(view, 'lost')).toMatchObject({ origin: 'unknown', faults: [{ code: 'cluster-missing' }, {}] });
    expect(named(view, 'x')).toMatchObject({
      signsIn: 'certificate',
      expiresAt: expect.stringMatching(/^2020-01-01/),
      server: 'https://[removed]@x.example.com',
      faults: [
        { code: 'file-missing', params: { field: 'certificate-authority', path: join(folder, 'ca.crt') } },
        { code: 'file-missing', params: { field: 'client-key', path: join(folder, 'gone.key') } },
        { code: 'expired' },
      ],
    });
    expect(JSON.stringify(view)).not.toContain('hunter22');
  });

  it('reads the end of a token that says it', async () => {
    const payload = Buffer.from(JSON.stringify({ exp: 2_000_000_000 })).toString('base64url');
    await put('a', `${context('x')}users: [{name: x, user: {token: h.${payload}.s}}]`);
    expect(named(await listContexts(optionsFor('a')), 'x')).toMatchObject({
      signsIn: 'token',
      expiresAt: '2033-05-18T03:33:20.000Z',
    });
  });

  it('says why a file cannot be used, and lists the others', async () => {
    await put('a', 'clusters: {a: 1}');
    await put('b', context('x'));
    const view = await listContexts(optionsFor('a', 'b'));
    expect(view.files[0]?.error).toMatchObject({ code: 'kubeconfig-invalid' });
    expect(view.contexts).toHaveLength(1);
  });

  it('lists 200 contexts without a pause', async () => {
    const { base64 } = certificateUntil('2031-01-01');
    const many = Array.from({ length: 200 }, (_, index) => `c${index}`);
    await put(
      'a',
      `clusters:\n${many.map((name) => `- name: ${name}\n  cluster:\n    certificate-authority-data: ${base64}\n    server: https://${name}.example.com\n`).join('')}` +
        `contexts:\n${many.map((name) => `- name: ${name}\n  context:\n    cluster: ${name}\n    user: ${name}\n`).join('')}` +
        `users:\n${many.map((name) => `- name: ${name}\n  user:\n    client-certificate-data: ${base64}\n    client-key-data: ${base64}\n`).join('')}`,
    );
    const begun = performance.now();
    expect((await listContexts(optionsFor('a'))).contexts).toHaveLength(200);
    // The goal is 100 ms, which `npm run bench:startup` measures; a computer that is busy with tests takes longer.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

it('the quick reading says what the exact one says', () => {
  fc.assert(
    fc.property(kubeconfigText({ listsAreThere: false }), (text) => {
      const exact = parseKubeconfig(text, 'f').model;
      const quick = readModel(text, 'f');
      const names = ({ clusters, contexts, users }: typeof exact) =>
        [clusters, contexts, users].map((list) => list.map(({ name }) => name));
      expect(names(quick)).toEqual(names(exact));
      expect(quick.currentContext).toBe(exact.currentContext);
    }),
  );
});

describe('watchContexts', () => {
  it('tells of what another program changes, and ends when aborted', async () => {
    await put('a', context('one'));
    const stop = new AbortController();
    const views = watchContexts(optionsFor('a'), stop.signal);
    expect((await views.next()).value).toMatchObject({ contexts: [{ name: 'one' }] });
    await put('a', context('another'));
    let seen = await views.next();
    while (!seen.done && seen.value.contexts[0]?.name !== 'another') seen = await views.next();
    expect(seen.value).toMatchObject({ contexts: [{ name: 'another' }] });
    const last = views.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });
});

describe('standaloneContext', () => {
  it('embeds certificates, makes paths whole, and leaves everything else out', async () => {
    await mkdir(join(folder, 'pki'));
    for (const name of ['ca', 'cert', 'key']) await put(`pki/${name}`, name);
    await put(
      'a',
      `${context('x', 'x', ', namespace: web')}${cluster('x', 'https://x.example.com', ', certificate-authority: pki/ca')}` +
        'users: [{name: x, user: {client-certificate: pki/cert, client-key: pki/key, tokenFile: t}}, {name: y, user: {token: no}}]',
    );
    const yaml = await standaloneContext(await readFiles(optionsFor('a')), 'x');
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(parse(yaml)).toMatchObject({
      'current-context': 'x',
      clusters: [{ name: 'x', cluster: { 'certificate-authority-data': base64('ca') } }],
      contexts: [{ name: 'x', context: { namespace: 'web' } }],
      users: [
        {
          name: 'x',
          user: {
            'client-certificate-data': base64('cert'),
            'client-key-data': base64('key'),
            tokenFile: join(folder, 't'),
          },
        },
      ],
    });
    expect(yaml).not.toMatch(/pki|token: no/);
  });

  it('says which file is missing, and which context', async () => {
    await put('a', context('x') + cluster('x', 'https://x', ', certificate-authority: gone'));
    const files = await readFiles(optionsFor('a'));
    await expect(standaloneContext(files, 'x')).rejects.toMatchObject({
      code: 'kubeconfig-invalid',
      message: expect.stringContaining(join(folder, 'gone')),
    });
    await expect(standaloneContext(files, 'y')).rejects.toMatchObject({ code: 'not-found' });
  });
});
