// @vitest-environment jsdom
// Logs beside the list and alone on the screen: of several pods in colours, searched, of the run before; why there are none.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { populated } from '../../../app/stand-in-worlds';

it('follows the pods of a workload, told apart; finds in them; axe finds nothing', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/logs/kind-shop/shop?of=deployment%2Fweb');
  const log = await screen.findByRole('log', { name: 'Logs of deployment/web' });
  await screen.findByText(/^60 lines · live/);
  expect(within(log).getAllByText(/web-5d8f-q8z4c proxy/).length).toBeGreaterThan(3);
  expect(standIn.calls.at(-1)?.input).toMatchObject({
    context: 'kind-shop',
    targets: [{ namespace: 'shop', kind: 'deployment', name: 'web' }],
    follow: true,
    tail: 2_000,
  });
  expect(await accessibilityProblems()).toEqual([]);
  const search = screen.getByRole('textbox', { name: /^Find/ });
  await user.type(search, 'refused');
  await screen.findByText('10 lines');
  await user.type(search, '{Enter}{Enter}');
  await screen.findByText('2 of 10');
  await user.click(screen.getByRole('checkbox', { name: 'Only these' }));
  await screen.findByText(/^10 lines · live/);
  await user.clear(search);
  await user.type(search, '/(/');
  await screen.findByText('No expression');
});

it('shows one pod beside the list, and its run before', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/clusters/shop/inside');
  await user.click(await screen.findByText('checkout-102'));
  const panel = within(await screen.findByRole('region', { name: 'checkout-102' }));
  await user.click(panel.getByRole('radio', { name: 'Logs' }));
  await panel.findByText(/^60 lines · live/, undefined, { timeout: 10_000 });
  await user.click(panel.getByRole('checkbox', { name: 'Previous run' }));
  await panel.findByText(/^60 lines · ended/);
  expect(standIn.calls.at(-1)?.input).toMatchObject({ previous: true, follow: false });
});

it('explains where logs cannot be had, and goes on when they can', async () => {
  const error = { code: 'not-found' as const, message: 'There is no deployment/web in shop', hints: [] };
  const standIn = createStandIn(populated(), { failing: { 'podLogs.read': error } });
  renderApp(standIn, '#/logs/kind-shop/shop?of=deployment%2Fweb');
  expect((await screen.findByRole('alert')).textContent).toContain('There is no deployment/web in shop');
  standIn.fail('podLogs.read');
  await screen.findByText(/^60 lines · live/);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

it('draws of a hundred thousand lines only those in sight', async () => {
  renderApp(createStandIn(populated()), '#/logs/kind-shop/shop?of=deployment%2Fmany');
  await screen.findByText(/^100,000 lines · live/, undefined, { timeout: 20_000 });
  expect(screen.getByRole('log').querySelectorAll('div').length).toBeLessThan(120);
});
