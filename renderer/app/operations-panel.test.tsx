// @vitest-environment jsdom
// What runs shows at the bottom of every screen, also after a reload, and failures stay until they are put away.
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/model/operation';
import { shownOperations } from './operations-panel';
import { renderApp } from './render-app';
import { createStandIn } from './stand-in';
import { failedAt } from './stand-in-plan';
import { populated, sampleCreate } from './stand-in-worlds';

const running = () => sampleCreate('lab', Date.now() - 8000, 8);
const failed = (subject: string, ago: number): Operation =>
  failedAt(sampleCreate(subject, Date.now() - ago, 60), 'control-plane-start', {
    code: 'control-plane-failed',
    message: 'The API server stopped',
    hints: [],
  });

const panel = () => screen.findByRole('region', { name: 'Operations' });

describe('shownOperations', () => {
  it('shows a failure only while it is the last that happened to its cluster', () => {
    const again = { ...sampleCreate('lab', Date.now() - 30_000, 60), id: 'again' };
    expect(shownOperations([failed('lab', 90_000)], new Set()).length).toBe(1);
    expect(shownOperations([failed('lab', 90_000), again], new Set())).toEqual([]);
    expect(shownOperations([failed('lab', 90_000)], new Set(['create-lab']))).toEqual([]);
  });

  it('shows what runs in the order it was asked for', () => {
    const first = { ...running(), id: 'first', queuedAt: 1 };
    const second = { ...running(), id: 'second', queuedAt: 2, state: 'queued' as const };
    expect(shownOperations([second, first], new Set()).map(({ id }) => id)).toEqual(['first', 'second']);
  });
});

it('stays out of the way while nothing runs, and tells how a run ended', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  expect(screen.queryByRole('region', { name: 'Operations' })).toBeNull();
  standIn.putOperation(running());
  const strip = within(await panel());
  strip.getByText('1 running');
  strip.getByText('Creating lab');
  await screen.findByText(/^Creating lab, \d+%$/, { selector: '[aria-live="polite"]' });
  standIn.putOperation(sampleCreate('lab', Date.now() - 30_000, 30));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Operations' })).toBeNull());
  await screen.findByText('Ready in 21 s');
});

it('opens to the timeline, and cancels', async () => {
  const standIn = createStandIn(populated({ operations: [running()] }));
  const user = renderApp(standIn, '#/settings');
  const strip = within(await panel());
  await user.click(strip.getByRole('button', { name: '1 running' }));
  await screen.findByRole('list', { name: 'Timeline of lab' });
  await user.click(strip.getByRole('button', { name: 'Cancel' }));
  expect(standIn.calls).toContainEqual({ call: 'operations.cancel', input: { id: 'create-lab' } });
});

it('keeps a failure with the way to its reason until it is put away', async () => {
  const user = renderApp(createStandIn(populated({ operations: [failed('lab', 60_000)] })), '#/settings');
  const strip = within(await panel());
  strip.getByText('Creating lab failed after 13 s');
  expect(strip.getByRole('link', { name: 'See why' }).getAttribute('href')).toBe('#/clusters/lab/history');
  await user.click(strip.getByRole('button', { name: 'Put away' }));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Operations' })).toBeNull());
});

it('leaves the showing to the screen of the cluster itself', async () => {
  renderApp(createStandIn(populated({ operations: [running()] })), '#/clusters/lab');
  await screen.findByRole('region', { name: 'Creating lab' });
  expect(screen.queryByRole('region', { name: 'Operations' })).toBeNull();
});
