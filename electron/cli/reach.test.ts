// `boathouse exec` and `boathouse forward`: what the core is asked for, what is printed, what is refused.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { portsIn } from './commands/forward';
import { memoryTerminal } from './memory-terminal';
import { boathouse } from './run-for-test';

it('runs a command and ends with its exit code', async () => {
  const core = standInCore();
  const terminal = memoryTerminal({ input: ['one', 'two'] });
  const ran = await boathouse('exec kind-shop deploy/web -n shop -c web -i -- sh -c true', { core, terminal });
  expect([ran.code, ran.out]).toEqual([7, 'hello\n']);
  expect(core.calls[0]).toEqual([
    'podExec.run',
    {
      context: 'kind-shop',
      target: { namespace: 'shop', kind: 'deployment', name: 'web' },
      container: 'web',
      command: ['sh', '-c', 'true'],
    },
  ]);
});

it('opens forwards and tells where they are', async () => {
  const core = standInCore();
  const ran = await boathouse('forward kind-shop svc/web 8081:80 :http -n shop', { core });
  expect(ran.code).toBe(0);
  expect(ran.out.split('\n')).toEqual(['127.0.0.1:8081 -> service/web:80', '127.0.0.1:41080 -> service/web:http']);
  const target = { namespace: 'shop', kind: 'service', name: 'web' };
  expect(core.calls).toEqual([
    ['forwards.open', { context: 'kind-shop', target, port: 80, localPort: 8081, keep: false }],
    ['forwards.open', { context: 'kind-shop', target, port: 'http', keep: false }],
  ]);
});

it('takes ports as kubectl does', async () => {
  expect(portsIn('80')).toEqual({ port: 80 });
  expect(portsIn('8080:http')).toEqual({ port: 'http', localPort: 8080 });
  for (const text of ['x:80', '8080:', '70000', '1:2:3', '0:80']) expect(() => portsIn(text)).toThrow('is no port');
  expect((await boathouse('forward kind-shop svc/web x:80')).code).toBe(2);
});

it('a node is meant by its name, or as the target of exec', async () => {
  for (const words of ['exec kind-shop node/shop-worker -- id -u', 'nodes shell kind-shop shop-worker -- id -u']) {
    const core = standInCore();
    const { code } = await boathouse(words, { core });
    expect(code).toBe(7);
    const wanted = { context: 'kind-shop', target: { kind: 'node', name: 'shop-worker' }, command: ['id', '-u'] };
    expect(core.calls).toEqual([['podExec.run', wanted]]);
  }
  const core = standInCore();
  await boathouse('nodes shell kind-shop shop-worker --debug', { core });
  expect(core.calls[0]?.[1]).toMatchObject({ debug: { image: 'busybox' } });
});
