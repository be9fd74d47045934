// What kubeadm wrote elsewhere for a kubelet becomes files of its node.
import { expect, test } from 'vitest';
import { kubeletFiles } from './kubelets';

test('every printed file goes below the kubelet’s folder', () => {
  const line = (path: string, content: string) => `${path} ${Buffer.from(content).toString('base64')}\n`;
  const printed = `${line('config.yaml', 'kind: KubeletConfiguration\n') + line('kubeadm-flags.env', '')}\n`;
  expect(kubeletFiles(printed)).toEqual([
    { path: '/var/lib/kubelet/config.yaml', content: Buffer.from('kind: KubeletConfiguration\n') },
    { path: '/var/lib/kubelet/kubeadm-flags.env', content: Buffer.alloc(0) },
  ]);
});
