// The application's menu: the roles that every platform expects, no commands of its own.
import type { MenuItemConstructorOptions } from 'electron';

/** macOS takes the first menu for the application's; elsewhere Ctrl-Q and friends still need one. */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const first: MenuItemConstructorOptions = platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' };
  return [first, { role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }];
}
