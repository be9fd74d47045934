// Every screen in every state, over a stand-in of the core: axe finds nothing in either theme, and nothing is cut off in a narrow window, at 200 %, or in a language with longer words.
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { looks, narrow } from './support/looks';
import { type StandInApp, serveStandIn } from './support/stand-in-app';

let app: StandInApp;
test.beforeAll(async () => {
  app = await serveStandIn();
});
test.afterAll(() => app.close());

/** Shown, and what it waits for is there: nothing of it is to come. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.waitForLoadState('networkidle');
}

/** What goes beyond the edge of what it is in, and cannot be scrolled to. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page itself');
    const main = document.querySelector('main');
    if (main && main.scrollWidth > main.clientWidth) found.push('the screen');
    for (const button of document.querySelectorAll<HTMLElement>('main button, main a, header button, nav a')) {
      const { right, width } = button.getBoundingClientRect();
      if (width > 0 && right > window.innerWidth + 1 && !inScroller(button)) found.push(button.outerHTML.slice(0, 120));
    }
    return found;

    function inScroller(element: HTMLElement): boolean {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return true;
      }
      return false;
    }
  });
}

for (const { name, world, at } of looks) {
  test(name, async ({ page }) => {
    await open(page, app.address(world, at, { theme: 'light' }));
    await expectAccessible(page);
    await open(page, app.address(world, at, { theme: 'dark' }));
    await expectAccessible(page);
    for (const size of narrow) {
      await page.setViewportSize(size);
      // A window that has just become another one is laid out anew.
      await expect.poll(() => cutOff(page), { message: `${size.width}x${size.height}` }).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await open(page, app.address(world, at, { pseudo: '' }));
    await expect.poll(() => cutOff(page), { message: 'with longer words' }).toEqual([]);
  });
}
