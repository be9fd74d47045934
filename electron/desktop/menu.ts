// The application's menu: the roles that every platform expects, and the ways that the window has by keys.
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopWords } from './words';

/** A link of ours, or a step through what was seen. */
export type MenuAction = { go: string } | { step: 'back' | 'forward' };

/** macOS takes the first menu for the application's; elsewhere Ctrl-Q and friends still need one. */
export function applicationMenu(
  platform: NodeJS.Platform,
  words: DesktopWords,
  act: (action: MenuAction) => void,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const to = (label: string, link: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => act({ go: `boathouse://${link}` }),
  });
  const { menu } = words;
  const settings = to(menu.settings, 'settings', 'CmdOrCtrl+,');
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file: MenuItemConstructorOptions = {
    label: menu.file,
    submenu: [
      to(menu.newCluster, 'new', 'CmdOrCtrl+N'),
      ...(mac ? [] : [separator, settings]),
      separator,
      { role: mac ? 'close' : 'quit' },
    ],
  };
  const app: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const go: MenuItemConstructorOptions = {
    label: menu.go,
    submenu: [
      { label: menu.back, accelerator: mac ? 'Cmd+[' : 'Alt+Left', click: () => act({ step: 'back' }) },
      { label: menu.forward, accelerator: mac ? 'Cmd+]' : 'Alt+Right', click: () => act({ step: 'forward' }) },
      separator,
      ...(['clusters', 'templates', 'images', 'dev', 'kubeconfig', 'doctor'] as const).map((screen) =>
        to(menu.screens[screen], screen),
      ),
    ],
  };
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [to(menu.help, 'help'), to(menu.trouble, 'help/troubleshooting')],
  };
  return [...(mac ? [app] : []), file, { role: 'editMenu' }, go, { role: 'viewMenu' }, { role: 'windowMenu' }, help];
}
