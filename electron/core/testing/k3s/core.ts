// For tests: a core whose engine notes what it is asked to create, with the image that stands in for k3s, and templates for it.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTestEngine } from '../../engine/testing';
import { openTestCore, type TestCore } from '../core';
import { docker } from '../programs';
import { recordEngine } from '../recorder';
import { ensureK3sImage, k3sImage } from './image';

const run = promisify(execFile);

/** A template of k3s: `spec` is what comes after provider, image and networking, indented by two. */
export const k3sTemplate = (id: string, spec: string) => ({
  yaml: `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: ${id}, title: T, description: D}
spec:
  provider: k3s
  kubernetes: {image: "${k3sImage}"}
  networking: {podSubnet: 10.42.0.0/16, serviceSubnet: 10.43.0.0/16}
${spec}`,
  from: `${id}.yaml`,
});

/** `close` ends both and takes their files away. */
export async function openRecorded(host: string) {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-recorder-'));
  await ensureK3sImage(await openTestEngine(host));
  const recorder = await recordEngine(host, directory);
  const core = await openTestCore(recorder.host);
  // Programs beside it are not recorded.
  core.environment.DOCKER_HOST = host;
  const close = async () => {
    await core.close();
    await recorder.close();
    await rm(directory, { recursive: true });
  };
  return { core, recorder, close };
}

/** kubectl by the context that was written. */
export async function kubectlByContext(core: TestCore, ...words: string[]): Promise<string> {
  const program = process.env.BOATHOUSE_TEST_KUBECTL || 'kubectl';
  const { stdout } = await run(program, ['--kubeconfig', core.kubeconfig, ...words]);
  return stdout;
}

/** Everything that is there of a cluster of k3s, by label and by name. */
export async function tracesOf(core: TestCore, name: string): Promise<string> {
  const traces = await Promise.all([
    docker(core, 'ps', '-a', '--filter', `name=${name}`, '--format', '{{.Names}}'),
    docker(core, 'network', 'ls', '--filter', `name=${name}`, '--format', '{{.Name}}'),
    docker(core, 'volume', 'ls', '--filter', `name=${name}`, '--format', '{{.Name}}'),
  ]);
  const kubeconfig = await readFile(core.kubeconfig, 'utf8').catch(() => '');
  return [...traces, kubeconfig.includes(name) ? 'kubeconfig' : ''].join('');
}
