// The certificates that docker itself trusts for one registry: `certs.d/<host>/*.crt` on this computer.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Docker Engine, rootless Docker, Docker Desktop. (docs.docker.com: "Verify repository client with certificates") */
export function certificateFolders(homeDirectory: string): string[] {
  return ['/etc/docker/certs.d', join(homeDirectory, '.config/docker/certs.d'), join(homeDirectory, '.docker/certs.d')];
}

/** PEM texts, one after the other; empty when there are none. A folder that must not be read has none. */
export async function dockerCertificates(folders: readonly string[], registry: string): Promise<string> {
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const own = join(folder, registry);
      const names = await readdir(own).catch(() => []);
      const certificates = names.filter((name) => name.endsWith('.crt')).sort();
      return Promise.all(certificates.map((name) => readFile(join(own, name), 'utf8').catch(() => '')));
    }),
  );
  return texts.flat().join('\n');
}
