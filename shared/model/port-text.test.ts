// A port is read as people type it, and every port is written so that it is read back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePort, portLine } from './port-text';
import type { TemplatePort } from './template/ports';

const near = (hostPort: number, more = {}) => ({ hostAddress: '127.0.0.1', hostPort, protocol: 'TCP', ...more });
const web = (port: number, namespace = 'default') => ({ to: { service: 'web', namespace, port } });

describe('what people type', () => {
  it.each([
    ['8080', near(8080)],
    [' 8080 ', near(8080)],
    ['0', near(0)],
    ['8080/udp', near(8080, { protocol: 'UDP' })],
    ['8080:80', near(8080, { inside: 80 })],
    ['127.0.0.1:8080:80/tcp', near(8080, { inside: 80 })],
    ['localhost:8080', near(8080)],
    ['*:8080', near(8080, { hostAddress: '0.0.0.0' })],
    ['[::1]:8080', near(8080, { hostAddress: '::1' })],
    ['[::]:8080:80', near(8080, { hostAddress: '::', inside: 80 })],
    ['8080 -> web:80', near(8080, web(80))],
    ['8080->web:80', near(8080, web(80))],
    ['8080 → web:80', near(8080, web(80))],
    ['8080 => svc web:80', near(8080, web(80))],
    ['8080 -> web', near(8080, web(8080))],
    ['8080 -> shop/web:80', near(8080, web(80, 'shop'))],
    ['8080 -> service shop/web', near(8080, web(8080, 'shop'))],
    ['8080 -> 30080', near(8080, { to: { nodePort: 30080 } })],
    ['8080 -> nodePort 8081', near(8080, { to: { nodePort: 8081 } })],
    ['8080 -> 80', near(8080, { inside: 80 })],
    ['8080 -> node all:80', near(8080, { to: { node: 'all', port: 80 } })],
    [
      '0.0.0.0:80 -> node worker:80/udp',
      near(80, { hostAddress: '0.0.0.0', protocol: 'UDP', to: { node: 'worker', port: 80 } }),
    ],
    ['53/udp -> dns:53/udp', near(53, { protocol: 'UDP', to: { service: 'dns', namespace: 'default', port: 53 } })],
  ])('%s', (text, port) => {
    expect(parsePort(text)).toEqual({ port });
  });
});

describe('what cannot be meant', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['web', 'port'],
    ['65536', 'port'],
    ['-1', 'port'],
    ['8080:', 'port'],
    ['8080:0', 'port'],
    ['8080 -> ', 'target'],
    ['8080 -> a b', 'target'],
    ['8080 -> Web:80', 'target'],
    ['8080 -> web:0', 'target'],
    ['8080 -> node a/b:80', 'target'],
    ['8080:80 -> web:80', 'target'],
    ['8080 -> web:80 -> x', 'target'],
    ['0 -> web', 'target'],
    ['300.0.0.1:8080', 'address'],
    ['[::g]:80', 'address'],
    ['::1:80', 'address'],
    ['8080/icmp', 'protocol'],
    ['8080/tcp -> web:80/udp', 'protocol'],
  ])('%j: %s', (text, problem) => {
    expect(parsePort(text)).toEqual({ problem });
  });

  it('is never thrown, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parsePort(text)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('8080', ':', '->', ' ', '/', 'udp', 'web', 'node', '[', ']', '.', '0')),
        (parts) => {
          expect(Object.keys(parsePort(parts.join('')))).toHaveLength(1);
        },
      ),
    );
  });
});

const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const port = fc.integer({ min: 1, max: 65_535 });
const target: fc.Arbitrary<TemplatePort['to']> = fc.oneof(
  fc.record({ service: name, namespace: fc.oneof(fc.constant('default'), name), port }),
  fc.record({ node: name, port }),
  fc.record({ nodePort: port }),
);

it('every port is read back as it was written', () => {
  const ports = fc.record({
    hostAddress: fc.oneof(fc.constant('127.0.0.1'), fc.ipV4(), fc.constantFrom('::', '::1', 'fe80::1')),
    hostPort: fc.integer({ min: 0, max: 65_535 }),
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const),
    to: target,
  });
  fc.assert(
    fc.property(ports, (one) => {
      expect(parsePort(portLine(one))).toEqual({ port: one });
    }),
  );
});
