// @vitest-environment jsdom
// What is done to an object from its panel: at once where it loses nothing, else asked about, with the cluster's name where it is elsewhere.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

async function look(kind: string, name: string, hash = '#/clusters/shop/inside') {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, hash);
  await user.click(await screen.findByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: kind }));
  await user.click(await screen.findByText(name));
  const bar = within(await screen.findByRole('group', { name: 'What can be done' }));
  const acted = () => standIn.calls.filter(({ call }) => call === 'actions.act').map(({ input }) => input);
  return { user, bar, acted, standIn };
}

const object = {
  kind: { group: 'apps', version: 'v1', resource: 'deployments' },
  namespace: 'kube-system',
  name: 'api-1',
};

it('restarts at once, scales when told to how many', async () => {
  const { user, bar, acted } = await look('Deployment', 'api-1');
  await user.click(bar.getByRole('button', { name: 'Restart' }));
  await waitFor(() => expect(acted()).toEqual([{ context: 'kind-shop', object, action: { verb: 'restart' } }]));
  await user.click(bar.getByRole('button', { name: 'Scale…' }));
  const dialog = within(await screen.findByRole('dialog'));
  const count = dialog.getByRole('textbox', { name: 'Pods' });
  await user.clear(count);
  await user.type(count, '4');
  await dialog.findByText(/scale deployments.apps\/api-1 --replicas=4/);
  await user.click(dialog.getByRole('button', { name: 'Scale api-1' }));
  await waitFor(() => expect(acted()[1]).toMatchObject({ action: { verb: 'scale', replicas: 4 } }));
});

it('a deletion says what is lost, what stays, what comes back; axe finds nothing', async () => {
  const { user, bar, acted } = await look('Deployment', 'api-1');
  await user.click(bar.getByRole('button', { name: 'Delete…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('24 pods');
  dialog.getByText('and 22 more', { exact: false });
  dialog.getByText('data-db-0');
  dialog.getByText('ReplicaSet checkout-5d8f will make a new one at once.');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Delete api-1' }));
  await waitFor(() =>
    expect(acted()).toEqual([
      { context: 'kind-shop', object, action: { verb: 'delete', orphans: false, force: false } },
    ]),
  );
});

it('a cluster elsewhere has to be named first', async () => {
  const { user, bar, acted, standIn } = await look('Deployment', 'api-1', '#/kubeconfig/prod-eu');
  standIn.fail('actions.act', { code: 'not-confirmed', message: 'elsewhere', hints: [] });
  await user.click(bar.getByRole('button', { name: 'Restart' }));
  const dialog = within(await screen.findByRole('dialog'));
  const go = await dialog.findByRole('button', { name: 'Restart api-1' });
  await user.type(await dialog.findByRole('textbox'), 'prod');
  expect(go.hasAttribute('disabled')).toBe(true);
  await user.type(dialog.getByRole('textbox'), '-eu');
  standIn.fail('actions.act');
  await user.click(go);
  await waitFor(() => expect(acted().at(-1)).toMatchObject({ confirmed: 'prod-eu', action: { verb: 'restart' } }));
});

it('rolls back to a revision whose difference was seen', async () => {
  const { user, bar, acted } = await look('Deployment', 'api-1');
  await user.click(bar.getByRole('button', { name: 'Roll back…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(await dialog.findByRole('radio', { name: '2: web:2' }));
  await dialog.findByRole('figure', { name: 'Changes in Pod template' });
  await waitFor(() =>
    expect(dialog.getByRole('button', { name: 'Roll api-1 back' }).hasAttribute('disabled')).toBe(false),
  );
  await user.click(dialog.getByRole('button', { name: 'Roll api-1 back' }));
  await waitFor(() => expect(acted()[0]).toMatchObject({ action: { verb: 'roll-back', revision: 2 } }));
});

it('Delete on the list asks as the button does', async () => {
  const { user, acted } = await look('Deployment', 'api-1');
  screen.getByRole('grid').focus();
  await user.keyboard('{Delete}');
  await screen.findByRole('dialog');
  expect(acted()).toEqual([]);
});

describe('several at once', () => {
  async function pickTwo(hash = '#/clusters/shop/inside') {
    const standIn = createStandIn(populated());
    const user = renderApp(standIn, hash);
    await screen.findByText('120 of 120');
    const grid = screen.getByRole('grid');
    grid.focus();
    await user.keyboard('{ArrowDown} {ArrowDown} ');
    await screen.findByText('2 selected');
    const names = within(grid)
      .getAllByRole('row', { selected: true })
      .map((row) => within(row).getAllByRole('gridcell')[2]?.textContent ?? '');
    const asked = () => standIn.calls.filter(({ call }) => call === 'actions.deleteSeveral').map(({ input }) => input);
    return { standIn, user, grid, names, asked };
  }

  it('are named before they are deleted; then it says how far it is, and what stays; axe finds nothing', async () => {
    const { standIn, user, names, asked } = await pickTwo();
    await user.keyboard('{Delete}');
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete 2 objects' }));
    for (const name of names) dialog.getByText((text) => text.endsWith(`/${name}`));
    await dialog.findByText('ReplicaSet checkout-5d8f will make a new one at once.');
    expect(await accessibilityProblems()).toEqual([]);
    await user.click(dialog.getByRole('checkbox', { name: 'Keep what belongs to them' }));
    const go = dialog.getByRole('button', { name: 'Delete 2 objects' });
    await waitFor(() => expect(go.hasAttribute('disabled')).toBe(false));
    await user.click(go);
    await dialog.findByText('Deleting goes on when this is closed.');
    expect(asked()).toMatchObject([
      { context: 'kind-shop', objects: names.map((name) => ({ name })), orphans: true, force: false },
    ]);
    expect(standIn.calls.filter(({ call }) => call === 'actions.act')).toEqual([]);
    await user.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('what a filter hides is not deleted with the others', async () => {
    const { user, names } = await pickTwo();
    await user.type(screen.getByRole('textbox', { name: 'Filter' }), names[0] ?? '');
    await screen.findByText('1 selected');
  });

  it('a box picks without opening; the one on top picks all that are shown; the button lets them go', async () => {
    const { user, grid } = await pickTwo();
    await user.click(within(grid).getByRole('checkbox', { name: 'Select all that are shown' }));
    await screen.findByText('120 selected');
    await user.click(screen.getByRole('button', { name: 'Clear selection' }));
    await user.click(within(grid).getAllByRole('checkbox', { name: /^Select checkout/ })[0] as HTMLElement);
    await screen.findByText('1 selected');
    expect(document.querySelector('section[aria-label^="checkout"]')).toBeNull();
  });

  it('a cluster elsewhere has to be named first', async () => {
    const { user, asked } = await pickTwo('#/kubeconfig/prod-eu');
    await user.click(screen.getByRole('button', { name: 'Delete selected…' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(await dialog.findByRole('textbox'), 'prod-eu');
    await user.click(dialog.getByRole('button', { name: 'Delete 2 objects' }));
    await waitFor(() => expect(asked()).toMatchObject([{ confirmed: 'prod-eu' }]));
  });
});
