// `boathouse dev`: a dev loop in the terminal, with what it builds and says, its changes with times, and keys to steer it.
import { resolve } from 'node:path';
import type { Client } from '../../../../shared/contract';
import type { Loop } from '../../../../shared/model/devloop/loop';
import { AppError } from '../../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../../shared/model/feed';
import { openBrowser } from '../../../host/open-browser';
import { errorLines, exitCodes } from '../../errors';
import { clientOf, type Session } from '../../session';
import { brokenLines, projectLines } from './lines';
import { createLoopView, lineText } from './loop-view';

export interface DevOptions {
  profile?: string[];
  context?: string;
  namespace?: string;
  sync: boolean;
  once?: boolean;
  keep?: boolean;
  allowContext?: boolean;
  sample?: string;
  keepGrace?: boolean;
  keepProbes?: boolean;
  keepRequests?: boolean;
  restart?: boolean;
}

/** @returns 0 when it was quit, or its one round succeeded; 1 when that failed; 2 where the project cannot be used */
export async function dev(session: Session, dir: string, options: DevOptions): Promise<number> {
  const client = await clientOf(session);
  const { terminal } = session;
  const folder = resolve(dir);
  const { profile: profiles = [], context, namespace, once = false } = options;
  if (options.sample !== undefined) await client.devloop.startSample({ name: options.sample, dir: folder });
  const reading = await client.devloop.read({ dir: folder, profiles, ...(context && { context }) });
  if (reading.kind === 'none') throw noProject(folder);
  if (reading.kind === 'broken') {
    if (session.json) terminal.out(JSON.stringify(reading));
    else for (const line of brokenLines(reading, terminal.errPaint)) terminal.err(line);
    return exitCodes.usage;
  }
  if (!session.json) for (const line of projectLines(reading.project, terminal.errPaint)) terminal.err(line);
  session.interrupt.throwIfAborted();
  const { sync, allowContext = false } = options;
  const touches = {
    noGrace: !options.keepGrace,
    quickProbes: !options.keepProbes,
    noRequests: !options.keepRequests,
    restart: options.restart ?? false,
  };
  const asked = { touches, ...(context && { context }), ...(namespace && { namespace }) };
  const { id } = await client.loops.start({ dir: folder, profiles, sync, once, allowContext, ...asked });
  const { name } = reading.project;
  await client.devloop.remember({ dir: folder, name, profiles, ...(context && { context }) });
  return stay(session, client, id, options);
}

function noProject(folder: string): AppError {
  return new AppError('not-found', `There is no skaffold.yaml in ${folder}`, {
    params: { what: 'skaffold.yaml' },
    hints: [{ text: `What it could be: boathouse dev ${folder} --check; with --save it is written` }],
  });
}

/** Shows a loop until it has ended; Ctrl-C and `q` end it, and what it made goes unless it is to be kept. */
async function stay(session: Session, client: Client, id: string, { once, keep = false }: DevOptions): Promise<number> {
  const { terminal } = session;
  const view = createLoopView(session);
  const over = new AbortController();
  let loop: Loop | undefined;
  const stop = () => {
    if (!session.json) terminal.err(keep ? 'Stopping; what runs stays' : 'Stopping, and deleting what was deployed');
    client.loops.stop({ id, keep }).catch(() => {}); // It may have ended in this moment.
  };
  if (session.interrupt.aborted) stop();
  else session.interrupt.addEventListener('abort', stop, { once: true });
  terminal.keys?.((key) => act(key, loop, client, { id, stop }), over.signal);
  if (terminal.keys && terminal.interactive && !session.json) {
    terminal.err(terminal.errPaint.dim('r rebuild   p pause or go on   o open in the browser   q quit'));
  }
  void printLines(session, client, id, over.signal);
  try {
    let feed = emptyFeed<Loop>();
    for await (const message of await client.loops.watch(undefined, { signal: over.signal })) {
      feed = applyFeed(feed, message, (one) => one.id);
      const now = feed.items.get(id);
      if (!now) {
        if (loop) break;
        continue;
      }
      loop = now;
      view.update(now);
      // What it could not take away stays, as of a loop whose core was killed.
      if (now.state === 'ended' || now.state === 'orphaned') break;
    }
  } finally {
    session.interrupt.removeEventListener('abort', stop);
    over.abort();
  }
  const left = loop?.problems.filter(({ stage }) => stage === undefined) ?? [];
  if (!session.json)
    for (const { error } of left) for (const line of errorLines(error, terminal.errPaint)) terminal.err(line);
  const failed = left.length > 0 || (once && loop?.changes[0]?.state !== 'done');
  view.end(!failed);
  return failed ? exitCodes.failed : exitCodes.done;
}

function act(
  key: string,
  loop: Loop | undefined,
  client: Client,
  { id, stop }: { id: string; stop: () => void },
): void {
  const ignore = () => {}; // A loop that ends at the same moment needs no key.
  if (key === 'q') stop();
  else if (key === 'r') void client.loops.rebuild({ id }).catch(ignore);
  else if (key === 'p') void client.loops[loop?.state === 'paused' ? 'resume' : 'pause']({ id }).catch(ignore);
  else if (key === 'o') {
    const url = loop?.forwards.find((forward) => forward.state === 'open' && forward.url)?.url;
    if (url) void openBrowser(url);
  }
}

/** What is built and said, as it comes: builds to standard error, pods to standard output. */
async function printLines({ terminal, json }: Session, client: Client, id: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const lines of await client.loops.lines({ id }, { signal })) {
      for (const line of lines) {
        if (json) terminal.out(JSON.stringify({ type: 'line', line }));
        else if (line.source === 'pod') terminal.out(lineText(line, terminal.outPaint));
        else terminal.err(lineText(line, terminal.errPaint));
      }
    }
  } catch (error) {
    if (!signal.aborted) terminal.err(`The lines of the loop ended: ${error}`);
  }
}
