// Pictures of every screen in every state, both themes, both languages, and once with longer words: into screenshots/states.
import { join } from 'node:path';
import { test } from '@playwright/test';
import { looks } from './support/looks';
import { productFolder } from './support/product';
import { serveStandIn } from './support/stand-in-app';

const views = [
  { kind: 'en.light', theme: 'light', language: 'en' },
  { kind: 'en.dark', theme: 'dark', language: 'en' },
  { kind: 'zh-CN.light', theme: 'light', language: 'zh-CN' },
  { kind: 'zh-CN.dark', theme: 'dark', language: 'zh-CN' },
  { kind: 'pseudo.light', theme: 'light', language: 'en', pseudo: '' },
];

test('every state', async ({ page }) => {
  test.skip(process.env.BOATHOUSE_SCREENSHOTS === 'readme', "the README's are of real clusters");
  test.setTimeout(1_800_000);
  const app = await serveStandIn();
  try {
    for (const { kind, ...query } of views) {
      for (const { name, world, at } of looks) {
        await page.goto(app.address(world, at, query));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.waitForLoadState('networkidle');
        const path = join(productFolder, 'screenshots', 'states', `${name}.${kind}.png`);
        await page.screenshot({ path, animations: 'disabled' });
      }
    }
  } finally {
    await app.close();
  }
});
