// @vitest-environment jsdom
// A loop that breaks is told by the system where the window is away, in the corner elsewhere, and not to those who look at it.
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderApp } from './render-app';
import { createStandIn } from './stand-in';
import { brokenLoop, sampleLoop } from './stand-in-loops';
import { populated } from './stand-in-worlds';

const shown: { title: string; body: string | undefined }[] = [];

class SystemNotice {
  static permission = 'granted';
  onclick = () => {};
  constructor(title: string, { body }: NotificationOptions) {
    shown.push({ title, body });
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  shown.length = 0;
});

async function breaks(hash: string, focused: boolean) {
  vi.stubGlobal('Notification', SystemNotice);
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
  const standIn = createStandIn(populated({ loops: [sampleLoop()] }));
  renderApp(standIn, hash);
  await screen.findByRole('heading', { level: 1 });
  standIn.putLoop(brokenLoop());
  return standIn;
}

it('by the system, when it breaks and when it heals', async () => {
  const standIn = await breaks('#/', false);
  await waitFor(() =>
    expect(shown).toEqual([{ title: 'shop: the dev loop broke', body: 'npm ci ended with exit code 1' }]),
  );
  standIn.putLoop(sampleLoop());
  await waitFor(() => expect(shown[1]?.title).toBe('shop: the dev loop is well again'));
});

it('in the corner of another screen', async () => {
  await breaks('#/', true);
  await screen.findByText('shop: the dev loop broke');
  expect(shown).toEqual([]);
});

it('not where it is looked at', async () => {
  await breaks(`#/dev/${encodeURIComponent('/home/ana/shop')}`, true);
  await screen.findByRole('alert');
  expect(screen.queryByText('shop: the dev loop broke')).toBeNull();
});
