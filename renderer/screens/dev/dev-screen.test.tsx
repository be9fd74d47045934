// @vitest-environment jsdom
// The dev loop's projects: remembered, added by folder, read, proposed and saved; what is not supported is said with its place.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { newcomer, populated } from '../../app/stand-in-worlds';
import { shortPath } from './short-path';

it('lists the projects, the latest first, and takes one off the list', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/dev');
  const list = within(await screen.findByRole('list', { name: 'Projects' }));
  expect(list.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['shop', 'blog']);
  await user.click(list.getByRole('button', { name: 'Take blog off the list' }));
  await waitFor(() => expect(list.queryByText('blog')).toBeNull());
  expect(standIn.calls).toContainEqual({ call: 'devloop.forget', input: { dir: '/home/ana/blog' } });
});

it('shows what a project builds, deploys and forwards, and what is not supported', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, `#/dev/${encodeURIComponent('/home/ana/shop')}`);
  await screen.findByRole('cell', { name: 'web/Dockerfile' });
  screen.getByText('k8s/*.yaml');
  screen.getByText('127.0.0.1:8080 → service/web:80');
  const unsupported = within(screen.getByRole('region', { name: 'Not as in skaffold' }));
  expect(unsupported.getAllByRole('heading').map(({ textContent }) => textContent)).toEqual([
    'Not as in skaffold',
    'Left out',
    'No part of a dev loop',
  ]);
  unsupported.getByText('skaffold.yaml:14:5');
  await user.click(screen.getByRole('checkbox', { name: 'fast, activated by command' }));
  await screen.findByText('boathouse dev /home/ana/shop -p -fast');
  const remembered = standIn.calls.filter(({ call }) => call === 'devloop.remember');
  expect(remembered.at(-1)?.input).toEqual({ dir: '/home/ana/shop', name: 'shop', profiles: ['-fast'] });
});

it('says why a file cannot be used, at its line', async () => {
  renderApp(createStandIn(populated()), `#/dev/${encodeURIComponent('/home/ana/blog')}`);
  const alert = within(await screen.findByRole('alert'));
  alert.getByText('skaffold.yaml:4:3');
  alert.getByText(/did you mean artifacts/);
});

it('says it in Chinese, too', async () => {
  renderApp(createStandIn(populated()), `#/dev/${encodeURIComponent('/home/ana/blog')}`, 'zh-CN');
  const alert = within(await screen.findByRole('alert'));
  alert.getByText('这里没有 build.artefacts 这个字段，是否想写 artifacts？');
});

it('begins with a sample in a folder of the user', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/dev');
  await user.click(await screen.findByRole('button', { name: 'Start with a sample…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(await dialog.findByRole('radio', { name: 'A static page' }));
  await user.type(dialog.getByRole('combobox', { name: 'Folder for the copy' }), '/home/ana/page');
  await user.click(dialog.getByRole('button', { name: 'Copy and open it' }));
  await screen.findByRole('heading', { level: 1, name: 'page' });
  expect(standIn.calls).toContainEqual({
    call: 'devloop.startSample',
    input: { name: 'static-page', dir: '/home/ana/page' },
  });
});

it('completes a folder as it is written', async () => {
  const user = renderApp(createStandIn(populated()), '#/dev');
  await user.type(await screen.findByRole('combobox', { name: 'Folder' }), '/home/ana/s');
  await user.click(await screen.findByRole('option', { name: /\/home\/ana\/shop/ }));
  await user.click(screen.getByRole('button', { name: 'Add the folder' }));
  await screen.findByRole('cell', { name: 'web/Dockerfile' });
});

it('proposes a file for a folder without one, and saves it', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/dev');
  await screen.findByRole('heading', { name: 'No project yet' });
  const field = screen.getByRole('combobox', { name: 'Folder' });
  await user.type(field, 'notes{Enter}');
  await screen.findByText('Write the whole path, such as /home/ana/shop');
  await user.clear(field);
  await user.type(field, '/home/ana/notes/{Enter}');
  await screen.findByText(/- image: notes/);
  screen.getByText('Fetched, not built here: redis');
  await user.click(screen.getByRole('button', { name: 'Save as skaffold.yaml' }));
  expect(standIn.calls).toContainEqual(
    expect.objectContaining({ call: 'devloop.save', input: expect.objectContaining({ dir: '/home/ana/notes' }) }),
  );
  await screen.findByRole('cell', { name: 'web' });
});

it('says that a folder is not there', async () => {
  renderApp(createStandIn(populated()), `#/dev/${encodeURIComponent('/gone')}`);
  within(await screen.findByRole('alert')).getByText(/\/gone/);
});

it.each([
  ['/a/b', '/a/b/c/d', 'c/d'],
  ['/a/b', '/a/b', '.'],
  ['/a/b', '/a/bc', '/a/bc'],
  ['/a/b', '!/a/b/x', '!x'],
  ['C:\\a', 'C:\\a\\b\\c', 'b/c'],
])('in %s, %s is %s', (dir, path, short) => {
  expect(shortPath(dir, path)).toBe(short);
});
