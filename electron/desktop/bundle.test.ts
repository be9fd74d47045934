// The built main process and preload, run against a fake 'electron': what they import, what they expose, what they refuse.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import packageJson from '../../package.json';
import { type Built, buildForTest } from '../cli/build-for-test';

const root = join(import.meta.dirname, '..', '..');
let built: Built;

beforeAll(async () => {
  built = await buildForTest(root, ['desktop', 'preload']);
}, 120_000);

afterAll(() => built.remove());

describe('the main process', () => {
  interface Report {
    about: unknown;
    channel: string;
    body: unknown;
    offeredElsewhere: number;
    options: { webPreferences: Record<string, unknown> };
    loaded: string[];
    navigation: string[];
    opened: { action: string }[];
    permissions: boolean[];
    files: Record<'index' | 'outside' | 'posted', { status: number; policy: string; text: string }>;
    tray: string[];
    windows: number;
    calls: [string, ...unknown[]][];
    imports: string[];
  }
  let report: Report;

  beforeAll(async () => {
    const home = join(built.folder, 'home');
    const driver = join(import.meta.dirname, 'testing', 'drive-main.mjs');
    const { stdout } = await execa(process.execPath, [driver, join(built.folder, 'main.js')], {
      env: {
        HOME: home,
        XDG_CONFIG_HOME: join(home, 'config'),
        XDG_STATE_HOME: join(home, 'state'),
        XDG_CACHE_HOME: join(home, 'cache'),
        KUBECONFIG: join(home, 'kubeconfig'),
        FAKE_USER_DATA: join(home, 'desktop'),
        DOCKER_HOST: `unix://${tmpdir()}/no-engine-here.sock`,
      },
      timeout: 60_000,
    });
    report = JSON.parse(stdout) as Report;
  }, 120_000);

  it('imports Node, Electron and its dependencies, and nothing from the machine that built it', () => {
    const allowed = new Set([...builtinModules, 'electron', ...Object.keys(packageJson.dependencies)]);
    const foreign = report.imports.filter((name) => !name.startsWith('node:') && !allowed.has(name));
    expect(report.imports).toContain('electron');
    expect(foreign).toEqual([]);
  });

  it('makes one sandboxed, isolated window without Node and loads the app into it', () => {
    expect(report.calls.map(([name]) => name)).toEqual(
      expect.arrayContaining(['enableSandbox', 'requestSingleInstanceLock', 'registerSchemesAsPrivileged']),
    );
    expect(report.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      preload: join(built.folder, 'preload.cjs'),
    });
    expect(report.loaded[0]).toBe('app://boathouse/index.html');
  });

  it('answers through the port that the page was given, and gives none to other pages', () => {
    expect([report.channel, report.body]).toEqual(['boathouse:port', null]);
    expect(report.about).toEqual({ version: packageJson.version, shell: 'desktop' });
    expect(report.offeredElsewhere).toBe(0);
  });

  it('keeps the window at home', () => {
    expect(report.navigation).toEqual(['allowed', 'denied', 'denied']);
    expect(report.opened).toEqual([{ action: 'deny' }, { action: 'deny' }, { action: 'deny' }]);
    const outside = report.calls.filter(([name]) => name === 'openExternal');
    expect(outside).toEqual([['openExternal', 'https://kubernetes.io/docs/']]);
    expect(report.permissions).toEqual([true, true, false, false]);
  });

  it('serves its own files with a policy, and nothing else', () => {
    const { index, outside, posted } = report.files;
    expect(index).toMatchObject({ status: 200, policy: expect.stringContaining("default-src 'self'") });
    expect(index.text).toMatch(/dist\/renderer\/index\.html$/);
    expect(outside).toMatchObject({ status: 404, text: 'Not found' });
    expect(posted.status).toBe(404);
  });

  it('stays in the tray, and a second start shows what it was asked for in the one window', () => {
    expect(report.tray).toContain('Open Boathouse');
    expect(report.windows).toBe(1);
    expect(report.loaded).toEqual([
      'app://boathouse/index.html',
      'app://boathouse/index.html#/clusters/shop',
      'app://boathouse/index.html#/templates/import?file=%2Fhome%2Fana%2Fclass.boathouse',
      'app://boathouse/index.html#/templates/import?file=%2Fhome%2Fana%2Fother.boathouse',
    ]);
  });
});

describe('the preload', () => {
  async function load(origin: string, framed = false) {
    const listeners = new Map<string, (event: { ports: unknown[] }) => void>();
    const required: string[] = [];
    const ipcRenderer = { on: vi.fn((channel: string, listener) => listeners.set(channel, listener)) };
    const exposeInMainWorld = vi.fn();
    const window = { location: { origin }, postMessage: vi.fn(), top: {} as unknown };
    window.top = framed ? {} : window;
    const require = (name: string) => {
      required.push(name);
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`);
      return { ipcRenderer, contextBridge: { exposeInMainWorld } };
    };
    // Electron wraps a preload like Node wraps a CommonJS module.
    const text = await readFile(join(built.folder, 'preload.cjs'), 'utf8');
    const wrapped = runInNewContext(`(function (require, module, exports, window) {${text}\n})`, {});
    const module = { exports: {} };
    wrapped(require, module, module.exports, window);
    const added = Object.keys(window).filter((name) => !['location', 'postMessage', 'top'].includes(name));
    return { listeners, required, window, exposeInMainWorld, added };
  }

  it('requires only electron, listens on one channel and exposes nothing', async () => {
    const { listeners, required, exposeInMainWorld, added } = await load('app://boathouse');
    expect(required).toEqual(['electron']);
    expect([...listeners.keys()]).toEqual(['boathouse:port']);
    expect(exposeInMainWorld).not.toHaveBeenCalled();
    expect(added).toEqual([]);
  });

  it("hands the port to the app's own page only", async () => {
    const port = {};
    const own = await load('app://boathouse');
    own.listeners.get('boathouse:port')?.({ ports: [port] });
    expect(own.window.postMessage).toHaveBeenCalledExactlyOnceWith('boathouse:port', 'app://boathouse', [port]);
    for (const foreign of [await load('https://evil.example'), await load('app://boathouse', true)]) {
      foreign.listeners.get('boathouse:port')?.({ ports: [port] });
      expect(foreign.window.postMessage).not.toHaveBeenCalled();
    }
  });
});
