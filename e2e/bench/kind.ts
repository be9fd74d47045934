// The real kind as the peer of a bench: makes and deletes clusters of the image that is measured.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const kind = process.env.BOATHOUSE_TEST_KIND ?? 'kind';

/** `directory` takes its configuration and its kubeconfig. */
export async function kindCreates(name: string, nodes: number, image: string, directory: string): Promise<void> {
  const config = join(directory, 'kind.yaml');
  const roles = ['control-plane', ...Array.from({ length: nodes - 1 }, () => 'worker')];
  const list = roles.map((role) => `- role: ${role}\n`).join('');
  await writeFile(config, `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n${list}`);
  await run(directory, 'create', 'cluster', '--name', name, '--image', image, '--config', config, '--wait', '5m');
}

export async function kindDeletes(name: string, directory: string): Promise<void> {
  await run(directory, 'delete', 'cluster', '--name', name);
}

function run(directory: string, ...words: string[]) {
  return execa(kind, words, { env: { KUBECONFIG: join(directory, 'kubeconfig') } });
}
