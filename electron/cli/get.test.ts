// `boathouse get`: which kind is meant, what the core is asked for, what is printed.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { sampleKinds } from '../host/stand-in-core/samples';
import { kindCalled } from './commands/get';
import { boathouse } from './run-for-test';

it('prints the table of a kind, wide columns only when asked for', async () => {
  const core = standInCore();
  const { code, out } = await boathouse('get kind-shop po -n shop -n lab -l app=web', { core });
  expect(code).toBe(0);
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/).slice(0, 3))).toEqual([
    ['NAMESPACE', 'NAME', 'STATUS'],
    ['lab', 'db-0', 'CrashLoopBackOff'],
    ['shop', 'web-1', 'Running'],
  ]);
  expect(out).not.toContain('NODE');
  expect((await boathouse('get kind-shop pods --wide', { core })).out).toContain('NODE');
  expect(core.calls[0]).toEqual([
    'rows',
    {
      context: 'kind-shop',
      kind: { group: '', version: 'v1', resource: 'pods' },
      namespaces: ['shop', 'lab'],
      labels: 'app=web',
    },
  ]);
  const [rows] = (await boathouse('get kind-shop pods --json', { core })).json;
  expect(rows).toMatchObject([{ key: 'lab/db-0' }, { key: 'shop/web-1' }]);
});

it('takes a kind as kubectl does, and says when there is none', async () => {
  for (const word of ['pods', 'Pod', 'po', 'PODS']) expect(kindCalled(sampleKinds, word).resource).toBe('pods');
  for (const word of ['deploy', 'deployments.apps']) expect(kindCalled(sampleKinds, word).kind).toBe('Deployment');
  const { code, err } = await boathouse('get kind-shop boats');
  expect(code).not.toBe(0);
  expect(err).toContain('The cluster knows no kind boats');
});
