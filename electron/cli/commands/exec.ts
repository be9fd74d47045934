// `boathouse exec`: a command in a container, with a terminal where there is one; its exit code becomes the command's.
import { parseTarget } from '../../../shared/model/pod-target';
import { exitCodes } from '../errors';
import { clientOf, type Session } from '../session';
import { contextCalled } from './kubeconfig/which';

export interface ExecOptions {
  namespace?: string;
  container?: string;
  stdin?: boolean;
  debug?: string | true;
  exact?: boolean;
}

/** @returns the exit code of what ran */
export async function exec(
  session: Session,
  name: string,
  word: string,
  words: readonly string[],
  options: ExecOptions,
): Promise<number> {
  const { terminal, interrupt } = session;
  const { container, stdin = false, debug } = options;
  const { console } = terminal;
  const found = await contextCalled(session, name, options.exact ?? false);
  const [, node] = /^nodes?\/([^/]+)$/.exec(word) ?? [];
  const target =
    node === undefined
      ? parseTarget(word, options.namespace ?? found?.namespace ?? 'default')
      : { kind: 'node' as const, name: node };
  const client = await clientOf(session);
  const tty = console.interactive && !session.json;
  const ended = new AbortController();
  const signal = AbortSignal.any([interrupt, ended.signal]);
  const request = {
    context: found?.name ?? name,
    target,
    ...(container !== undefined && { container }),
    ...(words.length > 0 && { command: [...words] }),
    ...(tty && { terminal: console.size() }),
    ...(debug !== undefined && { debug: { image: debug === true ? 'busybox' : debug } }),
  };
  let giveBack = () => {};
  let quiet = () => {};
  let code: number = exitCodes.failed;
  try {
    for await (const message of await client.podExec.run(request, { signal })) {
      if (message.type === 'waiting')
        terminal.err(`Starting a ${node === undefined ? 'debugging container' : 'privileged pod'} of ${message.for}`);
      else if (message.type === 'opened') {
        const { id } = message;
        if (tty) {
          giveBack = console.raw();
          quiet = console.onResize(() => void client.podExec.resize({ id, ...console.size() }).catch(() => {}));
        }
        if (tty || stdin) void give(id);
      } else if (message.type === 'output') await console.write(message.stream, Buffer.from(message.base64, 'base64'));
      else code = message.code;
    }
  } finally {
    giveBack();
    quiet();
    ended.abort();
  }
  return code;

  /** What comes in here, until the command or the input ends. */
  async function give(id: string): Promise<void> {
    try {
      for await (const bytes of console.input(ended.signal)) {
        await client.podExec.write({ id, base64: Buffer.from(bytes).toString('base64') });
      }
      if (!ended.signal.aborted) await client.podExec.endInput({ id });
    } catch {
      // It has ended, or cannot be told that its input has: what it says and how it ends is what counts.
    }
  }
}
