// @vitest-environment jsdom
// Forwards and shells of an object: opened, explained where that is not possible, closed; a debugging container where there is no shell.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

// xterm measures letters, which jsdom has not.
vi.mock('./shell/screen', () => ({ openScreen: () => ({ say() {}, clear() {}, focus() {}, dispose() {} }) }));

async function openPanel(pod: string, view: string) {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/clusters/shop/inside');
  await user.type(await screen.findByRole('textbox', { name: 'Filter' }), pod);
  await user.click(await screen.findByText(pod));
  const panel = within(await screen.findByRole('region', { name: pod }));
  await user.click(await panel.findByRole('radio', { name: view }));
  return { standIn, user, panel };
}

it('opens a forward; one whose port is taken is opened at the free one that is proposed', async () => {
  const { standIn, user, panel } = await openPanel('checkout-102', 'Forward');
  await user.type(await panel.findByRole('textbox', { name: 'Port' }), '80');
  await user.type(panel.getByRole('textbox', { name: 'Here' }), '8080');
  await user.click(panel.getByRole('button', { name: 'Open' }));
  const alert = within(await panel.findByRole('alert'));
  await user.click(alert.getByRole('button', { name: 'Use port 41999' }));
  const link = await panel.findByRole('link', { name: /127\.0\.0\.1:41999/ });
  expect(link.getAttribute('href')).toBe('http://127.0.0.1:41999/');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(panel.getByRole('checkbox', { name: 'Open pod/checkout-102:80 next time too' }));
  await user.click(panel.getByRole('button', { name: 'Close pod/checkout-102:80' }));
  await waitFor(() => expect(panel.queryByRole('link', { name: /127/ })).toBeNull());
  expect(standIn.calls.map(({ call }) => call).filter((call) => call.startsWith('forwards'))).toEqual([
    'forwards.open',
    'forwards.open',
    'forwards.keep',
    'forwards.close',
  ]);
});

it('offers a debugging container where a container has no shell', async () => {
  const { standIn, user, panel } = await openPanel('web-0', 'Shell');
  await panel.findByRole('alert');
  expect(panel.getByRole('textbox', { name: 'Image of the debugging container' })).toBeTruthy();
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(panel.getByRole('button', { name: 'Join the pod with it' }));
  await panel.findByText(/debug-3f9a1c in web-0/);
  expect(standIn.calls.at(-1)?.input).toMatchObject({ debug: { image: 'busybox' } });
});

it('copies files into a container of a chosen name, tells how far it is, and says the same for terminals', async () => {
  const { standIn, user, panel } = await openPanel('checkout-102', 'Files');
  await user.type(await panel.findByRole('textbox', { name: 'On this computer' }), 'site');
  panel.getByText('A whole path, or one from ~/');
  await user.clear(panel.getByRole('textbox', { name: 'On this computer' }));
  await user.type(panel.getByRole('textbox', { name: 'On this computer' }), '~/site');
  await user.type(panel.getByRole('textbox', { name: 'In the container' }), '/srv');
  await user.click(panel.getByRole('combobox', { name: 'Container' }));
  await user.click(await screen.findByRole('option', { name: 'proxy' }));
  panel.getByText('boathouse cp kind-shop ~/site checkout-102:/srv -n default -c proxy');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(panel.getByRole('button', { name: 'Copy' }));
  await waitFor(() => expect(standIn.calls.map(({ call }) => call)).toContain('podFiles.copy'));
  expect(standIn.calls.find(({ call }) => call === 'podFiles.copy')?.input).toMatchObject({
    direction: 'in',
    here: '~/site',
    there: '/srv',
    container: 'proxy',
    target: { kind: 'pod', name: 'checkout-102' },
  });
});

it('shows what deleted pods said last, and saves all of it', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/clusters/shop/inside');
  await user.click(await screen.findByRole('button', { name: 'Deleted pods' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(await dialog.findByRole('button', { name: /checkout-5d8f-x2x9l/ }));
  await dialog.findByText(/draining connections/);
  dialog.getByText(/Stopping container web/);
  await user.click(dialog.getByRole('button', { name: /job-7k2mp/ }));
  await dialog.findByText('It said nothing.');
  expect(await accessibilityProblems()).toEqual([]);
});

it('files that are chosen here go into the container; a path is asked for no longer', async () => {
  const { standIn, user, panel } = await openPanel('checkout-102', 'Files');
  const files = ['a.txt', 'b.txt'].map((name) => new File(['swan'], name));
  // The button opens the computer's own dialog, which leads to a hidden field.
  const field = document.querySelector<HTMLInputElement>('input[type=file][multiple]');
  if (!field) throw new Error('no field for files');
  await user.upload(field, files);
  await panel.findByText(/^2 files, /);
  expect(panel.queryByRole('textbox', { name: 'On this computer' })).toBeNull();
  await user.type(panel.getByRole('textbox', { name: 'In the container' }), '/srv');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(panel.getByRole('button', { name: 'Copy' }));
  await waitFor(() => expect(standIn.calls.map(({ call }) => call)).toContain('podFiles.give'));
  expect(standIn.calls.find(({ call }) => call === 'podFiles.give')?.input).toMatchObject({
    there: '/srv',
    files: [{ path: 'a.txt' }, { path: 'b.txt' }],
  });
  await user.click(panel.getByRole('button', { name: 'Take none of these' }));
  await panel.findByRole('textbox', { name: 'On this computer' });
});

it('more files than can be given at once are refused with what to do instead', async () => {
  const { user, panel } = await openPanel('checkout-102', 'Files');
  const field = document.querySelector<HTMLInputElement>('input[type=file][multiple]');
  if (!field) throw new Error('no field for files');
  await user.upload(
    field,
    Array.from({ length: 201 }, (_none, index) => new File(['x'], `f${index}`)),
  );
  await panel.findByText(/^More than 200 files/);
  panel.getByRole('textbox', { name: 'On this computer' });
});
