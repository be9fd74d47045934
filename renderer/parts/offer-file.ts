// Hands a file that only the window can read to the core: each piece as it is wanted.
import type { Client } from '../../shared/contract';

/**
 * @returns the id by which the core knows the file
 * @param signal withdraws it; what still reads it fails then
 */
export async function offerFile(client: Client, file: File, signal: AbortSignal): Promise<string> {
  const heard = await client.images.offer({ name: file.name, size: file.size }, { signal });
  const first = await heard.next();
  if (first.done || !('file' in first.value)) throw new Error('the core gave the file no id');
  const id = first.value.file;
  const give = async () => {
    for await (const one of heard) {
      if (!('wanted' in one)) continue;
      const { from, length } = one.wanted;
      await client.images.give({ file: id, from, base64: await base64Of(file.slice(from, from + length)) });
    }
  };
  // A file that cannot be read any more is withdrawn with it, and what reads it says so.
  give().catch(() => heard.return?.(undefined));
  return id;
}

function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('the file cannot be read'));
    reader.readAsDataURL(piece);
  });
}
