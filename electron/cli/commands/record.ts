// `boathouse record`: keeps what happens in a cluster and what deleted pods said last until it is interrupted, as an archive without secrets.
import { open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { exitCodes } from '../errors';
import { clientOf, printResult, type Session } from '../session';
import { contextCalled } from './kubeconfig/which';

export interface RecordOptions {
  output?: string;
  exact?: boolean;
}

/** @returns the exit code. Throws `bad-input` for a file that is there or cannot be written. */
export async function record(
  session: Session,
  name: string,
  { output, exact = false }: RecordOptions,
): Promise<number> {
  const { terminal, interrupt } = session;
  const found = await contextCalled(session, name, exact);
  const context = found?.name ?? name;
  const path = resolve(output ?? `${name}-recording.tar.gz`);
  // What would not be written is known before anything is recorded.
  const file = await open(path, 'wx', 0o600).catch((error: Error) => {
    throw new AppError('bad-input', `${path} cannot be written: ${error.message}`, {
      hints: [{ text: 'Name another file with --output, or remove this one.' }],
    });
  });
  const client = await clientOf(session);
  const told = new Map<string, string>();
  try {
    terminal.err(`Recording ${context} until Ctrl-C.`);
    for await (const message of await client.recorder.watch({ context }, { signal: interrupt })) {
      for (const { key, namespace, name: pod, state } of message.type === 'patch' ? message.upserts : message.items) {
        if (told.get(key) !== state) terminal.err(`${namespace}/${pod} ${words[state]}`);
        told.set(key, state);
      }
    }
  } catch (error) {
    if (!interrupt.aborted) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
  }
  let size = 0;
  for await (const { base64 } of await client.recorder.export({ context })) {
    const bytes = Buffer.from(base64, 'base64');
    size += bytes.length;
    await file.write(bytes);
  }
  await file.close();
  printResult(session, { context, file: path, size, pods: told.size }, () => [
    `What was recorded is in ${path} (${Math.ceil(size / 1024)} KiB); secrets were removed.`,
  ]);
  return exitCodes.done;
}

const words = { listening: 'is being deleted', kept: 'is gone; what it said last is kept', missed: 'is gone, unheard' };
