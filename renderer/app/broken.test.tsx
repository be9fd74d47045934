// @vitest-environment jsdom
// A screen that cannot be drawn: a fault in its place instead of an empty window, gone elsewhere, and drawn anew when asked.
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, test, vi } from 'vitest';
import { UnlessBroken } from './broken';
import { createTexts } from './language';

afterEach(() => vi.restoreAllMocks());

const inside = (part: React.ReactNode, at = 'here') => (
  <I18nextProvider i18n={createTexts('en')}>
    <MantineProvider env="test">
      <UnlessBroken at={at}>{part}</UnlessBroken>
    </MantineProvider>
  </I18nextProvider>
);

let fails = false;

function Part() {
  if (fails) throw new Error('a mistake of ours');
  return <p>there</p>;
}

test('a screen that cannot be drawn says so, and is drawn anew when asked or elsewhere', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  fails = true;
  const { rerender } = render(inside(<Part />));
  expect((await screen.findByRole('alert')).textContent).toContain('Everything else goes on');
  screen.getByText('a mistake of ours');
  rerender(inside(<p>elsewhere</p>, 'elsewhere'));
  screen.getByText('elsewhere');
  rerender(inside(<Part />));
  await screen.findByRole('alert');
  fails = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('there');
});
