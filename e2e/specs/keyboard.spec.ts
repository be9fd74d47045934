// Without a mouse: a create from home to its cancelling.
import type { Page } from '@playwright/test';
import { nothing, testNodeImage, tracesOf } from './support/engine';
import { pressUntil, tabTo } from './support/keys';
import { expect, test } from './support/test';

test('a cluster is created, looked at and cancelled by keyboard alone', async ({ app, home, page, neighbour }) => {
  const name = home.clusterName('keys');
  await expect(app.home.row(neighbour).root).toBeVisible();

  await tabTo(page, app.home.create);
  await page.keyboard.press('Enter');
  await expect(app.heading('New cluster')).toBeFocused();

  const form = app.newCluster;
  await tabTo(page, form.template('Single node'));
  await page.keyboard.press('Enter');
  await tabTo(page, form.name);
  await page.keyboard.type(name);
  await expect(form.name).toHaveValue(name);
  await tabTo(page, form.makeCurrent);
  await page.keyboard.press('Space');
  await expect(form.makeCurrent).not.toBeChecked();
  await tabTo(page, form.more);
  await page.keyboard.press('Enter');
  await tabTo(page, form.image);
  await page.keyboard.type(testNodeImage);
  await expect(form.plan).toContainText(`Node image: ${testNodeImage}`);
  // Enter works from any field.
  await page.keyboard.press('Enter');
  await expect(app.heading(name)).toBeFocused();

  const creation = app.cluster(name).operation(new RegExp(`${name}$`));
  await expect(creation.step('Create the container', 'Done')).toBeVisible();
  await tabTo(page, creation.cancel);
  const bar = creation.timeline.getByRole('button').and(page.locator('[tabindex="0"]'));
  await tabTo(page, bar);
  await page.keyboard.press('Home');
  const first = await focusedName(page);
  await page.keyboard.press('ArrowRight');
  expect(await focusedName(page)).not.toBe(first);

  await page.keyboard.press('Shift+Tab');
  await tabTo(page, creation.cancel);
  await page.keyboard.press('Enter');
  await expect(app.cluster(name).operation(`Creating ${name} was cancelled`).root).toBeVisible();
  expect(await tracesOf(name)).toEqual(nothing);
});

test('a menu, a dialog and the way past the navigation', async ({ app, page, neighbour }) => {
  const row = app.home.row(neighbour);
  await expect(row.root).toContainText('Running');

  await page.keyboard.press('Shift+Tab');
  const skip = page.getByRole('button', { name: 'Skip to content' });
  await tabTo(page, skip);
  await page.keyboard.press('Enter');
  await expect(app.main).toBeFocused();

  await tabTo(page, row.more);
  await page.keyboard.press('Enter');
  await expect(page.locator('[role="menu"]:focus-within')).toBeVisible();
  await pressUntil('ArrowDown', page, page.getByRole('menuitem', { name: 'Delete…' }));
  await page.keyboard.press('Enter');
  await expect(row.dialog.keep).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row.dialog.root).toBeHidden();
  await expect(row.more).toBeFocused();
});

async function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
}
