// @vitest-environment jsdom
// The timeline explains whatever step is looked at, by pointer, by keyboard, and as a table.
import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { newcomer, sampleCreate } from '../../app/stand-in-worlds';

// The clock stands, so that what is drawn does not depend on how quick the test is.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function renderTimeline(seconds: number) {
  const standIn = createStandIn(newcomer({ operations: [sampleCreate('lab', Date.now() - seconds * 1000, seconds)] }));
  return renderApp(standIn, '#/clusters/lab');
}

const lane = async (name: string) => within(await screen.findByRole('list', { name }));

it('has a lane for each node, and a sentence for each step', async () => {
  renderTimeline(9);
  const worker = await lane('lab-worker');
  const sentences = worker.getAllByRole('button').map((bar) => bar.getAttribute('aria-label'));
  expect(sentences[0]).toBe('Create the container, Done, 1.8 s');
  expect(sentences[2]).toMatch(/^Unpack images, Running, \d\.\d s$/);
  expect(sentences[3]).toBe('Wait until the node is Ready, Waiting, expected to take 3.9 s');
  const plane = await lane('lab-control-plane');
  plane.getByRole('button', { name: /^Wait until the node is Ready, Waiting, .*, waits for Join and Pod network$/ });
});

it('explains the step that decides the end, until another one is looked at', async () => {
  const user = renderTimeline(9);
  await screen.findByText(/Starts etcd, which remembers/);
  const bar = (await lane('lab-worker')).getByRole('button', { name: /^Unpack images/ });
  await user.hover(bar);
  await screen.findByText(/Images travel as compressed layers/);
  await user.unhover(bar);
  await user.hover(screen.getByRole('heading', { level: 1 }));
  await screen.findByText(/Starts etcd, which remembers/);
});

it('is walked with the arrow keys, and let go with Escape', async () => {
  const user = renderTimeline(9);
  const bar = (await lane('lab-control-plane')).getByRole('button', { name: /^Start the control plane/ });
  expect(bar.tabIndex).toBe(0);
  bar.focus();
  await user.keyboard('{ArrowLeft}');
  await screen.findByText(/Writes the files that tell the node who it is/);
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement?.closest('ol')?.getAttribute('aria-label')).toBe('lab-worker');
  await user.keyboard('{Escape}');
  await screen.findByText(/Starts etcd, which remembers/);
});

it('offers the command behind a step', async () => {
  renderTimeline(9);
  await screen.findByText('kubeadm init phase control-plane all');
  screen.getByRole('button', { name: 'Copy: command' });
});

it('is a table for those who prefer one', async () => {
  const user = renderTimeline(9);
  await user.click(await screen.findByRole('radio', { name: 'Table' }));
  const table = within(screen.getByRole('table', { name: 'Timeline of lab' }));
  const row = within(table.getByRole('row', { name: /^Issue the certificates/ }));
  row.getByText('Engine');
  row.getByText('Done');
  row.getByText('0:02');
  row.getByText('0.6 s');
  within(table.getByRole('row', { name: /^Wait for DNS/ })).getByText('Waiting');
});
