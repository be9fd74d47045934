// Forwards and shells for the stand-in: a forward that opens at once, a container without a shell where its name says so.
import { ORPCError } from '@orpc/client';
import type { Client } from '../../shared/contract';
import { AppError } from '../../shared/model/errors';
import { applyFeed, emptyFeed, type Feed } from '../../shared/model/feed';
import type { Forward } from '../../shared/model/forwards';
import type { ExecMessage } from '../../shared/model/podexec';
import { createTopic } from './stand-in-topic';

type Enter = (call: string, input?: unknown) => void;

function thrown(error: AppError): ORPCError<string, unknown> {
  return new ORPCError('APP_ERROR', { status: 500, data: error.toData() });
}

export function forwardsStandIn(enter: Enter): Client['forwards'] {
  let feed = emptyFeed<Forward>();
  let revision = 0;
  const topic = createTopic<Feed<Forward>>(() => ({ type: 'snapshot', revision, items: [...feed.items.values()] }));
  const send = (upserts: Forward[], removes: string[] = []) => {
    revision += 1;
    const patch = { type: 'patch' as const, revision, upserts, removes };
    feed = applyFeed(feed, patch, ({ id }) => id);
    topic.send(patch);
  };
  const find = (id: string) => {
    const found = feed.items.get(id);
    if (found) return found;
    throw thrown(new AppError('not-found', `There is no forward ${id}`, { params: { what: id } }));
  };
  return {
    watch: async (_input, call) => topic.open(call?.signal),
    open: async (input) => {
      enter('forwards.open', input);
      const { context, target, port = 80, localPort = 41_080, keep = false } = input;
      if (localPort === 8080) {
        const hint = {
          text: 'Use port 41999',
          action: { call: 'forwards.open', input: { ...input, localPort: 41_999 } },
        };
        const params = { port: 8080, who: 'another program' };
        throw thrown(new AppError('port-taken', 'Port 8080 is in use', { params, hints: [hint] }));
      }
      const id = `forward-${revision + 1}`;
      const forward: Forward = {
        id,
        context,
        target,
        port,
        localPort,
        keep,
        state: 'open',
        pod: `${target.name}-x2x9l`,
        connections: 0,
      };
      send([forward]);
      return forward;
    },
    close: async ({ id }) => {
      enter('forwards.close', { id });
      send([], [find(id).id]);
    },
    keep: async ({ id, keep }) => {
      enter('forwards.keep', { id, keep });
      const forward = { ...find(id), keep };
      send([forward]);
      return forward;
    },
  };
}

export function podExecStandIn(enter: Enter): Client['podExec'] {
  const screens = new Map<string, ReturnType<typeof createTopic<ExecMessage>>>();
  const say = (id: string, text: string) =>
    screens.get(id)?.send({ type: 'output', stream: 'out', base64: btoa(text) });
  return {
    run: async (input, call) => {
      enter('podExec.run', input);
      if (input.target.name.startsWith('web') && !input.debug) {
        throw thrown(new AppError('exec-failed', `${input.target.name}/web has no shell`, { params: { noShell: 1 } }));
      }
      const id = `shell-${screens.size + 1}`;
      const container = input.debug ? 'debug-3f9a1c' : 'web';
      const topic = createTopic<ExecMessage>(() => ({ type: 'opened', id, pod: input.target.name, container }));
      screens.set(id, topic);
      const opened = topic.open(call?.signal);
      say(id, '/ # ');
      return opened;
    },
    write: async ({ id, base64 }) => {
      const text = atob(base64);
      if (text !== '\u0004') return say(id, text === '\r' ? '\r\n/ # ' : text);
      screens.get(id)?.send({ type: 'ended', code: 0 });
      screens.get(id)?.end();
    },
    endInput: async () => {},
    resize: async () => {},
  };
}
