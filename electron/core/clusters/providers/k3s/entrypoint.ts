// The scripts that k3s' containers begin with: k3d's places for them, so that k3d's own start finds and renews them there.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../../engine/engine';

/** k3d 5.9: the control groups only where the engine has those of version 2. */
function partsFor({ cgroupVersion }: Engine['info']): string[] {
  return [...(cgroupVersion === '2' ? ['cgroupv2'] : []), 'dns', 'mounts'];
}

/** The scripts from the folder `resources`, as files of a node. k3d 5.9: mode 0744. */
export async function entrypointFiles(resources: string, info: Engine['info']) {
  const names = ['k3d-entrypoint.sh', ...partsFor(info).map((part) => `k3d-entrypoint-${part}.sh`)];
  return Promise.all(
    names.map(async (name) => ({
      path: `/bin/${name}`,
      content: await readFile(join(resources, 'k3s', name)),
      mode: 0o744,
    })),
  );
}
