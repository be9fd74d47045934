// @vitest-environment jsdom
// A cluster's dashboard from its page: opened by one click where it is set up, else set up after saying what and as whom.
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ErrorData } from '../../../shared/model/errors';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { sampleDashboard } from '../../app/stand-in-dashboard';
import { populated } from '../../app/stand-in-worlds';

const opened = vi.fn<(...given: unknown[]) => unknown>();
beforeEach(() => {
  opened.mockReset().mockReturnValue({});
  vi.stubGlobal('open', opened);
});
afterEach(() => vi.unstubAllGlobals());

const missing: ErrorData = { code: 'not-found', message: 'There is no dashboard in kind-shop', hints: [] };
const withDashboard = () => ({ ...populated(), dashboards: { 'kind-shop': sampleDashboard('kind-shop') } });

it('opens in a tab of its own by one click', async () => {
  const standIn = createStandIn(withDashboard());
  const user = renderApp(standIn, '#/clusters/shop');
  await user.click(await screen.findByRole('button', { name: 'Dashboard' }));
  await waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
  expect(opened.mock.calls[0]?.[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\.boathouse\/open#token=/);
  expect(standIn.calls).toEqual([{ call: 'dashboard.open', input: { context: 'kind-shop' } }]);
});

it('offers the tab again where the browser has blocked it', async () => {
  opened.mockReturnValueOnce(null);
  const user = renderApp(createStandIn(withDashboard()), '#/clusters/shop');
  await user.click(await screen.findByRole('button', { name: 'Dashboard' }));
  await screen.findByText('The browser has blocked the new tab.');
  await user.click(screen.getByRole('button', { name: 'Open' }));
  await waitFor(() => expect(opened).toHaveBeenCalledTimes(2));
});

it('where there is none, says which and as whom before it sets one up; read-only unless told otherwise', async () => {
  const standIn = createStandIn(populated(), { failing: { 'dashboard.open': missing } });
  const user = renderApp(standIn, '#/clusters/shop');
  await user.click(await screen.findByRole('button', { name: 'Dashboard' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('May do everything in the whole cluster, Secrets included.');
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'What will be made' }));
  await dialog.findByText(/kind: Namespace/);
  dialog.getByText('boathouse dashboard kind-shop --read-only');
  await user.click(dialog.getByRole('radio', { name: /Administrator/ }));
  await user.click(dialog.getByRole('radio', { name: /Kubernetes Dashboard/ }));
  await user.click(dialog.getByRole('button', { name: 'Set up' }));
  expect(standIn.calls.at(-1)).toEqual({
    call: 'dashboard.setUp',
    input: { context: 'kind-shop', kind: 'kubernetes-dashboard', rights: 'admin' },
  });
});

it('asks twice before it changes a cluster that is not on this computer', async () => {
  const standIn = createStandIn(populated(), { failing: { 'dashboard.open': missing } });
  const user = renderApp(standIn, '#/kubeconfig');
  await user.click(await screen.findByRole('button', { name: 'prod-eu' }));
  await user.click(await screen.findByRole('button', { name: 'Dashboard' }));
  const dialog = within(await screen.findByRole('dialog'));
  const setUp = await dialog.findByRole('button', { name: 'Set up' });
  expect(setUp.hasAttribute('disabled')).toBe(true);
  await user.click(dialog.getByRole('checkbox', { name: /prod-eu/ }));
  expect(setUp.hasAttribute('disabled')).toBe(false);
});

it('gives the token to those who want it and keeps it nowhere; removes all of it after saying so', async () => {
  const standIn = createStandIn(withDashboard());
  const user = renderApp(standIn, '#/clusters/shop');
  const copied = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(await screen.findByRole('button', { name: 'Dashboard of kind-shop: settings' }));
  const dialog = within(await screen.findByRole('dialog'));
  const reader = within(await dialog.findByRole('region', { name: 'Read-only' }));
  await user.click(reader.getByRole('button', { name: 'Copy token' }));
  await screen.findByText(/It is valid until/);
  expect(copied).toHaveBeenCalledWith('eyJ.sample.token');
  expect(document.body.innerHTML).not.toContain('eyJ.sample');
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('eyJ.sample');
  await user.click(
    within(dialog.getByRole('region', { name: 'Administrator' })).getByRole('button', { name: 'Allow' }),
  );
  expect(standIn.calls.at(-1)?.input).toEqual({ context: 'kind-shop', rights: 'admin' });
  await user.click(dialog.getByRole('button', { name: 'Remove…' }));
  await dialog.findByText(/every token/);
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Remove it all' }));
  expect(standIn.calls.at(-1)).toEqual({ call: 'dashboard.remove', input: { context: 'kind-shop' } });
});

it('says so where the cluster cannot be reached', async () => {
  const error = {
    code: 'kubernetes-refused',
    message: 'Kubernetes did not answer',
    params: { path: '/', reason: 'x' },
    hints: [],
  };
  const dashboards = {
    'kind-shop': sampleDashboard('kind-shop', { dashboards: [], rights: [], error: error as never }),
  };
  const user = renderApp(createStandIn({ ...populated(), dashboards }), '#/clusters/shop');
  await user.click(await screen.findByRole('button', { name: 'Dashboard of kind-shop: settings' }));
  await within(await screen.findByRole('dialog')).findByRole('alert');
});
