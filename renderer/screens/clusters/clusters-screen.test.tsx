// @vitest-environment jsdom
// Home in each of its states, and what can be done from it.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { brokenEngine, newcomer, populated, sampleCluster, sampleCreate } from '../../app/stand-in-worlds';

const row = (name: string) => screen.findByRole('listitem', { name });

describe('home', () => {
  it('shows shapes while nothing was heard', async () => {
    renderApp(createStandIn(populated(), { silent: true }));
    await screen.findByRole('status', { name: 'Loading' });
    expect(screen.queryByText('shop')).toBeNull();
  });

  it('tells a newcomer what this is, what was found, and how to begin', async () => {
    renderApp(createStandIn(newcomer()));
    await screen.findByText(/keeps Kubernetes clusters on your own computer/);
    screen.getByText(/Docker 28\.5\.1 on Debian GNU\/Linux 12, 8 processors, 15\.5 GB/);
    const create = screen.getByRole('link', { name: 'Create your first cluster' });
    expect(create.getAttribute('href')).toBe('#/new/quickstart');
    const begin = screen.getByRole('region', { name: 'Or begin with one of these' });
    expect(within(begin).getAllByRole('link')).toHaveLength(3);
  });

  it.each([
    ['newcomers', newcomer(), /keeps Kubernetes clusters/],
    ['everybody else', populated(), 'workshop-07'],
  ])('does without templates for %s when there are none to be had', async (_who, world, sight) => {
    renderApp(createStandIn({ ...world, templates: [] }));
    await screen.findByText(sight);
    expect(screen.queryByText(/one of these|All templates/)).toBeNull();
  });

  it('says of each cluster what it is, how it is, and what comes next', async () => {
    renderApp(createStandIn(populated()));
    const shop = within(await row('shop'));
    for (const text of [
      'Running',
      '3 nodes',
      'v1.34.0',
      'https://127.0.0.1:41234',
      'kind-shop is your current context',
    ]) {
      shop.getByText(text);
    }
    shop.getByRole('button', { name: 'Open shop' });
    within(await row('old-kind')).getByText('made by kind');
    within(await row('workshop-07')).getByRole('button', { name: 'Start workshop-07' });
    within(await row('left-behind')).getByRole('button', { name: 'Clean up left-behind' });
  });

  it('puts the reason and its fix in the place of the list when Docker does not answer', async () => {
    const standIn = createStandIn(populated({ engine: brokenEngine }));
    const user = renderApp(standIn);
    const alert = await screen.findByRole('alert');
    within(alert).getByText(/Nothing listens at unix:/);
    within(alert).getByText('sudo systemctl start docker');
    expect(screen.queryByRole('listitem', { name: 'shop' })).toBeNull();
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(standIn.calls).toContainEqual({ call: 'diagnostics.reconnect', input: null });
  });

  it('keeps everything visible while the connection is lost, and shows what changed meanwhile', async () => {
    const standIn = createStandIn(populated());
    renderApp(standIn);
    await row('shop');
    standIn.disconnect();
    await screen.findByText(/Connection to Boathouse lost; trying again/);
    await row('shop');
    standIn.putCluster(sampleCluster('added', 'running', 0));
    standIn.dropCluster('old-kind');
    expect(screen.queryByRole('listitem', { name: 'added' })).toBeNull();
    standIn.reconnect();
    await row('added');
    expect(screen.queryByRole('listitem', { name: 'old-kind' })).toBeNull();
    expect(screen.queryByText(/Connection to Boathouse lost/)).toBeNull();
  });
});

describe('from home', () => {
  it('a stopped cluster is started with one click', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn);
    await user.click(await screen.findByRole('button', { name: 'Start workshop-07' }));
    expect(standIn.calls).toContainEqual({ call: 'clusters.start', input: { name: 'workshop-07' } });
  });

  it('the menu offers what makes sense, and a refusal is explained', async () => {
    const standIn = createStandIn(populated());
    standIn.fail('clusters.stop', { code: 'busy', message: 'Something else runs on old-kind', hints: [] });
    const user = renderApp(standIn);
    await user.click(await screen.findByRole('button', { name: 'More for old-kind' }));
    const names = screen.getAllByRole('menuitem').map((item) => item.textContent);
    expect(names).toEqual(['Pause', 'Stop', 'Make current context', 'Delete…']);
    await user.click(screen.getByRole('menuitem', { name: 'Stop' }));
    await screen.findByText('Something else runs on old-kind');
  });

  it('a running create shows in its row before the engine knows the cluster, and can be cancelled', async () => {
    const standIn = createStandIn(populated({ operations: [sampleCreate('lab', Date.now() - 5000, 5)] }));
    const user = renderApp(standIn);
    const lab = within(await row('lab'));
    lab.getByText('Creating');
    lab.getByRole('progressbar', { name: 'Creating lab' });
    lab.getByText('Start the control plane');
    await user.click(lab.getByRole('button', { name: 'Cancel' }));
    expect(standIn.calls).toContainEqual({ call: 'operations.cancel', input: { id: 'create-lab' } });
  });
});

describe('deleting', () => {
  async function openDialog(standIn = createStandIn(populated())) {
    const user = renderApp(standIn);
    await user.click(await screen.findByRole('button', { name: 'More for shop' }));
    await user.click(screen.getByRole('menuitem', { name: 'Delete…' }));
    return { user, standIn, dialog: await screen.findByRole('dialog', { name: 'Delete shop?' }) };
  }

  it('names everything that will be lost, and does not have the dangerous button ready', async () => {
    const { dialog } = await openDialog();
    const losses = ['shop-control-plane', 'shop-worker', 'shop-worker2', 'boathouse-shop', 'kind-shop'];
    for (const loss of losses) within(dialog).getByText(loss);
    within(dialog).getByText(/It is your current context/);
    const keep = within(dialog).getByRole('button', { name: 'Keep it' });
    await waitFor(() => expect(document.activeElement).toBe(keep));
  });

  it('deletes after the yes, and only then', async () => {
    const { user, standIn, dialog } = await openDialog();
    expect(standIn.calls.map(({ call }) => call)).not.toContain('clusters.delete');
    await user.click(within(dialog).getByRole('button', { name: 'Delete shop' }));
    expect(standIn.calls).toContainEqual({ call: 'clusters.delete', input: { name: 'shop' } });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('does not claim the network of clusters that kind made', async () => {
    const user = renderApp(createStandIn(populated()));
    await user.click(await screen.findByRole('button', { name: 'More for old-kind' }));
    await user.click(screen.getByRole('menuitem', { name: 'Delete…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete old-kind?' });
    expect(within(dialog).queryByText(/The network/)).toBeNull();
  });
});
