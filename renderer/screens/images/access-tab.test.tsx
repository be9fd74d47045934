// @vitest-environment jsdom
// Private registries: what a cluster has is shown, given and taken from here.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

function opened() {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/access');
  return { standIn, user, card: async () => within(await screen.findByRole('region', { name: 'shop' })) };
}

it('shows who a cluster signs in as, never a password, and takes it back', async () => {
  const { standIn, user, card } = opened();
  const shop = await card();
  await shop.findByText('all pods');
  shop.getByText('pull secrets in default and web');
  shop.getByText('Corp Root CA');
  await user.click(shop.getByRole('button', { name: 'Sign out at ghcr.io' }));
  await user.click(shop.getByRole('button', { name: 'Trust Corp Root CA no more' }));
  expect(standIn.calls).toEqual([
    { call: 'access.signOut', input: { cluster: 'shop', registry: 'ghcr.io' } },
    { call: 'access.distrust', input: { cluster: 'shop', fingerprint: '3fa9'.padEnd(64, '0') } },
  ]);
  expect(within(screen.getByRole('region', { name: 'workshop-07' })).getByText(/Start the cluster/)).toBeTruthy();
});

it('signs in with what docker keeps, by pull secrets where that is chosen', async () => {
  const { standIn, user, card } = opened();
  const shop = await card();
  await user.type(await shop.findByRole('combobox', { name: 'Registry' }), 'quay.io');
  await user.click(shop.getByRole('combobox', { name: 'For' }));
  await user.click(await screen.findByRole('option', { name: 'Pods of some namespaces' }));
  await user.clear(shop.getByRole('textbox', { name: 'Namespaces' }));
  await user.type(shop.getByRole('textbox', { name: 'Namespaces' }), 'web, jobs');
  await user.click(shop.getByRole('button', { name: 'Sign in' }));
  const input = { cluster: 'shop', registry: 'quay.io', way: 'secret', namespaces: ['web', 'jobs'] };
  expect(standIn.calls).toEqual([{ call: 'access.signIn', input }]);
});
