// k3d's notations of ports, volumes and memory.
import { expect, it } from 'vitest';
import { readPorts } from './ports';
import { readMemory, readVolume } from './volumes';

it.each([
  ['80', [['0.0.0.0', 0, 80, 'TCP']]],
  ['8080:80', [['0.0.0.0', 8080, 80, 'TCP']]],
  ['127.0.0.1:8080:80/udp', [['127.0.0.1', 8080, 80, 'UDP']]],
  ['127.0.0.1::80', [['127.0.0.1', 0, 80, 'TCP']]],
  ['[::]:53:53/SCTP', [['::', 53, 53, 'SCTP']]],
  [
    '1-2:11-12',
    [
      ['0.0.0.0', 1, 11, 'TCP'],
      ['0.0.0.0', 2, 12, 'TCP'],
    ],
  ],
])('the port %s', (text, expected) => {
  expect(readPorts(text)?.map((port) => Object.values(port))).toEqual(expected);
});

it.each(['', 'a', '80:', '1-2:11-13', '2-1:12-11', '1-9999:1-9999', '80/icmp'])('the port %j is none', (text) => {
  expect(readPorts(text)).toBeUndefined();
});

it('volumes and memory', () => {
  expect(readVolume('${HOME}/a:/b:ro,Z,rshared')).toEqual({
    mount: {
      hostPath: '${HOME}/a',
      containerPath: '/b',
      readOnly: true,
      propagation: 'Bidirectional',
      selinuxRelabel: true,
    },
    unknown: [],
  });
  expect(readVolume('named:/b')).toBeUndefined();
  expect(readVolume('/b')).toBeUndefined();
  expect(['512m', '2g', '1.5G', '1024', '64kb', '2GiB', 'much'].map(readMemory)).toEqual([
    '512Mi',
    '2Gi',
    '1.5Gi',
    '1024',
    '64Ki',
    '2Gi',
    undefined,
  ]);
});
