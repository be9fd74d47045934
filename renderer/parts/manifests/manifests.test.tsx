// @vitest-environment jsdom
// A manifest that is run and YAML that is edited: the difference comes first, fields of others and mistakes stand in the way.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

const file = (text: string) => Object.assign(new File([text], 'web.yaml'), { text: async () => text });

async function drop(text: string, hash = '#/clusters/shop/inside') {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, hash);
  await screen.findByText('120 of 120');
  fireEvent.drop(screen.getByRole('grid'), { dataTransfer: { files: [file(text)], getData: () => '' } });
  const dialog = within(await screen.findByRole('dialog'));
  const applied = () => standIn.calls.filter(({ call }) => call === 'manifests.apply').map(({ input }) => input);
  return { user, dialog, applied };
}

it('a dropped manifest says what each object would become, and is applied when wanted; axe finds nothing', async () => {
  const { user, dialog, applied } = await drop('kind: Deployment\n');
  const objects = within(await dialog.findByRole('list', { name: 'What would become of each object' }));
  objects.getByText('New');
  objects.getByText('Deployment shop/web', { selector: '.mono' });
  expect(await accessibilityProblems()).toEqual([]);
  expect(applied()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Apply 2 changes' }));
  await waitFor(() => expect(applied()).toEqual([{ context: 'kind-shop', text: 'kind: Deployment\n', force: false }]));
});

it('fields of others have to be taken over, mistakes mended, clusters elsewhere named', async () => {
  const { user, dialog, applied } = await drop('owned\n', '#/kubeconfig/prod-eu');
  await dialog.findByText('helm has set this otherwise: spec.replicas');
  const apply = () => dialog.getByRole('button', { name: /^Apply/ });
  expect(apply().hasAttribute('disabled')).toBe(true);
  await user.click(dialog.getByRole('checkbox', { name: 'Take these fields over' }));
  await waitFor(() => expect(dialog.queryByText(/helm has set/)).toBeNull());
  expect(apply().hasAttribute('disabled')).toBe(true);
  await user.type(dialog.getByRole('textbox', { name: /not on this computer/ }), 'prod-eu');
  await user.click(apply());
  await waitFor(() => expect(applied()).toMatchObject([{ force: true, confirmed: 'prod-eu' }]));
});

it('a mistake is told with its line, and nothing can be applied', async () => {
  const { dialog } = await drop('{{\n');
  await dialog.findByText('Nested mappings are not allowed');
  expect(dialog.getByRole('button', { name: /^Apply/ }).hasAttribute('disabled')).toBe(true);
});

it('what a pod uses stands in the list and in its panel', async () => {
  const user = renderApp(createStandIn(populated()), '#/clusters/shop/inside');
  await screen.findByText('120 of 120');
  await screen.findByRole('columnheader', { name: 'CPU' });
  await user.click(await screen.findByText('api-9'));
  const used = within(await screen.findByRole('region', { name: 'What it uses' }));
  used.getByText(/^Memory \d+ MB$/);
});
