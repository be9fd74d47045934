// @vitest-environment jsdom
// The overview: the map and its table, what is wrong with the next step, and what has changed since the template.
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { clusterChangeSchema } from '../../../../shared/model/change';
import type { Cluster } from '../../../../shared/model/cluster';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { detailed } from '../../../app/stand-in-details';
import { entryOf, sampleTemplates } from '../../../app/stand-in-templates';
import { populated, sampleCluster, sampleCreate } from '../../../app/stand-in-worlds';

const address = '#/clusters/shop';
const map = async () => within(await screen.findByRole('group', { name: 'Map of shop' }));

describe('the next steps of a cluster that was just made', () => {
  const made = () => {
    const entry = entryOf(
      (sampleTemplates[0]?.yaml ?? '').replace('spec:', 'spec:\n  sample: { manifest: hello.yaml, image: busybox }'),
    );
    const operations = [sampleCreate('shop', Date.now() - 60_000, 100)];
    const world = populated({ operations, templates: [entry] });
    return createStandIn({ ...world, clusters: [sampleCluster('shop', 'running', 1, { template: entry.id })] });
  };

  it('lead to the page that came with it, inside, and on', async () => {
    const standIn = made();
    const user = renderApp(standIn, address);
    const next = within(await screen.findByRole('region', { name: 'It is ready. Where to go next' }));
    expect(next.getByRole('link', { name: 'Look inside' }).getAttribute('href')).toBe('#/clusters/shop/inside');
    await user.click(next.getByRole('button', { name: 'Open a port to it' }));
    const link = await next.findByRole('link', { name: /127\.0\.0\.1:41080/ });
    expect(link.getAttribute('href')).toBe('http://127.0.0.1:41080/');
    const target = { kind: 'service', namespace: 'hello', name: 'hello' };
    expect(standIn.calls).toContainEqual({
      call: 'forwards.open',
      input: { context: 'kind-shop', target, port: 80, keep: false },
    });
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('are put away for good, and never there for older clusters', async () => {
    const user = renderApp(made(), address);
    await user.click(await screen.findByRole('button', { name: 'Put the next steps away' }));
    expect(screen.queryByRole('region', { name: /Where to go next/ })).toBeNull();
    cleanup();
    renderApp(made(), address);
    await screen.findByRole('group', { name: 'Map of shop' });
    expect(screen.queryByRole('region', { name: /Where to go next/ })).toBeNull();
    window.localStorage.clear();
    cleanup();
    renderApp(createStandIn(populated()), address);
    await screen.findByRole('group', { name: 'Map of shop' });
    expect(screen.queryByRole('region', { name: /Where to go next/ })).toBeNull();
  });
});

describe('the map', () => {
  it('shows ports, nodes with their state and use, and where images come from; each leads on', async () => {
    const world = populated();
    const [registry] = world.registries;
    if (registry) registry.clusters = ['shop'];
    renderApp(createStandIn(world), address);
    const api = await (await map()).findByRole('link', { name: /:41234.*The Kubernetes API/ });
    expect(api.getAttribute('href')).toBe('#/clusters/shop/ports');
    const worker = await (await map()).findByRole('link', { name: /worker2.*Ready/ });
    expect(worker.getAttribute('href')).toBe('#/clusters/shop/nodes');
    within(worker).getByText('0.14 CPUs · 0.4 GB');
    (await map()).getByRole('link', { name: /:5353\/udp/ });
    (await map()).getByRole('link', { name: new RegExp(`${registry?.address}`) });
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('shows the pods of each node, and tells of those that have no place', async () => {
    const standIn = createStandIn(populated());
    renderApp(standIn, address);
    const worker = await (await map()).findByRole('link', { name: /worker2.*Ready/ });
    await within(worker).findByText('1 starting');
    const table = within(screen.getByRole('table', { name: 'Map of shop as a table' }));
    table.getByRole('row', { name: /shop-worker Worker Ready, 6 pods: 1 broken, 1 starting, (and )?4 running/ });
    screen.getByText('1 pod has no place on any node: shop/gpu-0');
    const one = { namespace: 'default', name: 'web', node: 'shop-worker2', state: 'running' } as const;
    standIn.putPods('shop', [one]);
    await within(worker).findByText('1 pod');
    expect(screen.queryByText(/no place/)).toBeNull();
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('says the same in a table', async () => {
    renderApp(createStandIn(populated()), address);
    const table = within(await screen.findByRole('table', { name: 'Map of shop as a table' }));
    table.getByRole('row', { name: /127\.0\.0\.1:8080\/tcp Service web in default, port 80 Open/ });
    await table.findByRole('row', { name: /^shop-worker Worker Ready/ });
  });

  it('follows the cluster', async () => {
    const standIn = createStandIn(populated());
    renderApp(standIn, address);
    await (await map()).findByRole('link', { name: /worker2/ });
    standIn.putCluster(sampleCluster('shop', 'stopped', 1));
    await waitFor(async () => expect((await map()).queryByRole('link', { name: /worker2/ })).toBeNull());
    (await map()).getByRole('link', { name: /worker.*Stopped/ });
  });

  it('can be walked by keyboard', async () => {
    const user = renderApp(createStandIn(populated()), address);
    const links = (await map()).getAllByRole('link');
    links[0]?.focus();
    await user.tab();
    expect(document.activeElement).toBe(links[1]);
  });
});

describe('what is wrong', () => {
  const sick = (change: (cluster: Cluster) => void) => {
    const shop = detailed(sampleCluster('shop', 'degraded', 2, { ports: [] }));
    for (const node of shop.nodes) node.state = 'running';
    change(shop);
    return populated({ clusters: [shop], details: { shop } });
  };

  it('is said with the button that helps', async () => {
    const standIn = createStandIn(
      sick(({ nodes }) => {
        if (nodes[1]) nodes[1].state = 'exited';
      }),
    );
    const user = renderApp(standIn, address);
    const told = within(await screen.findByRole('region', { name: 'What is wrong' }));
    told.getByText('shop-worker: the container does not run.');
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(told.getByRole('button', { name: 'Start shop' }));
    await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'clusters.start', input: { name: 'shop' } }));
  });

  it('is said with the place or the command that helps', async () => {
    const world = sick(({ nodes: [, worker, other] }) => {
      worker?.kubernetes?.troubles.push({ type: 'DiskPressure', message: 'kubelet has disk pressure' });
      if (other?.kubernetes) other.kubernetes.unschedulable = true;
    });
    renderApp(createStandIn(world), address);
    const told = within(await screen.findByRole('region', { name: 'What is wrong' }));
    told.getByText('kubelet has disk pressure');
    expect(told.getByRole('link', { name: 'Images' }).getAttribute('href')).toBe('#/clusters/shop/images');
    told.getByText('kubectl --context kind-shop uncordon shop-worker2');
  });
});

describe('since the template', () => {
  it('nothing has changed', async () => {
    renderApp(createStandIn(populated()), address);
    const since = within(await screen.findByRole('region', { name: 'Since it was made' }));
    await since.findByText('as the template says');
    expect(since.getByRole('link', { name: 'See or change it' }).getAttribute('href')).toBe('#/clusters/shop/template');
  });

  it('what has changed is counted, and told on request', async () => {
    const add = clusterChangeSchema.parse({ kind: 'add-nodes', count: 1, labels: {}, taints: [], resources: {} });
    const changedSince = {
      shop: [
        {
          effort: 'in-place' as const,
          field: 'nodes[worker].count',
          from: '1',
          to: '2',
          nodes: [],
          what: { code: 'nodes-added', params: { count: 1, pool: 'worker' }, text: 'Adds 1 to worker.' },
          changes: [add],
        },
      ],
    };
    const user = renderApp(createStandIn(populated({ changedSince })), address);
    await user.click(await screen.findByRole('button', { name: '1 change since' }));
    screen.getByRole('row', { name: 'nodes[worker].count 2 1' });
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('is not asked of others’ clusters', async () => {
    renderApp(createStandIn(populated()), '#/clusters/old-kind');
    await screen.findByRole('group', { name: 'Map of old-kind' });
    expect(screen.queryByRole('region', { name: 'Since it was made' })).toBeNull();
  });
});
