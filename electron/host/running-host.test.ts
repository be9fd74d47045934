// A running host is found by its record, and a record alone is not believed.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Host, startHost } from './host';
import { findRunningHost, forgetHost, inviteTo, recordHost } from './running-host';
import { standInCore } from './stand-in-core';

let folder: string;
let host: Host;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-state-'));
  const { router } = standInCore();
  host = await startHost({ router, rendererFolder: folder, version: '1.2.3', port: 0, log: () => {} });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

it('finds the host that is written down, and no one else may read where', async () => {
  expect(await findRunningHost(folder)).toBeUndefined();
  await recordHost(folder, host);
  expect(await findRunningHost(folder)).toEqual({
    port: host.port,
    pid: process.pid,
    token: host.token,
    address: host.address,
    version: '1.2.3',
  });
  expect((await stat(join(folder, 'host.json'))).mode & 0o777).toBe(0o600);
});

it('makes the folder, for its user only', async () => {
  const deep = join(folder, 'a', 'state');
  await recordHost(deep, host);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
});

it('does not believe a record whose host is gone, is another one or is no record', async () => {
  await recordHost(folder, { port: host.port, token: 'of an earlier host' });
  expect(await findRunningHost(folder)).toBeUndefined();
  await writeFile(join(folder, 'host.json'), JSON.stringify({ port: host.port, pid: 1, token: host.token }));
  expect(await findRunningHost(folder)).toBeUndefined();
  await writeFile(join(folder, 'host.json'), '{"port":');
  expect(await findRunningHost(folder)).toBeUndefined();
  await recordHost(folder, host);
  await host.close();
  expect(await findRunningHost(folder)).toBeUndefined();
});

it('forgets its own record only', async () => {
  await writeFile(join(folder, 'host.json'), JSON.stringify({ port: 1, pid: 1, token: 'x' }));
  await forgetHost(folder);
  expect(await readFile(join(folder, 'host.json'), 'utf8')).toContain('"pid":1');
  await recordHost(folder, host);
  await forgetHost(folder);
  await expect(stat(join(folder, 'host.json'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('invites a browser with an address that works once', async () => {
  const address = (await inviteTo(host)) ?? '';
  const token = new URL(address).hash.replace('#token=', '');
  expect(token).not.toBe(host.token);
  const origin = `http://127.0.0.1:${host.port}`;
  const enter = async () =>
    (await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: JSON.stringify({ token }) })).status;
  expect(await enter()).toBe(204);
  expect(await enter()).toBe(401);
  expect(await inviteTo({ port: host.port, token: 'wrong' })).toBeUndefined();
});
