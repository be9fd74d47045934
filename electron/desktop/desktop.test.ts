// The desktop's pure parts: the tray's menu, where a window goes, what stands against quitting, its words.
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { KubeContext } from '../../shared/model/kubeconfig';
import type { Operation } from '../../shared/model/operation';
import { settingsSchema } from '../../shared/model/settings';
import { sampleCluster } from '../host/stand-in-core/samples';
import { endedSince, noticeOf } from './ended-work';
import { autostartEntry, startAtLogin } from './login-item';
import { applicationMenu } from './menu';
import { unfinishedSubjects } from './quit';
import { type TrayItem, type TrayState, trayMenu } from './tray-menu';
import { followUpdates, type Updater } from './updates';
import { placeWindow, smallest } from './window-state';
import { desktopWords } from './words';

const words = desktopWords('en', 'de-DE');

function tray(clusters: TrayState['clusters'] = [], more: Partial<TrayState> = {}): TrayState {
  return { clusters, engineAnswers: true, kubeconfig: { contexts: [] }, ...more };
}

function enabled(items: TrayItem[], cluster: string): string[] {
  const menu = items.find((item) => item.type === 'menu' && item.label.startsWith(`${cluster}:`));
  if (menu?.type !== 'menu') return [];
  return menu.items.flatMap((item) => (item.type === 'action' && item.enabled ? [item.action.do] : []));
}

it('lists clusters by name, with what can be done to each', () => {
  const items = trayMenu(
    tray([
      sampleCluster('shop', { current: true }),
      sampleCluster('lab', { state: 'stopped' }),
      sampleCluster('new', { state: 'creating' }),
      sampleCluster('busy', { operationId: 'o1' }),
      sampleCluster('torn', { state: 'incomplete' }),
    ]),
    words,
  );
  const labels = items.flatMap((item) => (item.type === 'menu' ? [item.label] : []));
  expect(labels).toEqual(['busy: running', 'lab: stopped', 'new: being created', 'shop: running', 'torn: incomplete']);
  expect(enabled(items, 'shop')).toEqual(['show', 'stop']);
  expect(enabled(items, 'lab')).toEqual(['show', 'start', 'use']);
  expect(enabled(items, 'new')).toEqual(['show']);
  expect(enabled(items, 'busy')).toEqual(['show']);
  expect(enabled(items, 'torn')).toEqual(['show']);
});

it('always offers to open and to quit, and never a way to delete', () => {
  for (const items of [
    trayMenu(tray(), words),
    trayMenu(tray([sampleCluster('shop')], { engineAnswers: false }), words),
  ]) {
    expect(items.flatMap((item) => (item.type === 'action' ? [item.action.do] : []))).toEqual(['open', 'quit']);
  }
  expect(trayMenu(tray(), words)[2]).toEqual({ type: 'note', label: 'No clusters yet' });
  const without = trayMenu(tray([sampleCluster('shop')], { engineAnswers: false }), words);
  expect(without[2]).toEqual({ type: 'note', label: words.noEngine });
});

it('switches between all contexts, the current one unmistakable, and leads to the rest of very many', () => {
  const contexts = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `c${index}`, current: index === count - 1 }) as KubeContext);
  const menuOf = (count: number, current?: string) => {
    const kubeconfig = { contexts: contexts(count), ...(current && { current }) };
    const menu = trayMenu(tray([], { kubeconfig }), words).find((item) => item.type === 'menu');
    return menu?.type === 'menu' ? menu : undefined;
  };
  expect(menuOf(2, 'c1')).toEqual({
    type: 'menu',
    label: 'kubectl context: c1',
    items: [
      { type: 'choice', label: 'c0', action: { do: 'switch', context: 'c0' }, chosen: false },
      { type: 'choice', label: 'c1', action: { do: 'switch', context: 'c1' }, chosen: true },
    ],
  });
  expect(menuOf(1)?.label).toBe('kubectl context: none');
  const many = menuOf(200, 'c199')?.items ?? [];
  expect(many).toHaveLength(32);
  expect(many.at(-2)).toMatchObject({ label: 'c199', chosen: true });
  expect(many.at(-1)).toMatchObject({ action: { do: 'contexts' } });
});

const screen = { x: 0, y: 0, width: 1920, height: 1040 };

it('puts a window where it was, as long as a screen shows it', () => {
  const bounds = { x: 100, y: 50, width: 1000, height: 700 };
  expect(placeWindow({ bounds, maximized: false }, [screen])).toEqual(bounds);
  const second = { x: 2000, y: 0, width: 1000, height: 700 };
  expect(placeWindow({ bounds: second, maximized: false }, [screen])).toEqual({ width: 1000, height: 700 });
  expect(placeWindow({ bounds: second, maximized: false }, [screen, { ...screen, x: 1920 }])).toEqual(second);
  const above = { ...bounds, y: -300 };
  expect(placeWindow({ bounds: above, maximized: false }, [screen])).toEqual({ width: 1000, height: 700 });
});

it('never makes a window too small, and has a usual size', () => {
  const bounds = { x: 0, y: 0, width: 10, height: 10 };
  expect(placeWindow({ bounds, maximized: false }, [screen])).toMatchObject(smallest);
  expect(placeWindow({ maximized: true }, [screen])).toEqual({ width: 1280, height: 800 });
});

