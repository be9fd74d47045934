// The real kubeadm of the node image accepts the certificates and kubeconfigs, and can renew them.
import { finished } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packFiles } from '../../../engine/archive';
import { bootstrapToken, kubeadmConfig } from './kubeadm-config';
import { createPki } from './pki';
import { docker, nodeImage, whatIsMissing } from './testing/real-kind';

const missing = await whatIsMissing();
if (missing) console.warn(`certificates are not shown to the real kubeadm: ${missing}`);

const node = { name: 'dev-control-plane', role: 'control-plane' as const, address: '10.89.0.2' };
const cluster = {
  clusterName: 'dev',
  controlPlaneEndpoint: 'dev-control-plane:6443',
  certSANs: [],
  serviceSubnet: '10.96.0.0/16',
};

describe.skipIf(missing)('the real kubeadm', () => {
  let kubernetesVersion: string;
  let container: Awaited<ReturnType<typeof docker.createContainer>>;

  async function kubeadm(...args: string[]): Promise<string> {
    const exec = await container.exec({
      Cmd: ['kubeadm', ...args, '--config', '/kind/kubeadm.conf'],
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
    });
    const stream = await exec.start({ Tty: true });
    let output = '';
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
    await finished(stream, { writable: false });
    const { ExitCode } = await exec.inspect();
    if (ExitCode !== 0) throw new Error(output);
    return output;
  }

  beforeAll(async () => {
    // Not booted: kubeadm needs the files and nothing else.
    container = await docker.createContainer({ Image: nodeImage, Entrypoint: ['sleep', 'infinity'] });
    await container.start();
    const version = await container.exec({ Cmd: ['cat', '/kind/version'], AttachStdout: true, Tty: true });
    const stream = await version.start({ Tty: true });
    let text = '';
    stream.on('data', (chunk) => {
      text += String(chunk);
    });
    await finished(stream, { writable: false });
    kubernetesVersion = text.trim();
    const pki = await createPki({ ...cluster, kubernetesVersion, nodes: [node], now: new Date() });
    const content = kubeadmConfig({
      ...cluster,
      kubernetesVersion,
      node: { ...node, labels: {}, taints: [] },
      podSubnet: '10.244.0.0/16',
      token: bootstrapToken(),
      cgroupVersion: '1',
      singleControlPlane: true,
      singleNode: false,
    });
    const files = [...(pki.files.get(node.name) ?? []), { path: '/kind/kubeadm.conf', content }];
    await container.putArchive(await packFiles(files), { path: '/' });
  });
  afterAll(() => container?.remove({ force: true, v: true }));

  test('finds every certificate in place', async () => {
    const output = await kubeadm('certs', 'check-expiration');
    expect(output).not.toMatch(/MISSING|EXPIRED|invalid/i);
    expect(output.match(/ 364d /g)).toHaveLength(10);
    expect(output.match(/ 9y /g)).toHaveLength(3);
  });

  test('uses them instead of making its own', async () => {
    const certs = await kubeadm('init', 'phase', 'certs', 'all');
    expect(certs).not.toMatch(/Generating/);
    expect(
      certs.match(/Using existing .* (certificate authority|certificate and key on disk)|existing "sa" key/g),
    ).toHaveLength(11);
    const configs = await kubeadm('init', 'phase', 'kubeconfig', 'all');
    expect(configs.match(/Using existing kubeconfig file/g)).toHaveLength(4);
    expect(configs).not.toMatch(/Writing/);
  });

  test('renews them', async () => {
    const output = await kubeadm('certs', 'renew', 'all');
    expect(output.match(/ renewed\r?$/gm)).toHaveLength(10);
    expect(await kubeadm('certs', 'check-expiration')).not.toMatch(/MISSING|EXPIRED|invalid/i);
  });
});
