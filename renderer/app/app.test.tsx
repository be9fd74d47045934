// @vitest-environment jsdom
// The frame: what a stranger sees, the engine at a glance, the way around, landmarks.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from './render-app';
import { createStandIn } from './stand-in';
import { brokenEngine, populated } from './stand-in-worlds';

it('explains to a browser that was never let in how to get in', async () => {
  const standIn = createStandIn(populated(), { silent: true });
  standIn.disconnect('refused');
  const user = renderApp(standIn);
  await screen.findByRole('heading', { name: 'This address needs its key' });
  expect(screen.queryByRole('navigation')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(standIn.calls).toContainEqual({ call: 'retry', input: null });
});

it('keeps what a browser sees that was let in before', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn);
  await screen.findByRole('listitem', { name: 'shop' });
  standIn.disconnect('refused');
  await screen.findByText(/does not know this window/);
  screen.getByRole('listitem', { name: 'shop' });
});

it('says that the core broke down while the page was open, until that is put away', async () => {
  const restartedAt = performance.timeOrigin + 5000;
  const user = renderApp(createStandIn(populated({ about: { version: '1', shell: 'browser', restartedAt } })));
  const banner = within((await screen.findByText(/broke down at .* started again/)).parentElement as HTMLElement);
  expect(banner.getByRole('link', { name: 'Doctor' }).getAttribute('href')).toBe('#/doctor');
  await user.click(banner.getByRole('button', { name: 'Close' }));
  expect(screen.queryByText(/broke down/)).toBeNull();
});

it('says nothing of what broke down before the page was opened', async () => {
  const restartedAt = performance.timeOrigin - 5000;
  renderApp(createStandIn(populated({ about: { version: '1', shell: 'browser', restartedAt } })));
  await screen.findByRole('listitem', { name: 'shop' });
  expect(screen.queryByText(/broke down/)).toBeNull();
});

it('shows the engine at a glance, and what to do when it is away', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/templates');
  const pill = await screen.findByRole('button', { name: /Docker 28\.5\.1 · 15\.5 GB/ });
  await user.click(pill);
  await screen.findByText('The usual place on this system');
  standIn.setEngine(brokenEngine);
  await screen.findByRole('button', { name: /Docker does not answer/ });
  const alert = within(await screen.findByRole('alert'));
  await user.click(alert.getByRole('button', { name: 'Try again' }));
  expect(standIn.calls).toContainEqual({ call: 'diagnostics.reconnect', input: null });
});

it('leads around by links, says where one is, and puts the focus on the new heading', async () => {
  const user = renderApp(createStandIn(populated()));
  const screens = within(await screen.findByRole('navigation', { name: 'Screens' }));
  await user.click(screens.getByRole('link', { name: 'Templates' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'Templates' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(screens.getByRole('link', { name: 'Templates' }).getAttribute('aria-current')).toBe('page');
  expect(document.title).toBe('Templates – Boathouse');
});

it('has its landmarks, and a way past the navigation', async () => {
  const user = renderApp(createStandIn(populated()));
  await screen.findByRole('banner');
  const main = screen.getByRole('main');
  await user.tab();
  while (document.activeElement?.textContent !== 'Skip to content') await user.tab({ shift: true });
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(main);
});

it('says when an address leads nowhere', async () => {
  renderApp(createStandIn(populated()), '#/nowhere');
  await screen.findByRole('heading', { level: 1, name: 'There is nothing here' });
});
