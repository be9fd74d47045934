// Copies of kubeconfig files as they were before we changed them, the newest few.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const kept = 20;

/** Folder of the backups below the core's state directory. */
export function backupDirectory(state: string): string {
  return join(state, 'kubeconfig-backups');
}

/** Keeps `bytes` (mode 0600: they hold keys) under a name made of the time and the file's path; drops the oldest over 20. */
export async function keepBackup(state: string, file: string, bytes: Uint8Array): Promise<void> {
  const directory = backupDirectory(state);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(':', '-');
  const path = file.replaceAll(/[^\w.-]+/g, '_').slice(-80);
  const handle = await open(join(directory, `${time}-${randomBytes(3).toString('hex')}${path}`), 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
  } finally {
    await handle.close();
  }
  const names = (await readdir(directory)).sort();
  await Promise.all(names.slice(0, -kept).map((name) => unlink(join(directory, name)).catch(() => {})));
}
