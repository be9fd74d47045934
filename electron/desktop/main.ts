// The desktop's main process: one instance, one window, a tray, and a core in between; quitting leaves clusters alone.
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { app, type BrowserWindow, dialog, Menu, Notification, type OpenDialogOptions } from 'electron';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import type { Operation } from '../../shared/model/operation';
import { createCore } from '../core/app';
import type { Core } from '../core/options';
import { coreOptions, productFolder } from '../front';
import { pageForFile, pageForLink, pageForWords, startPage } from './address';
import { tellOfEnds } from './ends';
import { followForwarded } from './forwarded';
import { startAtLogin } from './login-item';
import { applicationMenu, type MenuAction } from './menu';
import { restartAfterMistakes } from './mistakes';
import { tellOfLoops } from './notices';
import { offerPort } from './port';
import { declareScheme, serveRenderer } from './protocol';
import { unfinishedSubjects } from './quit';
import { showTray } from './tray';
import type { TrayAction } from './tray-menu';
import { followUpdates, type Updater } from './updates';
import { guard, openWindow } from './window';
import { type DesktopWords, desktopWords } from './words';

app.enableSandbox();
declareScheme();
if (app.requestSingleInstanceLock()) {
  run().catch((error: unknown) => {
    dialog.showErrorBox('Boathouse', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else app.quit();

async function run(): Promise<void> {
  let forwarded: ReadonlySet<number> = new Set();
  app.on('web-contents-created', (_event, contents) => guard(contents, (port) => forwarded.has(port)));
  // The tray stays: closing the window is not quitting.
  app.on('window-all-closed', () => {});
  // macOS tells by events what the others give as words, and may do so before there is a window.
  let open = (page: string) => {
    first ??= page;
  };
  let first = pageForWords(process.argv.slice(1), process.cwd());
  app.on('open-url', (_event, link) => open(pageForLink(link)));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open(pageForFile(file));
  });
  await app.whenReady();

  const folder = productFolder();
  const core = await createCore({
    ...coreOptions('desktop', (line) => process.stderr.write(`${line}\n`)),
    chooseFolder: () => chooseFolder(window),
  });
  const handler = new RPCHandler(core.router);
  const ending = new AbortController();
  const words = async () => desktopWords((await core.client.settings.get()).language, app.getLocale());
  let window: BrowserWindow | undefined;

  function show(page?: string): void {
    if (!window || window.isDestroyed()) {
      window = openWindow(page ?? startPage, (contents) => offerPort(contents, handler));
      return; // It shows itself once it has something to show.
    }
    if (page) void window.loadURL(page);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  function choose(action: MenuAction): void {
    const history = window?.webContents.navigationHistory;
    if ('go' in action) show(pageForLink(action.go));
    else if (action.step === 'back') history?.goBack();
    else history?.goForward();
  }

  async function act(action: TrayAction): Promise<void> {
    if (action.do === 'open') show();
    else if (action.do === 'quit') app.quit();
    else if (action.do === 'show') show(pageForLink(`boathouse://clusters/${action.cluster}`));
    else if (action.do === 'contexts') show(pageForLink('boathouse://kubeconfig'));
    else if (action.do === 'switch') {
      await core.client.kubeconfig.change({ kind: 'use', context: action.context });
    } else {
      show(); // What follows is seen there, failures too.
      if (action.do === 'use') await core.client.kubeconfig.use({ name: action.cluster });
      else await core.client.clusters[action.do]({ name: action.cluster });
    }
  }

  serveRenderer(join(folder, 'dist', 'renderer'));
  restartAfterMistakes(words, () => core.dispose(), ending.signal);
  app.setAsDefaultProtocolClient('boathouse');
  app.on('second-instance', (_event, argv, folder) => show(pageForWords(argv.slice(1), folder)));
  app.on('activate', () => show());
  leaveInOrder(core, ending, words);
  const take = (ports: ReadonlySet<number>) => {
    forwarded = ports;
  };
  followForwarded(core.client, take, ending.signal).catch(() => {}); // Ended with the app.
  tellOfLoops({
    client: core.client,
    words,
    isAway: () => !window || window.isDestroyed(),
    open: (dir) => show(`${startPage}#/dev/${encodeURIComponent(dir)}`),
    signal: ending.signal,
  }).catch(() => {}); // Ended with the app.
  showTray({
    client: core.client,
    icon: join(folder, 'resources', 'icons', process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
    words,
    act: (action) =>
      void act(action).catch((error: unknown) =>
        dialog.showErrorBox('Boathouse', error instanceof Error ? error.message : String(error)),
      ),
    signal: ending.signal,
  });
  void followSettings(core, ending.signal, async () => {
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform, await words(), choose)));
  });
  void tellOfEnds({
    client: core.client,
    words,
    isLookedAt: () => window !== undefined && !window.isDestroyed() && window.isFocused(),
    show: (subject) => show(pageForLink(`boathouse://clusters/${subject}`)),
    signal: ending.signal,
  });
  if (app.isPackaged) {
    void followUpdates({
      settings: await core.client.settings.watch(undefined, { signal: ending.signal }),
      updater: async () => (await import('electron-updater')).default.autoUpdater as unknown as Updater,
      offer: async (version) => offerUpdate(version, await words()),
      log: (line) => process.stderr.write(`${line}\n`),
      signal: ending.signal,
    });
  }
  open = show;
  // Started with the session, it waits in the tray.
  if (!process.argv.includes('--hidden') || first) show(first);
}

/** What of the settings is the system's: the menu's language, and the start with the session. */
async function followSettings(core: Core, signal: AbortSignal, rebuild: () => Promise<void>): Promise<void> {
  let atLogin: boolean | undefined;
  for await (const settings of await core.client.settings.watch(undefined, { signal })) {
    await rebuild();
    // Off at first, and nothing to take away then.
    const before = atLogin ?? false;
    atLogin = settings.startAtLogin;
    if (atLogin === before && !atLogin) continue;
    await startAtLogin(atLogin, {
      platform: process.platform,
      configFolder: app.getPath('appData'),
      program: process.env.APPIMAGE ?? process.execPath,
      setLoginItem: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args: ['--hidden'] }),
    }).catch((error: unknown) => process.stderr.write(`starting at login: ${String(error)}\n`));
  }
}

