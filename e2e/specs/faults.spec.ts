// What is beside Boathouse goes away and comes back: its host, and the engine.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { App } from '../pages/app';
import { engineDoor } from './support/engine-door';
import { serve } from './support/product';
import { expect, test } from './support/test';

/** Waits until the screens that nobody has gone to are there, too: the app fetches them when it has nothing else to do. */
async function restFetched(page: Page): Promise<void> {
  const fetched = () =>
    page.evaluate(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('new-cluster-screen')),
    );
  await expect.poll(fetched).toBe(true);
  await page.waitForLoadState('networkidle');
}

test('the host dies and comes back: what was seen stays, marked as old, until the new address', async ({
  page,
  home,
  neighbour,
}) => {
  const first = await serve(home);
  const app = new App(page);
  await app.open(first.address);
  const row = app.home.row(neighbour);
  await expect(row.root).toContainText('Running');
  await expect(app.main.getByRole('link', { name: 'All templates' })).toBeVisible();

  await restFetched(page);
  await first.kill();
  await expect(app.staleBanner).toContainText('Connection to Boathouse lost; trying again.');
  await expect(row.root).toContainText('Running');
  await app.home.create.click();
  await expect(app.newCluster.create).toBeDisabled();
  await expect(app.newCluster.create).toHaveAccessibleDescription('There is no connection to Boathouse.');

  const second = await serve(home, { port: first.port });
  try {
    await expect(app.staleBanner).toContainText('Open the address that the terminal printed.');
    await app.open(second.address);
    await expect(page).toHaveURL(`${second.origin}/#/`);
    await expect(app.staleBanner).toBeHidden();
    await expect(row.root).toContainText('Running');
    await app.home.create.click();
    await expect(app.newCluster.create).toBeEnabled();
  } finally {
    await second.stop();
  }
});

test('no engine: the reason and its fix in place of the list, and the list when there is one', async ({
  page,
  home,
  neighbour,
}) => {
  const door = engineDoor(join(home.folder, 'engine.sock'));
  const served = await serve(home, { engine: door.host });
  const app = new App(page);
  const row = app.home.row(neighbour);
  try {
    await app.open(served.address);
    await expect(app.home.problem).toContainText('Docker does not answer');
    await expect(app.home.problem).toContainText(`There is no Docker Engine at ${door.host}`);
    await expect(app.home.problem.getByRole('listitem').first()).toContainText('Start Docker');
    await expect(app.enginePill).toContainText('Docker does not answer');
    await expect(app.navigation.getByRole('link', { name: 'Doctor' })).toContainText('1 problem');

    await door.open();
    await expect(row.root).toContainText('Running');
    await expect(app.home.problem).toBeHidden();
    await expect(app.enginePill).toContainText(/Docker \d+/);

    await door.shut();
    await expect(app.home.problem).toContainText('Docker does not answer');
    await expect(row.root).toBeHidden();
    await app.home.problem.getByRole('button', { name: 'Try again' }).click();
    await expect(app.home.problem).toBeVisible();

    await door.open();
    await expect(row.root).toContainText('Running');
  } finally {
    await served.stop();
    await door.shut();
  }
});
