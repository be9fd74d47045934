// A dashboard from the window: set up, opened in a tab that is signed in already, and removed with all that was made for it.
import { buildDashboardImage, dashboardImage, removeDashboardImage } from '../../electron/core/testing/dashboard-image';
import { expectAccessible } from './support/accessible';
import { boathouse } from './support/product';
import { expect, test } from './support/test';

test.afterEach(({ home }) => removeDashboardImage({ environment: home.environment, directory: home.folder }));

// No dashboard can be pulled here: a web server under its name shows what it was sent.
test('a dashboard is set up, opened signed in and removed', async ({ app, home, page, context, neighbour }) => {
  await buildDashboardImage({ environment: home.environment, directory: home.folder });
  await boathouse(home, 'images', 'load', neighbour, dashboardImage);
  const cluster = await app.openCluster(neighbour);
  const dialog = page.getByRole('dialog');
  const settings = cluster.main.getByRole('button', { name: /^Dashboard of .*: settings$/ });

  await test.step('without one, the button says what it would make and as whom one would be there', async () => {
    await cluster.main.getByRole('button', { name: 'Dashboard', exact: true }).click();
    await expect(dialog).toContainText('Sees everything but Secrets, and changes nothing.');
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Image from elsewhere' }).fill(dashboardImage);
    await dialog.getByRole('button', { name: 'Set up' }).click();
    await expect(dialog).toContainText('Ready', { timeout: 120_000 });
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('then one click opens it, and nobody has pasted a token', async () => {
    const opening = context.waitForEvent('page');
    await cluster.main.getByRole('button', { name: 'Dashboard', exact: true }).click();
    const board = await opening;
    await expect(board.getByRole('heading', { name: 'Signed in' })).toBeVisible();
    const sent = (await board.locator('pre').textContent()) ?? '';
    expect(sent).toMatch(/authorization: Bearer [\w-]+\.[\w-]+\.[\w-]+/i);
    expect(sent).not.toContain('boathouse-');
    expect(board.url()).not.toContain('token');
    await board.reload();
    await expect(board.getByRole('heading', { name: 'Signed in' })).toBeVisible();
    await board.close();
  });

  await test.step('removed, it says what goes, and the button begins anew', async () => {
    await settings.click();
    await dialog.getByRole('button', { name: 'Remove…' }).click();
    await expect(dialog).toContainText('every token');
    await dialog.getByRole('button', { name: 'Remove it all' }).click();
    await expect(dialog.getByRole('button', { name: 'Set up' })).toBeVisible({ timeout: 120_000 });
  });
});
