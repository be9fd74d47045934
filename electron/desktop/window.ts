// The app's one window: sandboxed, at home on its own addresses only, where the user left it.
import { join } from 'node:path';
import { BrowserWindow, screen, shell, type WebContents } from 'electron';
import Store from 'electron-store';
import { isForward, isOwn, mayOpenOutside } from './address';
import { placeWindow, smallest, type WindowState } from './window-state';

const store = new Store<WindowState>({ name: 'window', defaults: { maximized: false } });

/**
 * Makes the window and loads a page of the app.
 * @param offer called with the window's contents before anything is loaded
 */
export function openWindow(page: string, offer: (contents: WebContents) => void): BrowserWindow {
  const place = placeWindow(
    store.store,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    autoHideMenuBar: true,
    title: 'Boathouse',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (store.get('maximized')) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    store.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  offer(window.webContents);
  void window.loadURL(page);
  return window;
}

/**
 * Keeps every page of the app, present and future, where it belongs.
 * @param isForwarded whether a port of this computer leads into a cluster by a forward of ours
 */
export function guard(contents: WebContents, isForwarded: (port: number) => boolean): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!isOwn(event.url)) event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url) || isForward(url, isForwarded)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  // Clipboard writes are what copy buttons do, notifications tell of dev loops; nothing else is asked for by the app.
  contents.session.setPermissionRequestHandler((asking, permission, answer) => {
    const asked = permission === 'clipboard-sanitized-write' || permission === 'notifications';
    answer(asked && isOwn(asking.getURL()));
  });
}
