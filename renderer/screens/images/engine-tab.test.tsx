// @vitest-environment jsdom
// The engine's images: found, picked and loaded into clusters; one that is not there is pulled.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { newcomer, populated } from '../../app/stand-in-worlds';

it('loads what was picked into the clusters that were picked', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/engine');
  await screen.findByText('postgres:17');
  await user.type(screen.getByRole('textbox', { name: 'Filter images' }), 'check');
  expect(screen.queryByText('postgres:17')).toBeNull();
  await user.click(screen.getByRole('checkbox', { name: 'Choose shop/checkout:1.4' }));
  expect(screen.getByRole('button', { name: 'Load 1 image' })).toHaveProperty('disabled', true);
  await user.click(screen.getByRole('checkbox', { name: 'shop' }));
  screen.getByText('boathouse images load shop shop/checkout:1.4');
  await user.click(screen.getByRole('button', { name: 'Load 1 image' }));
  const input = { name: 'shop', images: ['shop/checkout:1.4'], restart: true };
  expect(standIn.calls).toContainEqual({ call: 'images.load', input });
});

it('pulls what is not here, or lets the nodes do it', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/engine');
  const into = within(await screen.findByRole('region', { name: 'Into' }));
  await user.click(into.getByRole('checkbox', { name: 'shop' }));
  await user.type(into.getByRole('textbox'), 'redis:8');
  await user.click(into.getByRole('button', { name: 'Pull and load' }));
  await user.click(into.getByRole('button', { name: 'Let the nodes pull it' }));
  expect(standIn.calls).toEqual([
    { call: 'images.load', input: { name: 'shop', images: ['redis:8'], pull: true, restart: true } },
    { call: 'images.pull', input: { name: 'shop', images: ['redis:8'] } },
  ]);
});

it('shows what the engine has where no cluster runs', async () => {
  renderApp(createStandIn({ ...populated(), clusters: [] }), '#/images/engine');
  await screen.findByText('postgres:17');
  screen.getByText('No cluster runs that images could be loaded into.');
  expect(screen.queryByRole('checkbox')).toBeNull();
});

it('says so where there are none', async () => {
  renderApp(createStandIn({ ...newcomer(), engineImages: [] }), '#/images/engine');
  await screen.findByText('The engine has no images yet.');
});