async function offerUpdate(version: string, { update }: DesktopWords): Promise<boolean> {
  if (Notification.isSupported()) new Notification({ title: update.ready(version), body: update.whatFor }).show();
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: update.ready(version),
    detail: update.whatFor,
    buttons: [update.restart, update.later],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

/** Asks before work of this process is cancelled; then ends the core before the app. */
function leaveInOrder(core: Core, ending: AbortController, words: () => Promise<DesktopWords>): void {
  let left = false;
  app.on('before-quit', (event) => {
    if (left) return;
    event.preventDefault();
    void (async () => {
      const subjects = unfinishedSubjects(await operationsOf(core));
      if (subjects.length > 0 && !(await confirmQuit(subjects, await words()))) return;
      left = true;
      ending.abort();
      await core.dispose();
      app.quit();
    })();
  });
}

/** Over the window, where there is one. */
async function chooseFolder(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'] };
  const there = window && !window.isDestroyed();
  const { filePaths } = await (there ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths[0];
}

async function operationsOf(core: Core): Promise<Operation[]> {
  const look = new AbortController();
  for await (const message of await core.client.operations.watch(undefined, { signal: look.signal })) {
    look.abort();
    return [...applyFeed(emptyFeed<Operation>(), message, (operation) => operation.id).items.values()];
  }
  return [];
}

async function confirmQuit(subjects: readonly string[], words: DesktopWords): Promise<boolean> {
  const answer = await dialog.showMessageBox({
    type: 'question',
    message: words.quitWhile(subjects.join(', ')),
    detail: words.quitConsequence,
    buttons: [words.stay, words.quitAnyway],
    defaultId: 0,
    cancelId: 0,
  });
  return answer.response === 1;
}
