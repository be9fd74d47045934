// Listeners are found in what the systems print about them.
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listeningSockets, parseLsof, parseNetstat, portProcess } from './port-process';

const proc = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 12399 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 678 1 0000000000000000 100 0 0 10 0
`;

test('Linux: only sockets that listen count', () => {
  expect(listeningSockets(proc, 8080)).toEqual(['12345']);
  expect(listeningSockets(proc, 22)).toEqual(['678']);
  expect(listeningSockets(proc, 80)).toEqual([]);
});

test('lsof', () => {
  expect(parseLsof('p4711\ncnginx\nf6\np4712\ncnginx\nf6\n')).toEqual({ pid: 4711, name: 'nginx' });
  expect(parseLsof('')).toBeUndefined();
});

test('netstat of Windows, in any language', () => {
  const output = [
    'Aktive Verbindungen',
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    127.0.0.1:49700        127.0.0.1:8080         HERGESTELLT      99',
    '  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN          4711',
    '  TCP    [::]:8080              [::]:0                 ABHÖREN          4711',
  ].join('\r\n');
  expect(parseNetstat(output, 8080)).toBe(4711);
  expect(parseNetstat(output, 80)).toBeUndefined();
});

test.runIf(process.platform === 'linux')('this very process is found by its port', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as { port: number };
    expect(await portProcess(port, 'linux')).toMatchObject({ pid: process.pid });
  } finally {
    server.close();
  }
});
