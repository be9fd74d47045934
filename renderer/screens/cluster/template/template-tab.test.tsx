// @vitest-environment jsdom
// A cluster's template: what it was made of, what a change of it would take, and applying it.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn, type StandIn } from '../../../app/stand-in';
import { entryOf, sampleClass, sampleTemplates } from '../../../app/stand-in-templates';
import { populated, sampleCluster } from '../../../app/stand-in-worlds';
import { dropDraft } from '../../../parts/template-text/drafts';
import { own } from './wanted';

const address = '#/clusters/shop/template';
const panel = async () => within(await screen.findByRole('region', { name: 'What would change' }));
const applied = ({ calls }: StandIn) => calls.flatMap(({ call, input }) => (call === 'clusters.apply' ? [input] : []));
const workers = async () => (await screen.findAllByRole('textbox', { name: 'Nodes' }))[1] as HTMLElement;
afterEach(() => dropDraft(`shop/${own}`));

describe('the template that the cluster keeps', () => {
  it('is shown as a form, and says that nothing differs', async () => {
    renderApp(createStandIn(populated()), address);
    expect(await workers()).toHaveProperty('value', '2');
    await (await panel()).findByText('The cluster is as this template says. There is nothing to do.');
    (await panel()).getByText(/boathouse templates of shop > shop.yaml/);
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('is changed, and applied after its differences and its plan were shown', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.clear(await workers());
    await user.type(await workers(), '3');
    const { findByText, findByRole, getByText } = await panel();
    await findByText('nodes[worker].count');
    getByText('In place');
    getByText('Adds 1 to worker.');
    await findByText('Wait until the node is Ready');
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(await findByRole('button', { name: 'Apply to shop' }));
    await waitFor(() => expect(applied(standIn)).toHaveLength(1));
    expect(applied(standIn)).toMatchObject([{ name: 'shop', template: { yaml: expect.stringContaining('count: 3') } }]);
  });

  it('keeps what was typed until the cluster has become it', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.clear(await workers());
    await user.type(await workers(), '3');
    await screen.findByRole('button', { name: 'Discard changes' });
    standIn.world.kept.shop = (standIn.world.kept.shop ?? '').replace('count: 2', 'count: 3 ');
    standIn.putCluster(sampleCluster('shop', 'running', 3, { operationId: 'change-1' }));
    await (await panel()).findByText(/^Something is being done/);
    expect(await workers()).toHaveProperty('value', '3');
    standIn.putCluster(sampleCluster('shop', 'running', 3));
    await (await panel()).findByText(/There is nothing to do/);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Discard changes' })).toBeNull());
  });

  it('says what is lost with nodes that go', async () => {
    const user = renderApp(createStandIn(populated()), address);
    await user.clear(await workers());
    await user.type(await workers(), '1');
    await (await panel()).findByText(/What pods kept on shop-worker2 itself is lost/);
  });

  it('does not apply what takes a new cluster, and says so; it can be kept as a template', async () => {
    const standIn = createStandIn(populated());
    standIn.world.kept.shop = `${standIn.world.kept.shop}  networking:\n    podSubnet: 10.244.0.0/16\n`;
    const yaml = (standIn.world.kept.shop ?? '').replace('10.244', '10.250');
    standIn.putTemplate(entryOf(yaml.replace('id: three-node', 'id: other'), 'file'));
    const user = renderApp(standIn, address);
    await user.click(await screen.findByRole('combobox', { name: 'Begin with' }));
    await user.click(await screen.findByRole('option', { name: 'other' }));
    const { findByText, getByText, getByRole } = await panel();
    await findByText('networking.podSubnet');
    getByText('New cluster');
    getByText(/1 of these is fixed when a cluster is made/);
    expect(getByRole('button', { name: 'Apply to shop' })).toHaveProperty('disabled', true);
    await user.click(screen.getByRole('button', { name: 'Keep as a template' }));
    await screen.findByText('Saved: shop');
    expect(standIn.calls.find(({ call }) => call === 'templates.save')?.input).toMatchObject({
      yaml: expect.stringContaining('id: shop'),
    });
  });

  it('with a mistake in it is not asked about', async () => {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, address);
    await user.clear(await workers());
    await user.type(await workers(), 'x');
    await (await panel()).findByText(/Correct the template first/);
    expect(applied(standIn)).toEqual([]);
  });

  it('that the core cannot apply is told with its reasons', async () => {
    const standIn = createStandIn(populated());
    standIn.fail('clusters.planApply', { code: 'port-taken', message: 'Port 8080 is taken by nginx', hints: [] });
    renderApp(standIn, address);
    await within(await screen.findByRole('alert')).findByText(/Port 8080 is taken/);
  });
});

it('another template asks for its parameters first', async () => {
  const standIn = createStandIn(populated({ templates: [...sampleTemplates, sampleClass] }));
  const user = renderApp(standIn, address);
  await user.click(await screen.findByRole('combobox', { name: 'Begin with' }));
  await user.click(await screen.findByRole('option', { name: 'class' }));
  await (await panel()).findByText('Fill in first what the template asks.');
  await user.type(await screen.findByRole('textbox', { name: /^Team/ }), 'blue');
  await waitFor(() =>
    expect(standIn.calls.findLast(({ call }) => call === 'clusters.planApply')?.input).toEqual({
      name: 'shop',
      template: { id: 'class' },
      parameters: { team: 'blue' },
    }),
  );
  (await panel()).getByText('boathouse apply shop --file class --set team=blue');
});

describe('where there is nothing to change', () => {
  it('of another program’s cluster says why', async () => {
    renderApp(createStandIn(populated()), '#/clusters/old-kind/template');
    await screen.findByText(/^kind made this cluster/);
  });

  it('while the cluster is stopped says so, and keeps the text', async () => {
    const standIn = createStandIn(populated());
    standIn.world.kept['workshop-07'] = standIn.world.kept.shop ?? '';
    renderApp(standIn, '#/clusters/workshop-07/template');
    await (await panel()).findByText(/^Start the cluster to change it/);
    expect(await workers()).toHaveProperty('value', '2');
  });

  it('where a cluster keeps none, others can be begun with', async () => {
    renderApp(createStandIn(populated({ kept: {} })), address);
    await screen.findByText(/^This cluster keeps no template/);
    screen.getByRole('combobox', { name: 'Begin with' });
  });
});
