// @vitest-environment jsdom
// Parts that come later: placeholders meanwhile, a fault instead of an empty window, and another try.
import { MantineProvider } from '@mantine/core';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { expect, test, vi } from 'vitest';
import { createTexts } from '../app/language';
import { later, laterInside, laterUnseen } from './later';

const inside = (part: React.ReactNode) => (
  <I18nextProvider i18n={createTexts('en')}>
    <MantineProvider env="test">{part}</MantineProvider>
  </I18nextProvider>
);

/** Fails so often before it comes. */
function failing(times: number) {
  return vi.fn(async () => {
    times -= 1;
    if (times >= 0) throw new Error('Failed to fetch dynamically imported module');
    return () => <p>there</p>;
  });
}

test('it shows that it comes, then itself; the second time at once', async () => {
  const Part = later(async () => ({ word }: { word: string }) => <p>{word}</p>);
  const { unmount } = render(inside(<Part word="ahoy" />));
  expect(screen.getByRole('status', { name: 'Loading' })).toBeDefined();
  await screen.findByText('ahoy');
  unmount();
  render(inside(<Part word="again" />));
  screen.getByText('again');
});

test('one that was broken off is fetched once more by itself', async () => {
  const load = failing(1);
  const Part = later(load);
  render(inside(<Part />));
  await screen.findByText('there');
  expect(load).toHaveBeenCalledTimes(2);
});

test.each([
  ['a screen', later],
  ['a part of a screen', laterInside],
] as const)('%s that does not come says so where it would be, and comes when asked for again', async (what, ofKind) => {
  const Part = ofKind(failing(4));
  render(inside(<Part />));
  expect((await screen.findByRole('alert')).textContent).toContain('Failed to fetch dynamically imported module');
  expect(screen.queryAllByRole('heading', { level: 1 })).toHaveLength(what === 'a screen' ? 1 : 0);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  // It fails again, twice; the next try is good.
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByText('there');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what is nowhere to be seen is tried for until it comes', async () => {
  const Part = laterUnseen(failing(2));
  const { container } = render(inside(<Part />));
  await waitFor(() => screen.getByText('there'));
  expect(container.querySelector('[role=alert]')).toBeNull();
});
