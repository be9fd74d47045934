// @vitest-environment jsdom
// The images: a registry is made, looked into, connected to clusters, cleaned and deleted from here.
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { sampleRegistries } from '../../app/stand-in-registry';
import { brokenEngine, newcomer, populated, sampleCreate } from '../../app/stand-in-worlds';

const ours = 'boathouse-registry';

it('makes a registry where there is none', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/images/registry');
  await user.click(await screen.findByRole('button', { name: 'Make the registry' }));
  expect(standIn.calls).toContainEqual({ call: 'registry.create', input: {} });
});

it('shows what is in it, filters, and takes a tag away', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/registry');
  const card = within(await screen.findByRole('region', { name: ours }));
  await card.findByText('241 MB on disk');
  await user.type(await screen.findByRole('textbox', { name: 'Filter repositories' }), 'check');
  expect(screen.queryByRole('button', { name: /shop\/web/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: /shop\/checkout.*2 tags/ }));
  await screen.findByText('localhost:5001/shop/checkout:1.4.0');
  screen.getByText('linux/amd64, linux/arm64/v8');
  await user.click(screen.getByRole('button', { name: 'Take the tag dev away' }));
  const input = { name: ours, repository: 'shop/checkout', tag: 'dev' };
  expect(standIn.calls).toContainEqual({ call: 'registry.deleteTag', input });
  await screen.findByRole('button', { name: /shop\/checkout.*1 tag/ });
});

it('connects and disconnects clusters that run', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/registry');
  const card = within(await screen.findByRole('region', { name: ours }));
  expect(card.queryByRole('switch', { name: 'workshop-07' })).toBeNull();
  await user.click(card.getByRole('switch', { name: 'old-kind', checked: false }));
  await user.click(card.getByRole('switch', { name: 'shop', checked: true }));
  expect(standIn.calls).toEqual([
    { call: 'registry.connect', input: { name: ours, cluster: 'old-kind' } },
    { call: 'registry.disconnect', input: { name: ours, cluster: 'shop' } },
  ]);
});

it('says what will be lost before it deletes, and offers that for ours alone', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/registry');
  const theirs = within(await screen.findByRole('region', { name: 'kind-registry' }));
  expect(theirs.queryByRole('button', { name: 'Delete…' })).toBeNull();
  await user.click(within(screen.getByRole('region', { name: ours })).getByRole('button', { name: 'Delete…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('All images in it: 241 MB');
  dialog.getByText(/shop can fetch them no longer/);
  await user.click(dialog.getByRole('button', { name: `Delete ${ours}` }));
  expect(standIn.calls).toContainEqual({ call: 'registry.delete', input: { name: ours } });
});

it('says why its contents cannot be shown', async () => {
  const error = { code: 'registry-unreachable' as const, message: 'It does not answer', hints: [] };
  renderApp(createStandIn(populated(), { failing: { 'registry.repositories': error } }), '#/images/registry');
  await screen.findByText('The registry does not answer');
  await screen.findByRole('button', { name: 'Try again' });
});

it('shows a stopped one without its contents, and what is wrong with the engine', async () => {
  const stopped = sampleRegistries.map((registry) => ({ ...registry, state: 'exited' as const }));
  const standIn = createStandIn(populated({ registries: stopped }));
  const user = renderApp(standIn, '#/images/registry');
  await user.click(within(await screen.findByRole('region', { name: ours })).getByRole('button', { name: 'Start' }));
  expect(standIn.calls).toContainEqual({ call: 'registry.start', input: { name: ours } });
  expect(screen.queryByRole('textbox')).toBeNull();
  standIn.setEngine(brokenEngine);
  await screen.findByRole('alert');
});

it('says why the last work on it failed', async () => {
  const standIn = createStandIn(newcomer());
  renderApp(standIn, '#/images/registry');
  await screen.findByRole('button', { name: 'Make the registry' });
  standIn.putOperation({
    ...sampleCreate(ours, Date.now(), 0),
    kind: 'registry',
    state: 'failed',
    error: { code: 'port-taken', message: 'Port 5001 is taken by shop', params: { port: 5001 }, hints: [] },
  });
  await within(screen.getByRole('main')).findByRole('alert');
});

describe('mirrors', () => {
  it('are shown, added and taken away by cluster', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, '#/images/mirrors');
    const shop = within(await screen.findByRole('region', { name: 'shop' }));
    await shop.findByText('https://mirror.example.com');
    await user.type(shop.getByRole('textbox', { name: 'Registry' }), 'quay.io');
    await user.type(shop.getByRole('textbox', { name: 'Fetch from' }), 'https://quay.example.com');
    await user.click(shop.getByRole('button', { name: 'Add' }));
    await user.click(shop.getByRole('button', { name: 'Take the mirror of docker.io away' }));
    const before = { 'docker.io': ['https://mirror.example.com'] };
    const changed = (mirrors: object) => ({
      call: 'clusters.change',
      input: { name: 'shop', changes: [{ kind: 'set-mirrors', mirrors }] },
    });
    expect(standIn.calls).toEqual([changed({ ...before, 'quay.io': ['https://quay.example.com'] }), changed({})]);
  });

  it('of clusters that cannot be changed now are only shown, with the reason', async () => {
    renderApp(createStandIn(populated()), '#/images/mirrors');
    const kinds = within(await screen.findByRole('region', { name: 'old-kind' }));
    await kinds.findByText('http://kind-registry:5000');
    kinds.getByText(/Another program made this cluster/);
    expect(kinds.queryByRole('textbox')).toBeNull();
    within(screen.getByRole('region', { name: 'workshop-07' })).getByText(/Start the cluster/);
  });
});
