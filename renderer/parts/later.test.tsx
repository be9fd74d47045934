// @vitest-environment jsdom
// Parts that come later: placeholders meanwhile, a fault instead of an empty window, and another try.
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { UnlessBroken } from './broken';
import { createTexts } from './language';
import { later } from './later';

afterEach(() => vi.restoreAllMocks());

const inside = (part: React.ReactNode, at = 'here') => (
  <I18nextProvider i18n={createTexts('en')}>
    <MantineProvider env="test">
      <UnlessBroken at={at}>{part}</UnlessBroken>
    </MantineProvider>
  </I18nextProvider>
);

test('it shows that it comes, then itself; the second time at once', async () => {
  const Part = later(async () => ({ word }: { word: string }) => <p>{word}</p>);
  const { unmount } = render(inside(<Part word="ahoy" />));
  expect(screen.getByRole('status', { name: 'Loading' })).toBeDefined();
  await screen.findByText('ahoy');
  unmount();
  render(inside(<Part word="again" />));
  screen.getByText('again');
});

test('one that cannot be fetched says so, and is fetched anew when asked or elsewhere', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  let fails = true;
  const Part = later(async () => {
    if (fails) throw new Error('the host is gone');
    return () => <p>there</p>;
  });
  const { rerender } = render(inside(<Part />));
  expect((await screen.findByRole('alert')).textContent).toContain('Everything else goes on');
  screen.getByText('the host is gone');
  rerender(inside(<p>elsewhere</p>, 'elsewhere'));
  screen.getByText('elsewhere');
  rerender(inside(<Part />));
  await screen.findByRole('alert');
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('there');
});
