// A journey without a mouse: the focus walks, and the palette finds.
import { expect, type Locator, type Page } from '@playwright/test';

/** Presses a key until `target` has the focus; fails when so many presses as would go round the whole page do not reach it. */
export async function pressUntil(key: 'Tab' | 'ArrowDown', page: Page, target: Locator): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 80 && !(await isThere()); presses += 1) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

export const tabTo = (page: Page, target: Locator) => pressUntil('Tab', page, target);

export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Asks the palette for something, and takes the line of that name. */
export async function viaPalette(page: Page, text: string, line: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: /^A cluster, a pod/ })).toBeFocused();
  await page.keyboard.type(text);
  await expect(page.getByRole('option', { name: line, selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
}
