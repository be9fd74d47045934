// Addresses and routes are two spellings of the same place.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterTabs, hrefOf, parseRoute, type Route } from './route';

const name = fc.string({ minLength: 1, unit: 'grapheme' });
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>({ screen: 'clusters' }, { screen: 'doctor' }, { screen: 'settings' }),
  fc.constantFrom<Route>({ screen: 'new-cluster' }, { screen: 'templates' }, { screen: 'images', tab: 'mirrors' }),
  name.map((template): Route => ({ screen: 'new-cluster', template })),
  name.map((dir): Route => ({ screen: 'dev', dir })),
  name.map((id): Route => ({ screen: 'templates', id })),
  name.map((id): Route => ({ screen: 'template-editor', id })),
  fc.webUrl({ withQueryParameters: true }).map((url): Route => ({ screen: 'template-import', url })),
  name.map((file): Route => ({ screen: 'template-import', file: `/home/${file}.boathouse` })),
  fc
    .tuple(name, fc.constantFrom(...clusterTabs))
    .map(([cluster, tab]): Route => ({ screen: 'cluster', name: cluster, tab })),
);

it('reads back every address it writes', () => {
  fc.assert(
    fc.property(route, (place) => {
      expect(parseRoute(hrefOf(place))).toEqual(place);
    }),
  );
});

it.each(['', '#', '#/', '#/clusters', '#/clusters/'])('takes %j for the home screen', (hash) => {
  expect(parseRoute(hash)).toEqual({ screen: 'clusters' });
});

it.each(['#/nowhere', '#/clusters/shop/pods', '#/doctor/x', '#/new/a/b', '#/%E0%A4%A'])('does not know %j', (hash) => {
  expect(parseRoute(hash).screen).toBe('unknown');
});
