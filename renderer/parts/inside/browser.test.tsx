// @vitest-environment jsdom
// The look inside a cluster: kinds, namespaces, filter and keys over a long list, one object closely, Secrets hidden.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

const open = (failing = {}) => renderApp(createStandIn(populated(), { failing }), '#/clusters/shop/inside');
const rowsIn = (grid: HTMLElement) => within(grid).getAllByRole('row').slice(1);

it('shows the pods of all namespaces, drawing only those in sight; axe finds nothing', async () => {
  open();
  const grid = await screen.findByRole('grid', { name: 'Pod' });
  await screen.findByText('120 of 120');
  expect(grid.getAttribute('aria-rowcount')).toBe('121');
  expect(rowsIn(grid).length).toBeLessThan(60);
  expect(await accessibilityProblems()).toEqual([]);
});

it('filters as one types, by every word, and says when nothing matches', async () => {
  const user = open();
  await screen.findByText('120 of 120');
  const filter = screen.getByRole('textbox', { name: 'Filter' });
  await user.type(filter, 'shop crash');
  await waitFor(() => expect(screen.queryByText('120 of 120')).toBeNull());
  for (const row of rowsIn(screen.getByRole('grid'))) {
    expect(row.textContent).toMatch(/shop/);
    expect(row.textContent).toMatch(/CrashLoopBackOff/);
  }
  await user.clear(filter);
  await user.type(filter, 'no such thing');
  await screen.findByText('Nothing matches the filter.');
});

it('is led by keys: arrows choose, Enter looks closely, a header orders', async () => {
  const user = open();
  await screen.findByText('120 of 120');
  const grid = screen.getByRole('grid');
  grid.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
  const chosen = within(grid).getByRole('row', { selected: true });
  expect(grid.getAttribute('aria-activedescendant')).toBe(chosen.id);
  expect(chosen.getAttribute('aria-rowindex')).toBe('2');
  const name = within(chosen).getAllByRole('gridcell')[2]?.textContent ?? '';
  const panel = within(await screen.findByRole('region', { name }));
  await panel.findByText(/Back-off restarting failed container/);
  panel.getByText('web ends again and again: code 3, 14 restarts.');
  panel.getByText('ReplicaSet checkout-5d8f ← Deployment checkout');
  panel.getByText('containers with unready status: [web]');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(within(grid).getByRole('button', { name: 'Restarts' }));
  await user.click(within(grid).getByRole('button', { name: 'Restarts' }));
  expect(within(grid).getByRole('columnheader', { name: 'Restarts' }).getAttribute('aria-sort')).toBe('descending');
  expect(within(rowsIn(grid)[0] as HTMLElement).getAllByRole('gridcell')[5]?.textContent).toBe('4');
});

it('shows another kind, one that the cluster was given too', async () => {
  const user = open();
  await user.click(await screen.findByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Boat (harbour.example)' }));
  await screen.findByRole('grid', { name: 'Boat (harbour.example)' });
  screen.getByText('kubectl --context kind-shop get boats.harbour.example -A');
});

it('keeps the values of a Secret until they are asked for', async () => {
  const user = open();
  await user.click(await screen.findByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Secret' }));
  await user.click(await screen.findByText('api-1'));
  const panel = within(await screen.findByRole('region', { name: 'api-1' }));
  await user.click(panel.getByRole('radio', { name: 'YAML' }));
  await panel.findByText(/\[hidden\]/);
  expect(document.body.innerHTML).not.toContain('c2VjcmV0');
  await user.click(panel.getByRole('button', { name: 'Show values' }));
  await panel.findByText(/c2VjcmV0/);
});

it('says so where the cluster cannot be reached, and tries again', async () => {
  const error = { code: 'kubernetes-refused', message: 'HTTP 403', params: { path: '/', reason: 'x' }, hints: [] };
  const standIn = createStandIn(populated(), { failing: { 'objects.kinds': error as never } });
  const user = renderApp(standIn, '#/kubeconfig/prod-eu');
  await screen.findByRole('alert');
  standIn.fail('objects.kinds');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('120 of 120');
});

it('an object that cannot be looked at says why, and shows itself when it can', async () => {
  const error = { code: 'not-found', message: 'There is no pods checkout-102', hints: [] };
  const standIn = createStandIn(populated(), { failing: { 'objects.detail': error as never } });
  const user = renderApp(standIn, '#/clusters/shop/inside');
  await user.type(await screen.findByRole('textbox', { name: 'Filter' }), 'checkout-102');
  await user.click(await screen.findByText('checkout-102'));
  const panel = within(await screen.findByRole('region', { name: 'checkout-102' }));
  await within(await panel.findByRole('alert')).findByText('There is no pods checkout-102');
  standIn.fail('objects.detail');
  await panel.findByText('containers with unready status: [web]', undefined, { timeout: 10_000 });
  expect(panel.queryByRole('alert')).toBeNull();
});

it('an object that is deleted while it is looked at stays as it was, and says so', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/kubeconfig/kind-shop?kind=pods&namespace=shop&name=leaving-1');
  const panel = within(await screen.findByRole('region', { name: 'leaving-1' }));
  await panel.findByText('It has been deleted. This is how it was.');
  panel.getByText('containers with unready status: [web]');
  expect(panel.queryByRole('group', { name: 'What can be done' })).toBeNull();
  expect(panel.queryByRole('alert')).toBeNull();
});
