// Where files are, as people write it.
import { expect, it } from 'vitest';
import { copyCommand, parseCopy } from './pod-files';

it('tells what is in a container from paths of this computer', () => {
  const web = { namespace: 'shop', kind: 'deployment', name: 'web' };
  expect(parseCopy('./site', 'deploy/web:/srv', 'shop')).toEqual({
    target: web,
    there: '/srv',
    direction: 'in',
    here: './site',
  });
  expect(parseCopy('db-0:/a:b', '.', 'shop')).toMatchObject({ there: '/a:b', direction: 'out', here: '.' });
  expect(parseCopy('C:\\site', 'db-0:/srv', 'shop')).toMatchObject({ direction: 'in', here: 'C:\\site' });
  expect(parseCopy('./a:b', 'db-0:/srv', 'shop')).toMatchObject({ direction: 'in', here: './a:b' });
  expect(() => parseCopy('a', 'b', 'shop')).toThrow('One of a and b');
  expect(() => parseCopy('db-0:/a', 'db-1:/b', 'shop')).toThrow('has to be in a container');
});

it('says the same for terminals', () => {
  const target = { namespace: 'shop', kind: 'deployment' as const, name: 'web' };
  const copy = { context: 'kind-shop', target, direction: 'in' as const, here: '/a b', there: '/srv', force: false };
  expect(copyCommand(copy)).toBe("boathouse cp kind-shop '/a b' deployment/web:/srv -n shop");
  expect(copyCommand({ ...copy, direction: 'out', container: 'c', force: true })).toBe(
    "boathouse cp kind-shop deployment/web:/srv '/a b' -n shop -c c --force",
  );
});
