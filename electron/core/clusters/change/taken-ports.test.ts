// When two ports are one.
import { expect, test } from 'vitest';
import { portSchema } from '../../../../shared/model/template/ports';
import { has } from './taken-ports';

const container = (IP: string, PublicPort: number, Type = 'tcp') => ({ Ports: [{ IP, PublicPort, Type }] });
const port = (more: object) => portSchema.parse({ hostPort: 8080, to: { nodePort: 80 }, ...more });

test.each([
  ['the same address', container('127.0.0.1', 8080), port({}), true],
  ['all addresses, which include this one', container('0.0.0.0', 8080), port({}), true],
  ['one of all that are wanted', container('192.168.1.2', 8080), port({ hostAddress: '0.0.0.0' }), true],
  ['another address', container('192.168.1.2', 8080), port({}), false],
  ['another port', container('127.0.0.1', 8081), port({}), false],
  ['another protocol', container('127.0.0.1', 8080, 'udp'), port({}), false],
])('%s', (_what, taken, wanted, answer) => {
  expect(has(taken, wanted)).toBe(answer);
});
