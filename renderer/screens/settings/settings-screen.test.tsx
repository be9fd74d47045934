// @vitest-environment jsdom
// Settings: each takes effect at once, and a slip in an address is caught before it is saved.
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { brokenEngine, populated } from '../../app/stand-in-worlds';

it('changes the language of everything, the document included', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  await user.click(await screen.findByRole('radio', { name: '简体中文' }));
  await screen.findByRole('heading', { level: 1, name: '设置' });
  expect(document.documentElement.lang).toBe('zh-CN');
  expect(document.title).toBe('设置 – Boathouse');
  expect(standIn.calls).toContainEqual({ call: 'settings.set', input: { language: 'zh-CN' } });
});

it('changes the theme, from here and from the header', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  const scheme = () => document.documentElement.getAttribute('data-mantine-color-scheme');
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await waitFor(() => expect(scheme()).toBe('dark'));
  await user.click(screen.getByRole('button', { name: 'Switch to light' }));
  await waitFor(() => expect(scheme()).toBe('light'));
});

it('saves an address that can be one, and only such a one', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  const field = await screen.findByRole('textbox', { name: 'Address' });
  await user.type(field, '/var/run/docker.sock{Enter}');
  screen.getByText(/Begin with unix:\/\//);
  expect(standIn.calls.filter(({ call }) => call === 'settings.set')).toEqual([]);
  await user.clear(field);
  await user.type(field, 'ssh://ana@build.example{Enter}');
  const input = { engineHost: 'ssh://ana@build.example' };
  await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'settings.set', input }));
});

it('shows a refused change and stays as it was', async () => {
  const standIn = createStandIn(populated());
  standIn.fail('settings.set', { code: 'internal', message: 'The disk is gone', hints: [] });
  const user = renderApp(standIn, '#/settings');
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await screen.findByText('Boathouse made a mistake');
  expect(screen.getByRole('radio', { name: 'Dark' })).toHaveProperty('checked', false);
});

it('shows where the engine is, and what to do when it is not there', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/settings');
  await screen.findByText('unix:///var/run/docker.sock');
  screen.getByText('8 processors, 15.5 GB of memory');
  screen.getByText('0.1.0');
  standIn.setEngine(brokenEngine);
  await screen.findByText(/Nothing listens at unix:/);
});

it('saves proxies one by one, and refuses what is no address', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  const field = await screen.findByRole('textbox', { name: 'For https' });
  await user.type(field, 'proxy:3128');
  screen.getByText(/^Begin with http:\/\//);
  await user.clear(field);
  await user.type(field, 'http://proxy.example:3128{Enter}');
  const input = { proxies: { http: '', https: 'http://proxy.example:3128', none: '' } };
  await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'settings.set', input }));
});

it('brings things closer together, and asks before everything becomes as it was at first', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  await user.click(await screen.findByRole('radio', { name: 'Compact' }));
  await waitFor(() => expect(document.documentElement.dataset.density).toBe('compact'));
  await user.click(screen.getByRole('button', { name: 'Reset…' }));
  expect(standIn.calls).not.toContainEqual({ call: 'settings.reset', input: {} });
  await user.click(await screen.findByRole('button', { name: 'Reset all settings' }));
  await waitFor(() => expect(document.documentElement.dataset.density).toBe('comfortable'));
});

it('takes over a file of settings', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/settings');
  await screen.findByRole('button', { name: 'Import…' });
  const file = new File(['{"theme":"dark"}'], 'settings.json', { type: 'application/json' });
  await user.upload(document.querySelector('input[type=file][accept*=json]') as HTMLInputElement, file);
  await screen.findByText('The settings of settings.json were taken over');
  expect(standIn.world.settings.theme).toBe('dark');
});
