// @vitest-environment jsdom
// The ports of a cluster: opened by typing, moved, closed; told who has one that is taken.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../../app/accessibility-for-test';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { populated } from '../../../app/stand-in-worlds';

const address = '#/clusters/shop/ports';
const changesOf = (standIn: ReturnType<typeof createStandIn>) =>
  standIn.calls.flatMap(({ call, input }) =>
    call === 'clusters.change' ? (input as { changes: unknown[] }).changes : [],
  );
const to = { service: 'orders', namespace: 'shop', port: 8080 };

it('says what reaches what, and who else does', async () => {
  renderApp(createStandIn(populated()), address);
  const table = within(await screen.findByRole('table', { name: 'Ports' }));
  within(table.getByRole('row', { name: /41234/ })).getByText('The Kubernetes API');
  const web = within(table.getByRole('row', { name: /8080/ }));
  web.getByText('Service web in default, port 80');
  expect(web.getByRole('link', { name: /in the browser$/ }).getAttribute('href')).toBe('http://127.0.0.1:8080');
  const dns = within(table.getByRole('row', { name: /5353/ }));
  dns.getByText('other computers reach it too');
  expect(dns.queryByRole('link')).toBeNull();
  expect(await accessibilityProblems()).toEqual([]);
});

it('a number is enough: the Service of that port is meant', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, address);
  await user.type(await screen.findByRole('textbox', { name: 'Open a port' }), '9090:8080{Enter}');
  const dialog = within(await screen.findByRole('dialog', { name: 'Open a port into shop' }));
  await waitFor(() =>
    expect(dialog.getByRole('combobox', { name: 'Leads to' })).toHaveProperty('value', 'shop/orders:8080'),
  );
  await dialog.findByText('boathouse ports open shop 9090 --service orders:8080 --namespace shop');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Open the port' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(changesOf(standIn)).toEqual([
    { kind: 'open-port', port: { hostAddress: '127.0.0.1', hostPort: 9090, protocol: 'TCP', to } },
  ]);
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Open a port' }));
});

it('what cannot be read is told at the field; nothing is asked', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, address);
  await user.type(await screen.findByRole('textbox', { name: 'Open a port' }), 'web{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  dialog.getByText('A port is a number from 0 to 65535.');
  expect(dialog.getByRole('button', { name: 'Open the port' })).toHaveProperty('disabled', true);
  expect(standIn.calls.map(({ call }) => call)).not.toContain('clusters.planChange');
});

it.each([
  [{ port: 80, container: 'nginx' }, 'The container nginx has port 80. Stop it, or take another port.'],
  [
    { port: 80, container: 'lab-port-80', cluster: 'lab' },
    'The cluster lab has port 80. Close it there, or take another port.',
  ],
])('who has a taken port is told at the field: %j', async (params, words) => {
  const standIn = createStandIn(populated());
  standIn.fail('clusters.planChange', { code: 'port-taken', message: 'taken', params, hints: [] });
  const user = renderApp(standIn, address);
  await user.type(await screen.findByRole('textbox', { name: 'Open a port' }), '80 -> web:80{Enter}');
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(words);
  expect(dialog.queryByRole('alert')).toBeNull();
});

it('a port is moved in one change, and closed after asking', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, address);
  await user.click(await screen.findByRole('button', { name: 'Move 127.0.0.1:8080/tcp' }));
  const moving = within(await screen.findByRole('dialog', { name: 'Move 127.0.0.1:8080/tcp' }));
  const field = moving.getByRole('textbox', { name: 'Port of this computer' });
  expect(field).toHaveProperty('value', '8080 -> web:80');
  expect(moving.getByRole('button', { name: 'Move the port' })).toHaveProperty('disabled', true);
  await user.clear(field);
  await user.type(field, '8081 -> web:80');
  await moving.findByText(/boathouse ports close shop 8080/);
  await user.click(moving.getByRole('button', { name: 'Move the port' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Close 0.0.0.0:5353/udp' }));
  const closing = within(await screen.findByRole('dialog', { name: 'Close 0.0.0.0:5353/udp?' }));
  closing.getByText(/until now: Port 53 of any node/);
  await user.click(await closing.findByRole('button', { name: 'Close the port' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const key = { hostAddress: '127.0.0.1', hostPort: 8080, protocol: 'TCP' };
  expect(changesOf(standIn)).toEqual([
    { kind: 'close-port', port: key },
    { kind: 'open-port', port: { ...key, hostPort: 8081, to: { service: 'web', namespace: 'default', port: 80 } } },
    { kind: 'close-port', port: { hostAddress: '0.0.0.0', hostPort: 5353, protocol: 'UDP' } },
  ]);
});
