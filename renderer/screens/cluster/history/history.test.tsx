// @vitest-environment jsdom
// The history of a cluster: what this core did, what was kept from before, and two of them side by side.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { populated, sampleCreate } from '../../../app/stand-in-worlds';

const address = '#/clusters/shop/history';
const hour = 3_600_000;
const create = (id: string, hoursAgo: number) => ({ ...sampleCreate('shop', Date.now() - hoursAgo * hour, 60), id });
const titles = () =>
  screen.getAllByRole('region', { name: / in 21 s, / }).map((each) => each.getAttribute('aria-label')?.split(',')[0]);

it('has what was kept from before beside what happened since, each once', async () => {
  const stop = { ...create('stop', 1), kind: 'stop' as const };
  const world = populated({ operations: [stop], history: { shop: [create('old', 50), stop] } });
  const standIn = createStandIn(world);
  const user = renderApp(standIn, address);
  await waitFor(() => expect(titles()).toEqual(['Stopped in 21 s', 'Ready in 21 s']));
  await user.click(screen.getByRole('button', { name: 'Timeline: Ready in 21 s' }));
  screen.getByRole('list', { name: 'Timeline of shop' });
  standIn.putOperation({ ...create('start', 0), kind: 'start' });
  await waitFor(() => expect(titles()).toEqual(['Started in 21 s', 'Stopped in 21 s', 'Ready in 21 s']));
});

it('says so when there is nothing, and shows shapes before it knows', async () => {
  renderApp(createStandIn(populated()), address);
  await screen.findByText('Nothing was done to this cluster with Boathouse yet.');
});

it('a core that cannot tell what was before still tells what it did itself', async () => {
  const failing = { 'operations.history': { code: 'internal' as const, message: 'no', hints: [] } };
  renderApp(createStandIn(populated({ operations: [create('new', 1)] }), { failing }), address);
  await waitFor(() => expect(titles()).toEqual(['Ready in 21 s']));
});

it('two are compared step by step; a third takes the place of the first', async () => {
  const slower = create('slow', 3);
  const steps = slower.steps.map((step) =>
    step.kind === 'dns' && step.endedAt ? { ...step, endedAt: step.endedAt + 3000 } : step,
  );
  const history = { shop: [{ ...slower, steps }, create('fast', 2), create('last', 1)] };
  const user = renderApp(createStandIn(populated({ history })), address);
  const boxes = await screen.findAllByRole('checkbox', { name: /^Compare: Ready in 21 s/ });
  for (const box of boxes.slice(1)) await user.click(box);
  const table = within(await screen.findByRole('table', { name: 'Comparison' }));
  within(table.getByRole('row', { name: /^Wait for DNS/ })).getByText('3.0 s shorter');
  expect(table.queryByText(/longer/)).toBeNull();
  expect(screen.getAllByRole('list', { name: 'Timeline of shop' })).toHaveLength(2);
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(boxes[0] as HTMLElement);
  expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([true, false, true]);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('table', { name: 'Comparison' })).toBeNull();
});
