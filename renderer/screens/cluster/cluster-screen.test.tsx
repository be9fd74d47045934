// @vitest-environment jsdom
// A cluster's own screen: its states, its nodes, what runs on it, what failed, what was done.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { detailed } from '../../app/stand-in-details';
import { failedAt } from '../../app/stand-in-plan';
import { populated, sampleCluster, sampleCreate } from '../../app/stand-in-worlds';

const address = '#/clusters/shop';

describe('a cluster', () => {
  it('shows shapes while nothing was heard, under its name already', async () => {
    renderApp(createStandIn(populated(), { silent: true }), address);
    await screen.findByRole('heading', { level: 1, name: 'shop' });
    screen.getByRole('status', { name: 'Loading' });
  });

  it('that is not there is said not to be there', async () => {
    renderApp(createStandIn(populated()), '#/clusters/shpo');
    await screen.findByText(/There is no cluster called shpo/);
  });

  it('shows its facts, and of its nodes what Kubernetes says', async () => {
    const world = populated();
    const details = world.details.shop;
    if (details?.nodes[2]) details.nodes[2].ready = false;
    renderApp(createStandIn(world), address);
    const nodes = within(await screen.findByRole('table', { name: 'Nodes' }));
    await nodes.findAllByText('Ready');
    const row = (name: string) => within(nodes.getByRole('row', { name: new RegExp(`^${name} `) }));
    row('shop-control-plane').getByText('Ready');
    row('shop-control-plane').getByText('172.20.0.2');
    row('shop-worker2').getByText('Not ready');
    screen.getByText('Kubernetes v1.34.0');
    screen.getByText('boathouse-shop');
    screen.getByText('kubectl --context kind-shop get nodes');
    screen.getByRole('button', { name: 'Copy: Context' });
  });

  it('follows what Kubernetes says of its nodes, and is degraded when one is not Ready', async () => {
    const standIn = createStandIn(populated({ details: {} }));
    renderApp(standIn, address);
    const nodes = within(await screen.findByRole('table', { name: 'Nodes' }));
    expect(nodes.getAllByText('Running')).toHaveLength(3);
    const details = detailed(sampleCluster('shop', 'running', 2));
    standIn.putDetails(details);
    await waitFor(() => expect(nodes.getAllByText('Ready')).toHaveLength(3));
    const [plane, ...workers] = details.nodes;
    if (!plane) throw new Error('no control plane');
    standIn.putDetails({ ...details, state: 'degraded', nodes: [{ ...plane, ready: false }, ...workers] });
    await nodes.findByText('Not ready');
    screen.getByText('Degraded');
  });

  it('that was deleted leaves its last operation and the ways on', async () => {
    const gone = { ...sampleCreate('shop', Date.now() - 60_000, 60), id: 'delete-shop', kind: 'delete' as const };
    const standIn = createStandIn(populated({ operations: [gone] }));
    renderApp(standIn, address);
    await screen.findByRole('table', { name: 'Nodes' });
    standIn.dropCluster('shop');
    await screen.findByText(/There is no cluster shop any more/);
    screen.getByRole('region', { name: 'Deleted in 21 s' });
    expect(screen.getByRole('link', { name: 'All clusters' }).getAttribute('href')).toBe('#/clusters');
  });

  it('is deleted from its menu, after a question', async () => {
    const user = renderApp(createStandIn(populated()), address);
    await user.click(await screen.findByRole('button', { name: 'More for shop' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
    await screen.findByRole('dialog', { name: 'Delete shop?' });
    expect(screen.queryByRole('button', { name: 'Delete…' })).toBeNull();
  });

  it('follows its containers', async () => {
    const standIn = createStandIn(populated());
    renderApp(standIn, address);
    await screen.findByRole('button', { name: 'Stop' });
    standIn.putCluster(sampleCluster('shop', 'stopped', 2));
    await screen.findByRole('button', { name: 'Start' });
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull();
    expect(screen.getAllByText('Stopped').length).toBeGreaterThan(3);
  });

  it('can be stopped, and made the current context', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, '#/clusters/old-kind');
    await user.click(await screen.findByRole('button', { name: 'Stop' }));
    await user.click(await screen.findByRole('button', { name: 'Make current context' }));
    expect(standIn.calls).toContainEqual({ call: 'clusters.stop', input: { name: 'old-kind' } });
    expect(standIn.calls).toContainEqual({ call: 'kubeconfig.use', input: { name: 'old-kind' } });
    await screen.findByText('kind-old-kind is now the current context in ~/.kube/config');
  });
});

describe('what runs on it', () => {
  it('shows its timeline at once, before the engine knows the cluster', async () => {
    const standIn = createStandIn(populated({ operations: [sampleCreate('lab', Date.now() - 8000, 8)] }));
    const user = renderApp(standIn, '#/clusters/lab');
    const view = within(await screen.findByRole('region', { name: 'Creating lab' }));
    view.getByRole('list', { name: 'Timeline of lab' });
    view.getByText(/^0:\d\d of about 0:\d\d$/);
    await user.click(view.getByRole('button', { name: 'Cancel' }));
    expect(standIn.calls).toContainEqual({ call: 'operations.cancel', input: { id: 'create-lab' } });
  });

  it('folds to one line when it is done', async () => {
    const standIn = createStandIn(populated({ operations: [sampleCreate('lab', Date.now() - 20_000, 20)] }));
    const user = renderApp(standIn, '#/clusters/lab');
    await screen.findByRole('list', { name: 'Timeline of lab' });
    standIn.putOperation(sampleCreate('lab', Date.now() - 22_000, 30));
    const view = within(await screen.findByRole('region', { name: 'Ready in 21 s' }));
    expect(view.queryByRole('list', { name: 'Timeline of lab' })).toBeNull();
    await user.click(view.getByRole('button', { name: 'Timeline: Ready in 21 s' }));
    view.getByRole('list', { name: 'Timeline of lab' });
  });

  it('opens a failure with what happened, why, and the buttons that help', async () => {
    const failed = failedAt(sampleCreate('shop', Date.now() - 60_000, 60), 'control-plane-start', {
      code: 'too-many-open-files',
      message: 'The node ran out of inotify instances',
      detail: 'too many open files',
      hints: [
        { text: 'Raise the limit', action: { call: 'diagnostics.fix', input: { id: 'inotify' } } },
        { text: 'Delete it with: boathouse delete shop', action: { call: 'clusters.delete', input: { name: 'shop' } } },
      ],
    });
    const standIn = createStandIn(
      populated({ operations: [{ ...failed, leftovers: ['The network boathouse-shop'] }] }),
    );
    const user = renderApp(standIn, address);
    const alert = within(await screen.findByRole('alert'));
    alert.getByText('The node ran out of inotify instances');
    screen.getByText('The network boathouse-shop');
    expect(alert.queryByText('too many open files')).toBeNull();
    await user.click(alert.getByRole('button', { name: 'What the program said' }));
    alert.getByText('too many open files');
    await user.click(alert.getByRole('button', { name: 'Raise the limit' }));
    expect(standIn.calls).toContainEqual({ call: 'diagnostics.fix', input: { id: 'inotify' } });
    await user.click(alert.getByRole('button', { name: 'Delete shop…' }));
    await screen.findByRole('dialog', { name: 'Delete shop?' });
    expect(standIn.calls.map(({ call }) => call)).not.toContain('clusters.delete');
  });

  it('shows the log as it grows, and goes on after the connection came back', async () => {
    const operation = sampleCreate('lab', Date.now() - 8000, 8);
    const standIn = createStandIn(populated({ operations: [operation] }));
    const user = renderApp(standIn, '#/clusters/lab');
    await user.click(await screen.findByRole('button', { name: 'Log' }));
    await screen.findByText('Nothing was logged yet.');
    standIn.log('create-lab', [{ sequence: 1, at: Date.now(), step: 'network', text: 'the network is there' }]);
    await screen.findByText('the network is there');
    standIn.disconnect();
    await screen.findByText(/Connection to Boathouse lost/);
    standIn.reconnect();
    await waitFor(() => expect(screen.queryByText(/Connection to Boathouse lost/)).toBeNull());
    standIn.log('create-lab', [{ sequence: 2, at: Date.now(), step: 'network', text: 'and so is the node' }]);
    await screen.findByText('and so is the node');
    screen.getByText('the network is there');
  });
});

it('its history keeps every operation, the newest first', async () => {
  const old = sampleCreate('shop', Date.now() - 3_600_000, 60);
  const stop = { ...sampleCreate('shop', Date.now() - 60_000, 60), id: 'stop-shop', kind: 'stop' as const };
  const user = renderApp(createStandIn(populated({ operations: [old, stop] })), address);
  await user.click(await screen.findByRole('tab', { name: 'History' }));
  await waitFor(() => expect(window.location.hash).toBe('#/clusters/shop/history'));
  const titles = screen
    .getAllByRole('region', { name: / in 21 s, / })
    .map((each) => each.getAttribute('aria-label')?.split(',')[0]);
  expect(titles).toEqual(['Stopped in 21 s', 'Ready in 21 s']);
});
