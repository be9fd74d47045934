// @vitest-environment jsdom
// The nodes of a cluster: what the table says, and each change from its menu to the call.
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { populated, sampleCluster } from '../../../app/stand-in-worlds';

// xterm measures letters, which jsdom has not.
vi.mock('../../../parts/inside/shell/screen', () => ({
  openScreen: () => ({ say() {}, clear() {}, focus() {}, dispose() {} }),
}));

const address = '#/clusters/shop/nodes';
const changesOf = (standIn: ReturnType<typeof createStandIn>) =>
  standIn.calls.flatMap(({ call, input }) =>
    call === 'clusters.change' ? (input as { changes: unknown[] }).changes : [],
  );

async function row(name: string) {
  const table = within(await screen.findByRole('table', { name: 'Nodes' }));
  return within(await table.findByRole('row', { name: new RegExp(`^${name} `) }));
}

async function choose(user: UserEvent, node: string, action: string) {
  await user.click(await screen.findByRole('button', { name: `More for ${node}` }));
  await user.click(await screen.findByRole('menuitem', { name: action }));
  return within(await screen.findByRole('dialog'));
}

it('says of each node how it is, what it may use and uses, and how it is marked', async () => {
  renderApp(createStandIn(populated()), address);
  const worker = await row('shop-worker');
  await worker.findByText('Ready');
  worker.getByText('Worker, pool web');
  worker.getByText('tier=web');
  worker.getByText('0.21 CPUs');
  worker.getByText('of 2 CPUs');
  worker.getByText('of 2.0 GB');
  (await row('shop-worker2')).getByText('dedicated=gpu:NoSchedule');
  expect(await accessibilityProblems()).toEqual([]);
});

it('says what troubles a node', async () => {
  const world = populated();
  const node = world.details.shop?.nodes[1];
  if (!node?.kubernetes) throw new Error('no facts');
  node.ready = false;
  node.kubernetes.unschedulable = true;
  node.kubernetes.troubles = [
    { type: 'Ready', message: 'Kubelet stopped posting node status.' },
    { type: 'DiskPressure', message: 'kubelet has disk pressure' },
  ];
  renderApp(createStandIn(world), address);
  const worker = await row('shop-worker');
  await worker.findByText('Not ready');
  worker.getByText('takes no more pods');
  worker.getByText('Kubelet stopped posting node status.');
  expect(worker.getByText('DiskPressure').getAttribute('title')).toBe('kubelet has disk pressure');
});