it('names what quitting would cancel, each once, oldest first', () => {
  const operation = (subject: string, state: Operation['state'], queuedAt: number): Operation => ({
    id: `${subject}-${queuedAt}`,
    kind: 'create',
    subject,
    state,
    queuedAt,
    steps: [],
    leftovers: [],
  });
  const operations = [
    operation('shop', 'queued', 3),
    operation('lab', 'undoing', 2),
    operation('shop', 'running', 1),
    operation('old', 'done', 0),
    operation('bad', 'failed', 0),
  ];
  expect(unfinishedSubjects(operations)).toEqual(['shop', 'lab']);
});

it('speaks the language of the setting, else of the system', () => {
  const chinese = desktopWords('zh-CN', 'en-US');
  expect(desktopWords('system', 'zh-TW')).toBe(chinese);
  expect(desktopWords('system', 'fr')).toBe(words);
  expect(desktopWords('en', 'zh-CN')).toBe(words);
  expect(Object.keys(chinese.states)).toEqual(Object.keys(words.states));
});

it('tells of long work that ended, and of failures; not of what was cancelled, was short, or ended before it looked', () => {
  const operation = (id: string, state: Operation['state'], took = 30_000): Operation => ({
    id,
    kind: 'create',
    subject: id,
    state,
    queuedAt: 0,
    startedAt: 1000,
    endedAt: 1000 + took,
    steps: [],
    leftovers: [],
    ...(state === 'failed' && { error: { code: 'internal', message: 'why', hints: [] } }),
  });
  const ids = ['long', 'short', 'bad', 'left', 'runs'];
  const before = new Map(ids.map((id) => [id, operation(id, 'running')]));
  const now = [
    operation('long', 'done'),
    operation('short', 'done', 3000),
    operation('bad', 'failed', 3000),
    operation('left', 'cancelled'),
    operation('runs', 'running'),
    operation('old', 'done'),
  ];
  const ended = endedSince(before, now);
  expect(ended.map(({ id }) => id)).toEqual(['long', 'bad']);
  expect(ended.map((one) => noticeOf(one, words))).toEqual([
    { title: 'long is done', body: '' },
    { title: 'bad failed', body: 'why' },
  ]);
});

it('starts with the session only when it is told to: by a file on Linux, by the system elsewhere', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'autostart-'));
  const setLoginItem = vi.fn();
  const options = { configFolder: folder, program: '/opt/Boat "house"/boathouse', setLoginItem };
  const file = join(folder, 'autostart', 'boathouse.desktop');
  try {
    await startAtLogin(false, { ...options, platform: 'linux' });
    await startAtLogin(true, { ...options, platform: 'linux' });
    expect(await readFile(file, 'utf8')).toBe(autostartEntry(options.program));
    expect(autostartEntry(options.program)).toContain('Exec="/opt/Boat \\\\"house\\\\"/boathouse" --hidden');
    await startAtLogin(false, { ...options, platform: 'linux' });
    await expect(stat(file)).rejects.toThrow('ENOENT');
    expect(setLoginItem).not.toHaveBeenCalled();
    await startAtLogin(true, { ...options, platform: 'darwin' });
    expect(setLoginItem).toHaveBeenCalledExactlyOnceWith(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('looks for updates while the settings say so, and installs none without a yes', async () => {
  vi.useFakeTimers();
  try {
    const heard = new Map<string, (info: { version: string }) => void>();
    const updater = {
      autoDownload: false,
      autoInstallOnAppQuit: false,
      checkForUpdates: vi.fn(async () => {}),
      quitAndInstall: vi.fn(),
      on: (event: string, listener: () => void) => heard.set(event, listener),
    } as unknown as Updater;
    const stop = new AbortController();
    let change: (updates: boolean) => void = () => {};
    async function* settings() {
      yield settingsSchema.parse({ updates: false });
      while (!stop.signal.aborted)
        yield await new Promise<ReturnType<typeof settingsSchema.parse>>((resolve) => {
          change = (updates) => resolve(settingsSchema.parse({ updates }));
        });
    }
    const offer = vi.fn(async (version: string) => version === '3.0.0');
    const done = followUpdates({
      settings: settings(),
      updater: async () => updater,
      offer,
      log: () => {},
      signal: stop.signal,
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(updater.checkForUpdates).not.toHaveBeenCalled();
    change(true);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(updater.checkForUpdates).toHaveBeenCalledTimes(1);
    heard.get('update-downloaded')?.({ version: '2.0.0' });
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.quitAndInstall).not.toHaveBeenCalled();
    heard.get('update-downloaded')?.({ version: '3.0.0' });
    await vi.advanceTimersByTimeAsync(0);
    expect(updater.quitAndInstall).toHaveBeenCalledTimes(1);
    stop.abort();
    change(false);
    await done;
  } finally {
    vi.useRealTimers();
  }
});

it('has a menu with the ways of the window, and the roles of each platform', () => {
  const act = vi.fn();
  const labels = (platform: NodeJS.Platform) =>
    applicationMenu(platform, words, act).map(({ label, role }) => label ?? role);
  expect(labels('linux')).toEqual(['File', 'editMenu', 'Go', 'viewMenu', 'windowMenu', 'help']);
  expect(labels('darwin')[0]).toBe('appMenu');
  const [file] = applicationMenu('linux', words, act);
  expect(file?.submenu).toMatchObject([
    { label: 'New cluster', accelerator: 'CmdOrCtrl+N' },
    {},
    {},
    {},
    { role: 'quit' },
  ]);
  const submenu = file?.submenu as { click?: () => void }[];
  submenu[0]?.click?.();
  expect(act).toHaveBeenCalledWith({ go: 'boathouse://new' });
});
