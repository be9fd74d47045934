// Saves a cluster's logs as the browser or the window saves any download.
import type { Client } from '../../shared/contract';

/** Resolves when the archive is handed over. Throws what `clusters.exportLogs` does. */
export async function saveLogs({ clusters }: Client, name: string): Promise<void> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const { base64 } of await clusters.exportLogs({ name })) {
    chunks.push(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  }
  const address = URL.createObjectURL(new Blob(chunks, { type: 'application/gzip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}-logs.tar.gz`;
  link.click();
  URL.revokeObjectURL(address);
}
