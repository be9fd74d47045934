// How the window takes a large cluster: its list painted, filtered and scrolled, and a burst of changes, by Chromium's own measure.
import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';
import { clockOf, longestTask, serveApp } from './served-app';

/** Milliseconds, frames and megabytes. */
export interface WindowFigures {
  /** From going to the list to its first rows on screen, and until all are known. */
  painted: number;
  all: number;
  /** From a key to the list that it leaves, the slowest of them. */
  filtered: number;
  frames: { drawn: number; dropped: number };
  /** The longest task while changes came. */
  longest: number;
  memory: number;
}

/** @param change what changes many objects; resolves when it has asked for the last */
export async function measureWindow(
  { kubeconfig, context, count }: { kubeconfig: string; context: string; count: number },
  change: () => Promise<void>,
): Promise<WindowFigures> {
  const app = await serveApp(kubeconfig);
  try {
    const page = await app.open();
    await page.getByRole('heading', { level: 1, name: 'Clusters' }).waitFor();
    // What else the window fetches is there.
    await page.waitForLoadState('networkidle');
    const { painted, all } = await list(page, context, count);
    const filtered = await filter(page);
    const frames = await scroll(page);
    const begun = await clockOf(page);
    await change();
    await pause(500);
    const longest = await longestTask(page, begun);
    return { painted, all, filtered, frames, longest, memory: (await app.memory()).most };
  } finally {
    await app.close();
  }
}

function list(page: Page, context: string, count: number): Promise<{ painted: number; all: number }> {
  return page.evaluate(
    async ({ context, count }) => {
      const begun = performance.now();
      window.location.hash = `#/kubeconfig/${context}`;
      const until = async (there: () => unknown) => {
        while (!there()) await new Promise(requestAnimationFrame);
        // That frame's picture is on screen when the next one begins.
        await new Promise(requestAnimationFrame);
        return performance.now() - begun;
      };
      const grid = () => document.querySelector('[role=grid]');
      const painted = await until(() => grid()?.querySelector('[role=row][aria-rowindex="2"]'));
      return { painted, all: await until(() => grid()?.getAttribute('aria-rowcount') === String(count + 1)) };
    },
    { context, count },
  );
}

/** Types a name, a key at a time, and takes it back: the list is another one after each key. */
async function filter(page: Page): Promise<number> {
  const field = page.getByRole('textbox', { name: 'Filter' });
  await field.focus();
  await page.evaluate(() => {
    const keys = { slowest: 0, begun: 0 };
    Object.assign(window, { boathouseKeys: keys });
    window.addEventListener('keydown', () => (keys.begun = performance.now()), { capture: true });
    const grid = document.querySelector('[role=grid]');
    const settled = () =>
      requestAnimationFrame(() => {
        keys.slowest = Math.max(keys.slowest, performance.now() - keys.begun);
      });
    if (grid) new MutationObserver(settled).observe(grid, { attributes: true, attributeFilter: ['aria-rowcount'] });
  });
  for (const key of [...'od-499', ...Array<string>(6).fill('Backspace')]) {
    await page.keyboard.press(key);
    await pause(150);
  }
  return page.evaluate(() => (window as unknown as { boathouseKeys: { slowest: number } }).boathouseKeys.slowest);
}

/** Pixels, and pixels a second: three seconds of a wheel that does not stop. */
const way = 36_000;
const speed = 12_000;

async function scroll(page: Page): Promise<{ drawn: number; dropped: number }> {
  const box = await page.getByRole('grid').boundingBox();
  if (!box) throw new Error('there is no list');
  const session = await page.context().newCDPSession(page);
  const events = await traced(session, async () => {
    const at = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
    const gesture = { ...at, yDistance: -way, speed, gestureSourceType: 'mouse' as const };
    await session.send('Input.synthesizeScrollGesture', gesture);
  });
  const count = (name: string) => events.filter((event) => event.name === name).length;
  return { drawn: count('DrawFrame'), dropped: count('DroppedFrame') };
}

/** What Chromium's trace says of its frames while something is done. */
async function traced(session: CDPSession, act: () => Promise<void>): Promise<{ name: string }[]> {
  const events: { name: string }[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as { name: string }[])));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const includedCategories = ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await act();
  await session.send('Tracing.end');
  await complete;
  return events;
}
