// The forwards of a loop over those of the app: opened, shown, tried again, and closed unless they were there before.
import { expect, it, vi } from 'vitest';
import type { LoopForward } from '../../../../shared/model/devloop/loop';
import { AppError } from '../../../../shared/model/errors';
import type { Forward, WantedForward } from '../../../../shared/model/forwards';
import type { Forwards } from '../../forwards/forwards';
import { createLiveFeed } from '../../live/feed';
import { createReach } from './reach';
import type { ForwardWish } from './wishes';

const wish = (resourceName: string, more: Partial<ForwardWish> = {}): ForwardWish => ({
  resourceType: 'service',
  resourceName,
  namespace: 'dev',
  port: 80,
  target: { kind: 'service', namespace: 'dev', name: resourceName },
  declared: false,
  scheme: 'http',
  ...more,
});

function stage() {
  const feed = createLiveFeed<Forward>(({ id }) => id);
  const refuse = new Map<string, AppError>();
  const add = (wanted: WantedForward, localPort: number): Forward => {
    const { target, port = 80, context } = wanted;
    const forward = { id: `${target.name}-${localPort}`, context, target, port, localPort, keep: false };
    feed.upsert({ ...forward, state: 'open', connections: 0 });
    return feed.get(forward.id) as Forward;
  };
  const open = vi.fn(async (wanted: WantedForward) => {
    const known = feed.items().find(({ target }) => target.name === wanted.target.name);
    if (known) return known;
    const refusal = refuse.get(`${wanted.target.name}:${wanted.localPort ?? 'any'}`);
    if (refusal) throw refusal;
    return add(wanted, wanted.localPort ?? 40_000);
  });
  const close = vi.fn(async (id: string) => feed.remove(id));
  let told: LoopForward[] = [];
  const ended = new AbortController();
  const reach = createReach(
    { feed, open, close } as unknown as Forwards,
    'kind-x',
    (all) => {
      told = all;
    },
    ended.signal,
  );
  return { feed, refuse, add, open, close, reach, told: () => told };
}

it('opens, shows what becomes of them, and closes what is not wished any more', async () => {
  const { reach, told, feed, close } = stage();
  reach.want([wish('web', { localPort: 8080, declared: true }), wish('api')]);
  await vi.waitFor(() => expect(told().map(({ state }) => state)).toEqual(['open', 'open']));
  expect(told()[0]).toMatchObject({ url: 'http://127.0.0.1:8080', localPort: 8080, declared: true });
  const web = feed.get('web-8080') as Forward;
  feed.upsert({ ...web, state: 'waiting', error: new AppError('not-ready', 'there is none').toData() });
  await vi.waitFor(() => expect(told()[0]).toMatchObject({ state: 'waiting', note: { text: 'there is none' } }));
  reach.want([wish('api')]);
  expect(told()).toHaveLength(1);
  expect(close).toHaveBeenCalledWith('web-8080');
  await reach.close();
  expect(feed.items()).toEqual([]);
});

it('takes another port where the wished one is taken, and says so', async () => {
  const { reach, told, refuse } = stage();
  refuse.set('web:8080', new AppError('port-taken', 'port 8080 is taken'));
  reach.want([wish('web', { localPort: 8080 })]);
  await vi.waitFor(() => expect(told()[0]).toMatchObject({ state: 'open', localPort: 40_000 }));
  expect(told()[0]?.note).toMatchObject({ code: 'port-elsewhere', params: { port: 8080 } });
});

it('tells what cannot be opened, and tries it again with the next round', async () => {
  const { reach, told, refuse, open } = stage();
  refuse.set('web:any', new AppError('not-found', 'There is no service/web'));
  reach.want([wish('web'), wish('in', { resourceType: 'ingress', target: undefined })]);
  await vi.waitFor(() => expect(told().map(({ state }) => state)).toEqual(['failed', 'failed']));
  expect(told().map(({ note }) => note?.text)).toEqual(['There is no service/web', 'ingress is nothing that has pods']);
  refuse.clear();
  reach.want([wish('web')]);
  await vi.waitFor(() => expect(told()).toMatchObject([{ state: 'open' }]));
  reach.want([wish('web')]);
  expect(open).toHaveBeenCalledTimes(2);
});

it('leaves open what somebody else has opened', async () => {
  const { reach, told, feed, add, close } = stage();
  add({ context: 'kind-x', target: { kind: 'service', namespace: 'dev', name: 'web' }, keep: false }, 9000);
  reach.want([wish('web')]);
  await vi.waitFor(() => expect(told()).toMatchObject([{ state: 'open', localPort: 9000 }]));
  await reach.close();
  expect(close).not.toHaveBeenCalled();
  expect(feed.items()).toHaveLength(1);
});
