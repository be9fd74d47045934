// `boathouse forward`: ports of this computer that lead to pods, until Ctrl-C, whichever pods there are.
import { AppError } from '../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import { type Forward, type ForwardPort, forwardPortSchema, forwardText } from '../../../shared/model/forwards';
import { parseTarget } from '../../../shared/model/pod-target';
import { openBrowser } from '../../host/open-browser';
import { exitCodes } from '../errors';
import { clientOf, printResult, type Session } from '../session';
import { canShowWindow } from '../surroundings';
import { contextCalled } from './kubeconfig/which';

export interface ForwardOptions {
  namespace?: string;
  open?: boolean;
  exact?: boolean;
}

/** Stays until interrupted. @returns the exit code */
export async function forward(
  session: Session,
  name: string,
  word: string,
  ports: readonly string[],
  options: ForwardOptions,
): Promise<number> {
  const { terminal, interrupt, product } = session;
  const wishes = ports.length === 0 ? [{}] : ports.map(portsIn);
  const found = await contextCalled(session, name, options.exact ?? false);
  const target = parseTarget(word, options.namespace ?? found?.namespace ?? 'default');
  const client = await clientOf(session);
  const opened: Forward[] = [];
  for (const wish of wishes) {
    const request = { context: found?.name ?? name, target, ...wish };
    opened.push(await client.forwards.open(request, { signal: interrupt }));
  }
  printResult(session, opened, () => opened.map((one) => `127.0.0.1:${one.localPort} -> ${forwardText(one)}`));
  if (!session.json) terminal.err('It stays across restarts of the pods. Shut it with Ctrl-C.');
  const [first] = opened;
  if (options.open && first && canShowWindow(product.platform, product.environment)) {
    await openBrowser(`http://127.0.0.1:${first.localPort}/`, product.platform);
  }
  const said = new Map<string, string>();
  let feed = emptyFeed<Forward>();
  try {
    for await (const message of await client.forwards.watch(undefined, { signal: interrupt })) {
      feed = applyFeed(feed, message, ({ id }) => id);
      for (const one of feed.items.values()) {
        const words = one.error ? one.error.message : `${forwardText(one)} is ${one.pod}`;
        if (said.get(one.id) !== words && !session.json) terminal.err(terminal.errPaint.dim(words));
        said.set(one.id, words);
      }
    }
  } catch (error) {
    if (!interrupt.aborted) throw error;
  }
  return exitCodes.done;
}

/** `8080:80`, `80`, `:80`, `web:http`: as kubectl takes them. Throws `bad-input`. */
export function portsIn(text: string): { port: ForwardPort; localPort?: number } {
  const [first = '', second, ...rest] = text.split(':');
  const port = forwardPortSchema.safeParse(portOf(second ?? first));
  const local = second === undefined || first === '' ? undefined : Number(first);
  const localGood = local === undefined || (Number.isInteger(local) && local >= 1 && local <= 65_535);
  if (port.success && localGood && rest.length === 0)
    return { port: port.data, ...(local !== undefined && { localPort: local }) };
  throw new AppError('bad-input', `${text} is no port`, {
    hints: [{ text: 'Say 80, 8080:80 (here first), :80 (any here), or the name of a port' }],
  });
}

const portOf = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
