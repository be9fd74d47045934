// Where a window can be shown, and which Linux is Debian's.
import { expect, it } from 'vitest';
import { canShowWindow, chooseShell, electronBinary, isDebianLike, type ShellFacts } from './surroundings';

it('needs a display on Linux only', () => {
  expect(canShowWindow('linux', {})).toBe(false);
  expect(canShowWindow('linux', { DISPLAY: ':0' })).toBe(true);
  expect(canShowWindow('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(canShowWindow('darwin', {})).toBe(true);
});

it.each<[string, Partial<ShellFacts>, 'desktop' | 'browser']>([
  ['everything there', {}, 'desktop'],
  ['no Electron', { electronThere: false }, 'browser'],
  ['no display', { environment: {} }, 'browser'],
  ['root on Linux', { userId: 0 }, 'browser'],
  ['root on macOS', { userId: 0, platform: 'darwin' }, 'desktop'],
  ['Windows', { userId: undefined, platform: 'win32', environment: {} }, 'desktop'],
])('%s: %s', (_what, facts, shell) => {
  const all = { electronThere: true, platform: 'linux', environment: { DISPLAY: ':0' }, userId: 1000 } as const;
  expect(chooseShell({ ...all, ...facts })).toBe(shell);
});

it('knows where Electron keeps its binary', () => {
  expect(electronBinary('/p', 'linux')).toBe('/p/node_modules/electron/dist/electron');
  expect(electronBinary('/p', 'darwin')).toMatch(/Electron\.app\/Contents\/MacOS\/Electron$/);
  expect(electronBinary('/p', 'win32')).toMatch(/electron\.exe$/);
});

it.each([
  ['ID=debian\nVERSION_ID="12"\n', true],
  ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', true],
  ['ID="linuxmint"\nID_LIKE="ubuntu debian"\n', true],
  ['ID=fedora\n', false],
  ['ID=other\nNAME="not debian"\n', false],
  ['', false],
])('%j is like Debian: %s', (osRelease, expected) => {
  expect(isDebianLike(osRelease)).toBe(expected);
});
