// @vitest-environment jsdom
// The kubeconfig: one look says which context counts; switching, changing, importing and taking back, each shown first.
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { sampleContext, sampleView } from '../../app/stand-in-kubeconfig';
import { newcomer, populated } from '../../app/stand-in-worlds';

const row = async (name: string) => {
  const button = await screen.findByRole('button', { name });
  return within(button.closest('tr') as HTMLElement);
};

it('shows every context with its state, whose cluster it is and which one is current; axe finds nothing', async () => {
  renderApp(createStandIn(populated()), '#/kubeconfig');
  (await row('kind-shop')).getByText('Current');
  (await row('kind-shop')).getByText('Running');
  (await row('prod-eu')).getByText('Elsewhere');
  (await row('staging')).getByText('Problem');
  await screen.findByText('Added kind-shop');
  expect(await accessibilityProblems()).toEqual([]);
});

it('switches by one click, and by Enter, and offers to take it back', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  await user.click(await screen.findByRole('button', { name: 'Use kind-workshop-07' }));
  (await screen.findByRole('button', { name: 'prod-eu' })).focus();
  await user.keyboard('{Enter}');
  const [undo] = await screen.findAllByRole('button', { name: 'Undo' });
  if (undo) await user.click(undo);
  expect(standIn.calls).toEqual([
    { call: 'kubeconfig.change', input: { kind: 'use', context: 'kind-workshop-07' } },
    { call: 'kubeconfig.change', input: { kind: 'use', context: 'prod-eu' } },
    { call: 'kubeconfig.change', input: { kind: 'undo', id: 'change-9' } },
  ]);
});

it('filters as one types', async () => {
  const user = renderApp(createStandIn(populated()), '#/kubeconfig');
  await user.type(await screen.findByRole('textbox', { name: 'Filter contexts' }), 'prod.example');
  await row('prod-eu');
  expect(screen.queryByRole('button', { name: 'kind-shop' })).toBeNull();
});

it('shows what would change before it is removed, and asks twice about what is not on this computer', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  await user.click(await screen.findByRole('button', { name: 'prod-eu' }));
  const panel = within(screen.getByRole('region', { name: 'prod-eu' }));
  await user.click(panel.getByRole('radio', { name: 'Remove' }));
  await panel.findByText(/current-context: prod-eu/);
  const remove = panel.getByRole('button', { name: 'Remove prod-eu' });
  expect(remove.hasAttribute('disabled')).toBe(true);
  await user.click(panel.getByRole('checkbox', { name: /not on this computer/ }));
  await user.click(remove);
  expect(standIn.calls).toEqual([{ call: 'kubeconfig.change', input: { kind: 'remove', contexts: ['prod-eu'] } }]);
});

it('renames and sets a namespace, and refuses what cannot be one', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  const panel = within(await screen.findByRole('region', { name: 'kind-shop' }));
  const namespace = panel.getByRole('textbox', { name: 'Default namespace' });
  await user.clear(namespace);
  await user.type(namespace, 'Not One');
  expect(panel.getByRole('button', { name: 'Set the namespace' }).hasAttribute('disabled')).toBe(true);
  await user.clear(namespace);
  await user.type(namespace, 'web');
  await panel.findByText(/current-context: prod-eu/);
  await user.click(panel.getByRole('button', { name: 'Set the namespace' }));
  const input = { kind: 'use', context: 'kind-shop', namespace: 'web', stay: true };
  expect(standIn.calls).toEqual([{ call: 'kubeconfig.change', input }]);
});

it('asks a cluster, and explains where it does not answer', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  await user.click(await screen.findByRole('button', { name: 'Ask the cluster' }));
  await screen.findByText(/kubeadm:cluster-admins/);
  (await row('kind-shop')).getByText('Answers');
  standIn.fail('kubeconfig.probe', { code: 'not-found', message: 'It is gone', hints: [] });
  await user.click(screen.getByRole('button', { name: 'Ask the cluster' }));
  await within(screen.getByRole('region', { name: 'kind-shop' })).findByRole('alert');
});

it('takes a pasted kubeconfig in as one chooses', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  await user.click(await screen.findByRole('button', { name: 'Import…' }));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.change(dialog.getByRole('textbox', { name: 'Paste a kubeconfig' }), { target: { value: 'contexts: [x]' } });
  await user.click(await dialog.findByRole('combobox', { name: /prod-eu/ }));
  await user.click(await screen.findByRole('option', { name: 'Replace mine' }));
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Import' }));
  const input = { kind: 'import', text: 'contexts: [x]', choices: { 'prod-eu': 'replace' } };
  expect(standIn.calls).toContainEqual({ call: 'kubeconfig.change', input });
});

it('shows what was changed and takes it back', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/kubeconfig');
  const history = within(await screen.findByRole('region', { name: 'History' }));
  await user.click(await history.findByRole('button', { name: 'Show: Added kind-shop' }));
  await history.findByText(/current-context: prod-eu/);
  await user.click(history.getByRole('button', { name: 'Undo: Added kind-shop' }));
  expect(standIn.calls).toEqual([{ call: 'kubeconfig.change', input: { kind: 'undo', id: 'change-1' } }]);
});

it('offers to clear away contexts of clusters that are gone, and locks that nobody holds', async () => {
  const [first, ...others] = sampleView.files;
  const lock = '/home/ana/.kube/config.lock';
  const files = first ? [{ ...first, locked: { lock, seconds: 400 } }, ...others] : [];
  const kubeconfig = { ...sampleView, files, contexts: [...sampleView.contexts, sampleContext('kind-drowned')] };
  const standIn = createStandIn(populated({ kubeconfig }));
  const user = renderApp(standIn, '#/kubeconfig');
  (await row('kind-drowned')).getByText('Cluster not found');
  await user.click(screen.getByRole('button', { name: 'Remove the lock' }));
  await user.click(screen.getByRole('button', { name: 'Clean up…' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText(/current-context: prod-eu/);
  await user.click(dialog.getByRole('button', { name: 'Remove 1 context' }));
  expect(standIn.calls).toEqual([
    { call: 'diagnostics.fix', input: { id: `kubeconfig-lock:${lock}` } },
    { call: 'kubeconfig.change', input: { kind: 'remove', contexts: ['kind-drowned'] } },
  ]);
});

it('says that there is nothing, that it waits, and that a file cannot be used', async () => {
  renderApp(createStandIn(newcomer()), '#/kubeconfig');
  await screen.findByText(/no contexts yet in \/home\/ana\/.kube\/config/);
});

it('waits without a jump, in Chinese too', async () => {
  renderApp(createStandIn(populated(), { silent: true }), '#/kubeconfig', 'zh-CN');
  expect((await screen.findAllByRole('status', { name: '正在载入' })).length).toBeGreaterThan(0);
});

it('says why a file cannot be used, beside what can', async () => {
  const error = { code: 'kubeconfig-invalid' as const, message: 'line 3: no', hints: [] };
  const kubeconfig = { ...sampleView, files: [{ path: '/home/ana/broken', exists: true, error }] };
  renderApp(createStandIn(populated({ kubeconfig })), '#/kubeconfig');
  await within(await screen.findByRole('main')).findByRole('alert');
  await row('kind-shop');
});
