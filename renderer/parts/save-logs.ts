// Saves a cluster's logs, and what was recorded of it, as the browser or the window saves any download.
import type { Client } from '../../shared/contract';

/** Resolves when the archive is handed over. Throws what `clusters.exportLogs` does. */
export async function saveLogs({ clusters }: Client, name: string): Promise<void> {
  await save(await clusters.exportLogs({ name }), `${name}-logs.tar.gz`);
}

/** The same for what was recorded of a context. */
export async function saveRecording({ recorder }: Client, context: string): Promise<void> {
  await save(await recorder.export({ context }), `${context.replace(/[^\w.-]+/g, '-')}-recording.tar.gz`);
}

async function save(pieces: AsyncIterable<{ base64: string }>, file: string): Promise<void> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const { base64 } of pieces) {
    chunks.push(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  }
  const address = URL.createObjectURL(new Blob(chunks, { type: 'application/gzip' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file;
  link.click();
  URL.revokeObjectURL(address);
}
