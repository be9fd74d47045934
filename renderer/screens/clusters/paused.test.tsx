// @vitest-environment jsdom
// Paused clusters: what the list and the page say of them, and going on.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../shared/model/cluster';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated, sampleCluster } from '../../app/stand-in-worlds';

const paused = (more: Partial<Cluster> = {}) => sampleCluster('nap', 'paused', 1, more);
/** With an entrance of ours, which can tell those who ask. */
const withEntrance = (more: Partial<Cluster> = {}) => {
  const [first] = paused().nodes;
  if (!first) throw new Error('no node');
  const entrance = { ...first, name: 'nap-external-load-balancer', role: 'external-load-balancer' as const };
  return paused({ entrance, ...more });
};
const home = (cluster: Cluster) => createStandIn(populated({ clusters: [cluster] }));
const row = async () => within(await screen.findByRole('listitem', { name: 'nap' }));

describe('in the list', () => {
  it.each<[string, Cluster, RegExp]>([
    ['one without an entrance', paused(), /Paused with its memory kept. kubectl is refused until/],
    ['one whose entrance tells', withEntrance(), /kubectl and browsers are told so/],
    ['one that a request resumes', withEntrance({ wakes: true }), /The first request resumes it/],
    ['one of kind', paused({ madeBy: 'kind' }), /kubectl gets no answer until it is resumed/],
  ])('%s says what those hear who ask it', async (_which, cluster, words) => {
    renderApp(home(cluster));
    (await row()).getByText('Paused');
    (await row()).getByText(words);
    expect(await accessibilityProblems()).toEqual([]);
  });

  it('is resumed with one click', async () => {
    const standIn = home(paused());
    const user = renderApp(standIn);
    await user.click((await row()).getByRole('button', { name: 'Resume nap' }));
    await waitFor(() => expect(standIn.calls).toEqual([{ call: 'clusters.resume', input: { name: 'nap' } }]));
  });

  it('can be told to go on by itself, or to stay paused', async () => {
    const standIn = home(withEntrance());
    const user = renderApp(standIn);
    await user.click((await row()).getByRole('button', { name: 'More for nap' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Resume at the first request' }));
    await waitFor(() =>
      expect(standIn.calls).toEqual([{ call: 'clusters.pause', input: { name: 'nap', wake: true } }]),
    );
    standIn.putCluster(withEntrance({ wakes: true }));
    await (await row()).findByText(/The first request resumes it/);
    await user.click((await row()).getByRole('button', { name: 'More for nap' }));
    await screen.findByRole('menuitem', { name: 'Stay paused at requests' });
  });
});

it('its page offers to resume it, and says the commands', async () => {
  const standIn = home(paused());
  const user = renderApp(standIn, '#/clusters/nap');
  await screen.findByText('boathouse resume nap');
  screen.getByText('boathouse stop nap');
  expect(screen.queryByRole('heading', { name: 'What is wrong' })).toBeNull();
  expect(await accessibilityProblems()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Resume' }));
  await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'clusters.resume', input: { name: 'nap' } }));
});
