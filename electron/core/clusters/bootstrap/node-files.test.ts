// The environment of a node's services, in systemd's words.
import { expect, test } from 'vitest';
import { environmentFiles } from './node-files';

test('containerd and the kubelet are told of it; quotes, percent signs and lines are systemd’s', () => {
  const files = environmentFiles({ PLAIN: 'a b', ODD: 'say "100 %" \\ or\nnot' });
  expect(files.map(({ path }) => path)).toEqual([
    '/etc/systemd/system/containerd.service.d/50-boathouse-environment.conf',
    '/etc/systemd/system/kubelet.service.d/50-boathouse-environment.conf',
  ]);
  expect(files[0]).toMatchObject({
    content: '[Service]\nEnvironment="PLAIN=a b"\nEnvironment="ODD=say \\"100 %%\\" \\\\ or\\nnot"\n',
  });
});

test('without any there are no files', () => expect(environmentFiles({})).toEqual([]));
