// @vitest-environment jsdom
// Caches: made, changed, connected and deleted from here, with what each takes and whether its upstream is there.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { newcomer, populated } from '../../app/stand-in-worlds';

it('makes one, with what most people want filled in', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/images/caches');
  await screen.findByText('No cache yet');
  await user.click(screen.getByRole('button', { name: 'Cache a registry' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.clear(dialog.getByRole('textbox', { name: 'Disk budget in GB' }));
  await user.type(dialog.getByRole('textbox', { name: 'Disk budget in GB' }), '5');
  await user.click(dialog.getByRole('button', { name: 'Make the cache' }));
  const input = { upstream: 'docker.io', budget: 5_000_000_000, signIn: true };
  expect(standIn.calls).toContainEqual({ call: 'caches.create', input });
});

it('shows what each takes, who it signs in as, and that an upstream is away', async () => {
  renderApp(createStandIn(populated()), '#/images/caches');
  const hub = within(await screen.findByRole('region', { name: 'docker.io' }));
  await hub.findByText('3.4 GB of 20 GB');
  hub.getByText('Signs in as ana');
  expect(hub.queryByRole('status')).toBeNull();
  const other = within(screen.getByRole('region', { name: 'ghcr.io' }));
  await other.findByText('ghcr.io cannot be reached: the cache serves what it keeps');
});

it('connects clusters, changes the budget, and says what a deletion loses', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/caches');
  const hub = within(await screen.findByRole('region', { name: 'docker.io' }));
  await hub.findByText('3.4 GB of 20 GB');
  await user.click(hub.getByRole('switch', { name: 'old-kind', checked: false }));
  await user.click(hub.getByRole('button', { name: 'Change…' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Save' }));
  await user.click(hub.getByRole('button', { name: 'Delete…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /Delete/ }));
  dialog.getByText('All images that it keeps: 3.4 GB');
  dialog.getByText('shop will fetch from docker.io itself again');
  await user.click(dialog.getByRole('button', { name: 'Delete docker.io' }));
  expect(standIn.calls).toEqual([
    { call: 'caches.connect', input: { upstream: 'docker.io', cluster: 'old-kind' } },
    { call: 'caches.change', input: { upstream: 'docker.io', budget: 20_000_000_000, signIn: true } },
    { call: 'caches.delete', input: { upstream: 'docker.io' } },
  ]);
});
