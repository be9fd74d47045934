// For benches: the built app as a user of its own opens it in Chromium, and what Chromium says of its time.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { execa } from 'execa';
import { coreProcess, freePort, productFolder } from '../specs/support/product';

const boathouse = join(productFolder, 'dist', 'cli', 'boathouse.js');

/** Chromium says these of a page; milliseconds since it was opened. */
export interface PageTimes {
  firstPaint: number;
  /** Everything that kept the page from answering for 50 ms or more. */
  longTasks: { begin: number; took: number }[];
}

export interface ServedApp {
  /** Runs a command as the same user; rejects with its standard error when it fails. */
  boathouse(...words: string[]): Promise<unknown>;
  /** A window that has never seen the app, on its way to it. */
  open(): Promise<Page>;
  /** What the host's process takes of memory, in MB: now, and at most so far. */
  memory(): Promise<{ now: number; most: number }>;
  close(): Promise<void>;
}

/** @param kubeconfig that of the user; by default one that is not there */
export async function serveApp(kubeconfig?: string): Promise<ServedApp> {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-bench-'));
  await mkdir(join(folder, 'home'));
  const environment = {
    PATH: process.env.PATH,
    HOME: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    KUBECONFIG: kubeconfig ?? join(folder, 'kubeconfig'),
    DOCKER_HOST: process.env.BOATHOUSE_TEST_ENGINE,
  };
  const words = ['serve', '--json', '--port', String(await freePort())];
  const host = spawn(process.execPath, [boathouse, ...words], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { address } = await firstLine(host);
  let browser: Browser | undefined;
  return {
    boathouse: (...words) => execa(process.execPath, [boathouse, ...words], { env: environment, extendEnv: false }),
    async open() {
      browser ??= await chromium.launch({
        executablePath: process.env.BOATHOUSE_TEST_CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
      });
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
      const page = await context.newPage();
      await page.addInitScript(observe);
      await page.goto(address, { waitUntil: 'commit' });
      return page;
    },
    async memory() {
      const status = await readFile(`/proc/${await coreProcess(host)}/status`, 'utf8');
      const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1000;
      return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
    },
    async close() {
      await browser?.close();
      host.kill('SIGTERM');
      if (host.exitCode === null) await once(host, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in the page, before anything of it. */
function observe(): void {
  const times: PageTimes = { firstPaint: 0, longTasks: [] };
  Object.assign(window, { boathouseTimes: times });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') times.firstPaint = startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) times.longTasks.push({ begin: startTime, took: duration });
  }).observe({ type: 'longtask', buffered: true });
}

export function timesOf(page: Page): Promise<PageTimes> {
  return page.evaluate(() => (window as unknown as { boathouseTimes: PageTimes }).boathouseTimes);
}

/** The longest task that began after a moment of the page's clock. */
export async function longestTask(page: Page, since: number): Promise<number> {
  const { longTasks } = await timesOf(page);
  return Math.max(0, ...longTasks.filter(({ begin }) => begin >= since).map(({ took }) => took));
}

/** Milliseconds of the page's own clock. */
export function clockOf(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

async function firstLine(host: ChildProcess): Promise<{ address: string }> {
  if (!host.stdout) throw new Error('the host was started without a pipe');
  for await (const line of createInterface({ input: host.stdout })) return JSON.parse(line) as { address: string };
  throw new Error('boathouse serve ended without an address');
}
