// @vitest-environment jsdom
// The doctor: what is wrong stands open, what is well is folded, Fix mends and looks again.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Check } from '../../../shared/model/diagnostics';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { sampleChecks } from '../../app/stand-in-checks';
import { populated } from '../../app/stand-in-worlds';

const cutOff = 'The creation of left-behind was cut off';

it('opens what is wrong and folds what is well', async () => {
  const user = renderApp(createStandIn(populated()), '#/doctor');
  await screen.findByText('1 problem, 1 warning');
  const computer = within(screen.getByRole('region', { name: 'This computer' }));
  computer.getByRole('article', { name: 'Few file watches (inotify)' });
  expect(computer.queryByText('Memory of the engine')).toBeNull();
  await user.click(computer.getByRole('button', { name: /1 check/ }));
  computer.getByText('Memory of the engine');
  screen.getByRole('link', { name: /Doctor.*1 problem/ });
});

it('mends what can be mended after saying what it will run, says what it did, and looks again', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/doctor');
  const article = within(await screen.findByRole('article', { name: cutOff }));
  article.getByText('boathouse cleanup left-behind');
  standIn.world.checks = sampleChecks.filter((check) => check.verdict !== 'problem');
  await user.click(article.getByRole('button', { name: `Fix: ${cutOff}` }));
  expect(standIn.calls).toContainEqual({ call: 'diagnostics.fix', input: { id: 'interrupted:left-behind' } });
  await screen.findByText('Done: interrupted:left-behind');
  await screen.findByText('1 warning');
});

it('folds what is muted away, counts it no longer, and tells of it again when asked', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/doctor');
  await user.click(await screen.findByRole('button', { name: `Mute: ${cutOff}` }));
  expect(standIn.calls).toContainEqual({
    call: 'diagnostics.mute',
    input: { id: 'interrupted:left-behind', muted: true },
  });
  await screen.findByText('1 warning');
  expect(screen.queryByRole('article', { name: cutOff })).toBeNull();
  expect(screen.queryByRole('link', { name: /Doctor.*problem/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Muted.*1 check/ }));
  await user.click(screen.getByRole('button', { name: `Unmute: ${cutOff}` }));
  await screen.findByText('1 problem, 1 warning');
});

it('says why no engine answers, and what to do', async () => {
  const silent: Check = {
    id: 'engine',
    code: 'engine-silent',
    group: 'engine',
    verdict: 'problem',
    title: 'No Docker Engine answers',
    evidence: 'Nothing listens',
    why: 'Clusters are containers.',
    error: { code: 'engine-unreachable', message: 'Nothing listens', hints: [{ text: 'Start Docker.' }] },
  };
  renderApp(createStandIn(populated({ checks: [silent] })), '#/doctor');
  const article = within(await screen.findByRole('article', { name: 'No Docker Engine answers' }));
  article.getByText('Nothing listens');
  article.getByText('Start Docker.');
});

it('is Chinese from title to fix', async () => {
  renderApp(createStandIn(populated()), '#/doctor', 'zh-CN');
  const article = await screen.findByRole('article', { name: 'left-behind 创建到一半就中断了' });
  const words = article.textContent
    ?.replace('boathouse cleanup left-behind', '')
    .replace(/left-behind|Boathouse|kubeconfig/g, '');
  expect(words).not.toMatch(/[a-z]{3}/);
});

it('says when all is well', async () => {
  renderApp(createStandIn(populated({ checks: sampleChecks.filter((check) => check.verdict === 'ok') })), '#/doctor');
  await screen.findByText('3 checks, all is well.');
});

it('shows shapes while it looks', async () => {
  renderApp(createStandIn(populated(), { silent: true }), '#/doctor');
  await screen.findByRole('status', { name: 'Loading' });
});

it('says why it could not look, and looks again when asked', async () => {
  const error = { code: 'internal' as const, message: 'broken', hints: [] };
  const standIn = createStandIn(populated(), { failing: { 'diagnostics.checks': error } });
  const user = renderApp(standIn, '#/doctor');
  await screen.findByText('Boathouse made a mistake');
  standIn.fail('diagnostics.checks');
  await user.click(screen.getByRole('button', { name: 'Check again' }));
  await screen.findByText('1 problem, 1 warning');
});

it('keeps the last answer while the connection is lost', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/doctor');
  await screen.findByText('1 problem, 1 warning');
  standIn.disconnect();
  await screen.findByText(/Connection to Boathouse lost/);
  screen.getByText('1 problem, 1 warning');
  const again = screen.getByRole('button', { name: 'Check again' });
  await waitFor(() => expect(again).toHaveProperty('disabled', true));
});
