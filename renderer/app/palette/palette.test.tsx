// @vitest-environment jsdom
// The palette: opened by its key, it finds clusters, contexts and objects, goes there or does it, and asks before a loss.
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { accessibilityProblems } from '../accessibility-for-test';
import { renderApp } from '../render-app';
import { createStandIn } from '../stand-in';
import { populated } from '../stand-in-worlds';

beforeEach(() => localStorage.removeItem('boathouse-palette'));

async function open() {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  await user.keyboard('{Control>}k{/Control}');
  const search = await screen.findByRole('combobox', { name: /A cluster, a pod/ });
  await screen.findByRole('option', { name: /^left-behind/ });
  return { standIn, user, search };
}

it('goes to a cluster by its name, and back', async () => {
  const { user, search } = await open();
  await user.type(search, 'shop{Enter}');
  await screen.findByRole('heading', { level: 1, name: 'shop' });
  expect(window.location.hash).toBe('#/clusters/shop');
  window.history.back();
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
});

it('has a line chosen whenever there is one, so that Enter does something', async () => {
  const { user, search } = await open();
  await user.type(search, 'shop history');
  await screen.findByRole('option', { name: 'shop: History', selected: true });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.hash).toBe('#/clusters/shop/history'));
});

it('stops a cluster, and remembers that for the next time', async () => {
  const { standIn, user, search } = await open();
  await user.type(search, 'stop shop');
  await user.click(await screen.findByRole('option', { name: /^Stop shop/ }));
  expect(standIn.calls).toContainEqual({ call: 'clusters.stop', input: { name: 'shop' } });
  await user.keyboard('{Control>}k{/Control}');
  const before = await screen.findByRole('group', { name: 'Used before' });
  within(before).getByRole('option', { name: /^Stop shop/ });
});

it('asks before it deletes', async () => {
  const { standIn, user, search } = await open();
  await user.type(search, 'delete shop');
  await user.click(await screen.findByRole('option', { name: /^Delete… shop\s*boathouse/ }));
  await screen.findByRole('button', { name: 'Delete shop' });
  expect(standIn.calls.filter(({ call }) => call === 'clusters.delete')).toEqual([]);
});

it('switches the context', async () => {
  const { standIn, user, search } = await open();
  await user.type(search, 'switch');
  await user.click((await screen.findAllByRole('option', { name: /^Switch to/ }))[0] as HTMLElement);
  await waitFor(() => expect(standIn.calls.map(({ call }) => call)).toContain('kubeconfig.change'));
});

it('finds an object, and opens it where it is', async () => {
  const { user, search } = await open();
  await user.type(search, 'checkout-2');
  await user.click((await screen.findAllByRole('option', { name: /^checkout-2\s*pods/ }))[0] as HTMLElement);
  await waitFor(() => expect(window.location.hash).toMatch(/kind=pods.*name=checkout-2/));
  await screen.findByRole('region', { name: 'checkout-2' });
});

it('says when there is nothing, and has nothing that axe finds', async () => {
  const { user, search } = await open();
  expect(await accessibilityProblems()).toEqual([]);
  await user.type(search, 'zzzz');
  await screen.findByText('Nothing is called “zzzz”.');
});

it('lists the keys under ?, which can be switched off', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  await user.keyboard('?');
  await user.click(await screen.findByRole('switch', { name: /Keys without Ctrl/ }));
  await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'settings.set', input: { singleKeys: false } }));
});
