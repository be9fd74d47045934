// `boathouse logs`: whose logs the core is asked for, how lines are printed, what is refused.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { momentOf } from './commands/pod-logs';
import { boathouse } from './run-for-test';

it('prints the lines of several pods with their names, troubles beside them', async () => {
  const core = standInCore();
  const ran = await boathouse('logs kind-shop deploy/web svc/api -n shop -c web --tail 20', { core });
  expect(ran.code).toBe(0);
  expect(ran.out.split('\n')).toEqual(['web-1 web listening on 8080', 'web-2 web ready']);
  expect(ran.err).toContain('shop/web-2/web: Kubernetes did not give the log of web in web-2');
  expect(core.calls).toEqual([
    [
      'podLogs.read',
      {
        context: 'kind-shop',
        targets: [
          { namespace: 'shop', kind: 'deployment', name: 'web' },
          { namespace: 'shop', kind: 'service', name: 'api' },
        ],
        containers: ['web'],
        follow: false,
        previous: false,
        tail: 20,
      },
    ],
  ]);
});

it('prints moments, and JSON for programs', async () => {
  const { out } = await boathouse('logs kind-shop -l app=web --timestamps');
  expect(out.split('\n')[0]).toBe('web-1 web 2026-03-14T09:26:53.1Z listening on 8080');
  const { json } = await boathouse('logs kind-shop web-1 --json');
  expect(json[1]).toEqual({
    namespace: 'shop',
    pod: 'web-2',
    container: 'web',
    at: '2026-03-14T09:26:53.2Z',
    text: 'ready',
  });
});

it('refuses what says nothing', async () => {
  for (const words of [
    'logs shop',
    'logs shop web -l app=web',
    'logs shop boats/web',
    'logs shop web --since soon',
    'logs shop web --tail x',
  ]) {
    expect([words, (await boathouse(words)).code]).toEqual([words, 2]);
  }
  expect((await boathouse('logs shop boats/web')).err).toContain('deployment/');
});

it('still gathers the logs of a cluster', async () => {
  expect((await boathouse('logs export --help')).out).toContain('NAME-logs.tar.gz');
});

it('reads times as people write them', () => {
  const now = Date.parse('2026-03-14T10:00:00Z');
  expect(momentOf('1h30m', now)).toBe('2026-03-14T08:30:00.000Z');
  expect(momentOf('45s', now)).toBe('2026-03-14T09:59:15.000Z');
  expect(momentOf('2026-03-14T09:26:53+02:00', now)).toBe('2026-03-14T07:26:53.000Z');
});
