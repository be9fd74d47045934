// For tests: an image that stands in for rancher/k3s, made from the testbed's node image where no real one can be had.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getFile, putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { testImage } from '../../engine/testing';
import { nodeImage } from '../core';

/** Its tag is like one of rancher/k3s, from which versions are read. */
export const k3sImage = 'testbed/k3s:v1.20.2-k3s1';
const label = 'dev.boathouse.testbed.stand-in';

/** Says plainly what the tests that use it are worth. */
export function sayNoRealK3s(): void {
  console.warn(
    'No real k3s was run: no image of it is at hand. A stand-in (real API server, no kubelet) took its place.',
  );
}

/** Builds the stand-in on the engine, unless it has one of the same sources. */
export async function ensureK3sImage(engine: Engine): Promise<void> {
  const sources = await Promise.all(['k3s.sh', 'build.sh'].map((name) => readFile(join(import.meta.dirname, name))));
  const [k3s = Buffer.alloc(0), build = Buffer.alloc(0)] = sources;
  const { Id: base } = await engine.docker.getImage(nodeImage).inspect();
  const fingerprint = createHash('sha256').update(base).update(k3s).update(build).digest('hex').slice(0, 16);
  const present = await engine.docker
    .getImage(k3sImage)
    .inspect()
    .catch(() => undefined);
  if (present?.Config.Labels?.[label] === fingerprint) return;
  const container = await engine.docker.createContainer({
    Image: nodeImage,
    Entrypoint: ['bash', '/stand-in/build'],
    // The node image's own is systemd's.
    StopSignal: 'SIGTERM',
    HostConfig: { Privileged: true, Tmpfs: { '/tmp': '', '/mnt': '' } },
  });
  try {
    await putFiles(engine, container.id, [
      { path: '/stand-in/k3s', content: k3s, mode: 0o755 },
      { path: '/stand-in/build', content: build, mode: 0o755 },
      { path: '/stand-in/busybox', content: await busybox(engine), mode: 0o755 },
    ]);
    await container.start();
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    if (StatusCode !== 0)
      throw new Error(`the stand-in could not be built: ${await container.logs({ stderr: true, stdout: true })}`);
    const [repo = '', tag = ''] = k3sImage.split(':');
    await container.commit({ repo, tag, changes: changes(fingerprint).join('\n') });
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** rancher/k3s: its entrypoint, default command, search path and volumes. */
function changes(fingerprint: string): string[] {
  return [
    'ENTRYPOINT ["/bin/k3s"]',
    'CMD ["agent"]',
    'ENV PATH=/var/lib/rancher/k3s/data/cni:/usr/sbin:/usr/bin:/sbin:/bin:/bin/aux',
    'VOLUME ["/var/lib/kubelet","/var/lib/rancher/k3s","/var/lib/cni","/var/log"]',
    `LABEL ${label}=${fingerprint}`,
  ];
}

async function busybox(engine: Engine): Promise<Buffer> {
  const container = await engine.docker.createContainer({ Image: testImage });
  try {
    const file = await getFile(engine, container.id, '/bin/busybox');
    if (!file) throw new Error(`${testImage} has no busybox`);
    return file;
  } finally {
    await container.remove();
  }
}
