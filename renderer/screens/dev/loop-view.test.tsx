// @vitest-environment jsdom
// A loop on screen: its stages with times, its changes and their files, what is broken until it is mended, and what steers it.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { brokenLoop, orphanedLoop, sampleLoop, workingLoop } from '../../app/stand-in-loops';
import { populated } from '../../app/stand-in-worlds';

const hash = `#/dev/${encodeURIComponent('/home/ana/shop')}`;
const open = async (loop = sampleLoop()) => {
  const standIn = createStandIn(populated({ loops: [loop] }));
  const user = renderApp(standIn, hash);
  const region = within(await screen.findByRole('region', { name: 'Dev loop in kind-shop' }));
  return { standIn, user, region };
};

it('draws the change on its way, and what it waits for', async () => {
  const { region } = await open(workingLoop());
  const way = within(region.getByRole('list', { name: 'From a save to what runs' }));
  const texts = way.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(texts.slice(0, 4)).toEqual(['#43web/src/server.js', 'Build1.1 s', 'Deliver0.3 s', 'Apply0.1 s']);
  expect(way.getByRole('img', { name: 'running' })).toBeDefined();
  region.getByText('web-7d9f: the container has not started yet');
});

it('lists changes with what each stage took, and opens one with its files', async () => {
  const { region, user } = await open();
  const row = (name: RegExp) => within(region.getByRole('row', { name }));
  const figures = row(/#41/)
    .getAllByRole('cell')
    .map(({ textContent }) => textContent);
  expect(figures.slice(2)).toEqual(['0.3 s', '0.2 s', '0.1 s', '0.9 s', '1.6 s']);
  row(/#42/).getByText('Synced without a build');
  row(/#40/).getByText('nothing to do');
  await user.click(region.getByRole('button', { name: /#37/ }));
  const files = within(region.getByRole('region', { name: 'Files that changed' }));
  expect(files.getAllByRole('listitem')).toHaveLength(20);
  files.getByText('and 112 more files');
  await user.click(region.getByRole('button', { name: /#38/ }));
  region.getByText('api/Dockerfile:7');
});

it('keeps what is broken on screen, at its place, until it is mended', async () => {
  const { region, standIn } = await open(brokenLoop());
  region.getByText('broken: a save that mends it is awaited');
  region.getByText('api/Dockerfile:7');
  within(region.getByRole('alert')).getByText('npm ci ended with exit code 1');
  standIn.putLoop(sampleLoop());
  await waitFor(() => expect(region.queryByRole('alert')).toBeNull());
});

it('opens what the project declares, and says why a port is not there', async () => {
  const { region, user, standIn } = await open();
  expect(region.getByRole('link', { name: 'Open web' }).getAttribute('href')).toBe('http://127.0.0.1:8080');
  standIn.putLoop(brokenLoop());
  await waitFor(() => expect(region.queryByRole('link', { name: 'Open web' })).toBeNull());
  await user.click(region.getByRole('tab', { name: /Forwards/ }));
  region.getByText('port 8080 is taken by another program');
});

it('is paused, goes on, builds anew, and is stopped with what it made or without', async () => {
  const { region, user, standIn } = await open();
  await user.click(region.getByRole('button', { name: 'Pause' }));
  await user.click(await region.findByRole('button', { name: 'Go on' }));
  await user.click(await region.findByRole('button', { name: 'Rebuild' }));
  await user.click(region.getByRole('button', { name: 'Stop' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete what it deployed (5 objects)' }));
  await waitFor(() => expect(region.queryByRole('button', { name: 'Stop' })).toBeNull());
  const loops = standIn.calls.filter(({ call }) => call.startsWith('loops.'));
  expect(loops.map(({ call, input }) => [call, input])).toEqual([
    ['loops.pause', { id: 'loop-shop' }],
    ['loops.resume', { id: 'loop-shop' }],
    ['loops.rebuild', { id: 'loop-shop' }],
    ['loops.stop', { id: 'loop-shop', keep: false }],
  ]);
});

it('offers to go on with what a killed core left, or to clean up', async () => {
  const { region } = await open(orphanedLoop());
  region.getByText(/5 objects that it deployed are still in the cluster/);
  region.getByRole('button', { name: 'Go on' });
  region.getByRole('button', { name: 'Stop' });
  expect(region.getAllByRole('row')).toHaveLength(6);
});

it('starts in a context that is not on this computer only when its name is written', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, hash);
  const start = within(await screen.findByRole('region', { name: 'Start a dev loop' }));
  await user.click(start.getByRole('combobox', { name: 'Context' }));
  await user.click(await screen.findByRole('option', { name: 'prod-eu' }));
  await user.click(start.getByRole('button', { name: 'Start the loop' }));
  const dialog = within(await screen.findByRole('dialog'));
  const allow = dialog.getByRole('button', { name: 'Allow and start' });
  expect(allow).toHaveProperty('disabled', true);
  await user.type(dialog.getByRole('textbox'), 'prod-eu');
  await user.click(allow);
  await screen.findByRole('region', { name: 'Dev loop in prod-eu' });
  const starts = standIn.calls.filter(({ call }) => call === 'loops.start');
  expect(starts.map(({ input }) => (input as { allowContext: boolean }).allowContext)).toEqual([false, true]);
});

it('names the project whose loop has what this one wants', async () => {
  const other = sampleLoop({ id: 'loop-blog', dir: '/home/ana/blog', name: 'blog', namespace: 'web' });
  const taken = new AppError('busy', 'Deployment web belongs to another dev loop', { params: { operation: other.id } });
  const loop = sampleLoop({ problems: [{ key: 'apply ', stage: 'apply', error: taken.toData(), since: Date.now() }] });
  renderApp(createStandIn(populated({ loops: [loop, other] })), hash);
  const owner = await screen.findByRole('link', { name: 'blog' });
  expect(owner.parentElement?.textContent).toBe(
    'It belongs to the loop in kind-shop, namespace web, of the project blog',
  );
});

it('tells in the list of projects how their loops stand', async () => {
  renderApp(createStandIn(populated({ loops: [brokenLoop()] })), '#/dev');
  const list = within(await screen.findByRole('list', { name: 'Projects' }));
  list.getByText('broken: a save that mends it is awaited');
  list.getByText('#43 api/package.json · failed');
});

it('takes one that has ended off the screen', async () => {
  const { user, standIn } = await open(sampleLoop({ state: 'ended' }));
  await user.click(screen.getByRole('button', { name: 'Take off the screen' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Dev loop in kind-shop' })).toBeNull());
  expect(standIn.calls).toContainEqual({ call: 'loops.dismiss', input: { id: 'loop-shop' } });
});