it('lets a node take no more pods and take them again, at once', async () => {
  const world = populated();
  const standIn = createStandIn(world);
  const user = renderApp(standIn, address);
  await (await row('shop-worker')).findByText('Ready');
  await user.click(screen.getByRole('button', { name: 'More for shop-worker' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Cordon' }));
  await screen.findByText('shop-worker takes no more pods.');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('shop-worker takes pods again.');
  const asked = (verb: string) => ({
    call: 'actions.act',
    input: {
      context: 'kind-shop',
      object: { kind: { group: '', version: 'v1', resource: 'nodes' }, name: 'shop-worker' },
      action: { verb },
    },
  });
  expect(standIn.calls.filter(({ call }) => call === 'actions.act')).toEqual([asked('cordon'), asked('uncordon')]);
});

it('drains a node after it has said which pods move; of a cluster made elsewhere too', async () => {
  const world = populated();
  for (const cluster of [...world.clusters, ...Object.values(world.details)]) {
    cluster.abilities = { ...cluster.abilities, change: 'made-elsewhere' };
  }
  const standIn = createStandIn(world);
  const user = renderApp(standIn, address);
  await (await row('shop-worker')).findByText('Ready');
  const dialog = await choose(user, 'shop-worker', 'Drain…');
  await dialog.findByText('web-0, api-1');
  await user.click(dialog.getByRole('button', { name: 'Drain shop-worker' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(standIn.calls.at(-1)).toMatchObject({
    call: 'actions.act',
    input: { object: { name: 'shop-worker' }, action: { verb: 'drain', force: false } },
  });
  await user.click(await screen.findByRole('button', { name: 'More for shop-worker' }));
  const remove = await screen.findByRole('menuitem', { name: 'Drain and remove…' });
  expect(remove.hasAttribute('data-disabled')).toBe(true);
});

it('opens a shell on a node', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, address);
  await (await row('shop-worker')).findByText('Ready');
  const dialog = await choose(user, 'shop-worker', 'Shell…');
  await dialog.findByText('On shop-worker, as root. Ctrl-D ends it.');
  dialog.getByText('boathouse nodes shell kind-shop shop-worker');
  expect(await accessibilityProblems()).toEqual([]);
  expect(standIn.calls.at(-1)).toMatchObject({
    call: 'podExec.run',
    input: { context: 'kind-shop', target: { kind: 'node', name: 'shop-worker' } },
  });
  await user.click(dialog.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('its use is followed only while it is shown', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, address);
  await row('shop-worker');
  await waitFor(() => expect([...standIn.usageWatchers]).toEqual(['shop']));
  await user.click(screen.getByRole('tab', { name: 'History' }));
  await waitFor(() => expect([...standIn.usageWatchers]).toEqual([]));
});

describe('a change', () => {
  it('adds workers, after its plan and commands were shown', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.click(await screen.findByRole('button', { name: 'Add nodes…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add nodes to shop' }));
    await dialog.findByText('boathouse nodes add shop');
    await user.clear(dialog.getByRole('textbox', { name: 'How many' }));
    await user.type(dialog.getByRole('textbox', { name: 'How many' }), '2');
    await user.type(dialog.getByRole('textbox', { name: 'Pool' }), 'web');
    await user.type(dialog.getByRole('combobox', { name: 'Labels' }), 'tier=web{Enter}');
    await user.type(dialog.getByRole('combobox', { name: 'Taints' }), 'gpu:NoExecute{Enter}');
    await dialog.findByText('boathouse nodes add shop --count 2 --pool web --label tier=web --taint gpu:NoExecute');
    await waitFor(() => expect(dialog.getAllByText('Wait until the node is Ready')).toHaveLength(2));
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Add 2 workers' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(changesOf(standIn)).toEqual([
      {
        kind: 'add-nodes',
        role: 'worker',
        count: 2,
        pool: 'web',
        labels: { tier: 'web' },
        taints: [{ key: 'gpu', effect: 'NoExecute' }],
        resources: {},
      },
    ]);
  });

  it('that cannot be meant is told at its field, and not sent', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.click(await screen.findByRole('button', { name: 'Add nodes…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Pool' }), 'Web');
    await user.type(dialog.getByRole('combobox', { name: 'Labels' }), 'tier{Enter}');
    dialog.getByText(/Use lower-case letters/);
    dialog.getByText('“tier” is no label. Write it like tier=web.');
    expect(dialog.getByRole('button', { name: 'Add 1 worker' })).toHaveProperty('disabled', true);
    expect(changesOf(standIn)).toEqual([]);
  });

  it('that the core refuses is told at its field too', async () => {
    const standIn = createStandIn(populated());
    standIn.fail('clusters.planChange', { code: 'bad-input', message: 'full', params: { limit: 125 }, hints: [] });
    const user = renderApp(standIn, address);
    await user.click(await screen.findByRole('button', { name: 'Add nodes…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('The cluster’s network has room for 125 nodes in all.');
    expect(dialog.queryByRole('alert')).toBeNull();
  });

  it('sends only the limits that were changed', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await row('shop-worker');
    const dialog = await choose(user, 'shop-worker', 'Limits…');
    const memory = dialog.getByRole('textbox', { name: 'Memory' });
    expect(memory).toHaveProperty('value', '2Gi');
    await user.clear(memory);
    await user.type(memory, '256Mi');
    dialog.getByText('It uses 0.6 GB now. With less, the kernel stops programs on it.');
    await user.clear(memory);
    await user.type(memory, '3Gi');
    await dialog.findByText('boathouse nodes limit shop shop-worker --memory 3Gi');
    await user.click(dialog.getByRole('button', { name: 'Set limits' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toEqual([{ kind: 'limit-node', node: 'shop-worker', resources: { memory: '3Gi' } }]),
    );
  });

  it('takes labels away, and leaves those of Kubernetes alone', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await (await row('shop-worker')).findByText('tier=web');
    const dialog = await choose(user, 'shop-worker', 'Labels…');
    expect(dialog.queryByText('kubernetes.io/os=linux')).toBeNull();
    await user.type(dialog.getByRole('combobox', { name: 'Labels' }), '{Backspace}tier=api{Enter}');
    await dialog.findByText('boathouse nodes label shop shop-worker tier=api zone-');
    await user.click(dialog.getByRole('button', { name: 'Set labels' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toEqual([
        { kind: 'label-node', node: 'shop-worker', labels: { tier: 'api', zone: null } },
      ]),
    );
  });

  it('takes taints away', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await (await row('shop-worker2')).findByText('dedicated=gpu:NoSchedule');
    const dialog = await choose(user, 'shop-worker2', 'Taints…');
    await user.type(dialog.getByRole('combobox', { name: 'Taints' }), '{Backspace}');
    await user.click(await dialog.findByRole('button', { name: 'Set taints' }));
    await waitFor(() => expect(changesOf(standIn)).toEqual([{ kind: 'taint-node', node: 'shop-worker2', taints: [] }]));
  });

  it('removes a worker after saying what goes with it; the focus is on what keeps it, and returns to the menu', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    const dialog = await choose(user, 'shop-worker2', 'Drain and remove…');
    dialog.getByText(/emptyDir volumes/);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Cancel'));
    await user.click(dialog.getByRole('checkbox', { name: 'By force' }));
    await dialog.findByText('boathouse nodes remove shop shop-worker2 --force');
    dialog.getByText(/kubectl --context kind-shop drain shop-worker2/);
    await user.click(dialog.getByRole('button', { name: 'Remove shop-worker2' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(changesOf(standIn)).toEqual([{ kind: 'remove-node', node: 'shop-worker2', force: true }]);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('More for shop-worker2');
  });

  it('makes a worker anew under its name', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    const dialog = await choose(user, 'shop-worker', 'Make anew…');
    await dialog.findByText('boathouse nodes replace shop shop-worker');
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Make shop-worker anew' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toEqual([{ kind: 'replace-node', node: 'shop-worker', force: false }]),
    );
  });
});

describe('control planes', () => {
  const planes = () => {
    const shop = sampleCluster('shop', 'running', 2);
    const [first] = shop.nodes;
    if (!first) throw new Error('no control plane');
    const more = [2, 3].map((number) => ({ ...first, name: `shop-control-plane${number}`, containerId: `p${number}` }));
    return populated({ clusters: [{ ...shop, nodes: [...shop.nodes, ...more] }], details: {} });
  };

  it('are added up to an odd number, and it says what etcd makes of it', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.click(await screen.findByRole('button', { name: 'Add nodes…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('radio', { name: 'Control plane' }));
    const etcd = within(dialog.getByRole('region', { name: 'etcd' }));
    etcd.getByText('1 member, 1 needed: 0 may fail');
    etcd.getByText('3 members, 2 needed: 1 may fail');
    expect(etcd.queryByText(/^An even number/)).toBeNull();
    await dialog.findByText('boathouse nodes add shop --role control-plane --count 2');
    const count = dialog.getByRole('textbox', { name: 'How many' });
    await user.clear(count);
    await user.type(count, '3');
    etcd.getByText(/^An even number/);
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(await dialog.findByRole('button', { name: 'Add 3 control planes' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toMatchObject([{ kind: 'add-nodes', role: 'control-plane', count: 3 }]),
    );
  });

  it('are removed after it was said what etcd makes of it', async () => {
    const standIn = createStandIn(planes());
    const user = renderApp(standIn, address);
    const dialog = await choose(user, 'shop-control-plane2', 'Drain and remove…');
    dialog.getByText(/^It leaves etcd first/);
    within(dialog.getByRole('region', { name: 'etcd' })).getByText('2 members, 2 needed: 0 may fail');
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(await dialog.findByRole('button', { name: 'Remove shop-control-plane2' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toEqual([{ kind: 'remove-node', node: 'shop-control-plane2', force: false }]),
    );
  });

  it('the last of them stays: the core says why, and the button does nothing', async () => {
    const standIn = createStandIn(populated());
    standIn.fail('clusters.planChange', {
      code: 'not-possible',
      message: 'shop-control-plane is the only control plane of shop',
      hints: [{ text: 'Add others first: boathouse nodes add shop --role control-plane --count 2' }],
    });
    const user = renderApp(standIn, address);
    const dialog = await choose(user, 'shop-control-plane', 'Drain and remove…');
    within(await dialog.findByRole('alert')).getByText(/only control plane of shop/);
    expect(dialog.getByRole('button', { name: 'Remove shop-control-plane' })).toHaveProperty('disabled', true);
  });

  it('are made anew by another one that joins first', async () => {
    const standIn = createStandIn(planes());
    const user = renderApp(standIn, address);
    const dialog = await choose(user, 'shop-control-plane3', 'Make anew…');
    dialog.getByText(/^Another control plane joins first/);
    await user.click(await dialog.findByRole('button', { name: 'Make shop-control-plane3 anew' }));
    await waitFor(() =>
      expect(changesOf(standIn)).toMatchObject([
        { kind: 'add-nodes', role: 'control-plane', count: 1 },
        { kind: 'remove-node', node: 'shop-control-plane3' },
      ]),
    );
  });
});

describe('where nothing can be changed, it says why', () => {
  it.each([
    ['#/clusters/old-kind/nodes', /^kind made this cluster/],
    ['#/clusters/workshop-07/nodes', /^Start the cluster to change it/],
  ])('%s', async (place, why) => {
    renderApp(createStandIn(populated()), place);
    await screen.findByText(why);
    expect(screen.getByRole('button', { name: 'Add nodes…' })).toHaveProperty('disabled', true);
  });

  it('while something is being done to it', async () => {
    const world = populated({ clusters: [sampleCluster('shop', 'running', 1, { operationId: 'change-1' })] });
    renderApp(createStandIn(world), address);
    await screen.findByText(/^Something is being done/);
  });
});
