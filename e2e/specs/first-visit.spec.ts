// The first visit: the printed address lets the browser in, and an engine without clusters gets a welcome.
import { join } from 'node:path';
import { App } from '../pages/app';
import { engineDoor } from './support/engine-door';
import { serve } from './support/product';
import { expect, test } from './support/test';

test('the address lets the browser in, and its token stays nowhere', async ({ page, context, served, neighbour }) => {
  const app = new App(page);
  await app.open(served.address);
  await expect(page).toHaveURL(`${served.origin}/#/`);
  const [cookie, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: `boathouse-${served.port}`, httpOnly: true, sameSite: 'Strict' });
  expect(new URL(served.address).hash).not.toContain(cookie?.value);

  await expect(app.home.row(neighbour).root).toContainText('Running');
  await expect(app.enginePill).toContainText(/Docker \d+/);

  await page.reload();
  await expect(app.home.row(neighbour).root).toBeVisible();
});

test('a browser without the token is told how to get in, and gets in with it', async ({ page, served }) => {
  const app = new App(page);
  await page.goto(served.origin);
  await expect(app.heading('This address needs its key')).toBeVisible();
  await expect(app.main).toContainText('boathouse serve --open');

  await app.open(served.address);
  await expect(page).toHaveURL(`${served.origin}/#/`);
  await expect(app.enginePill).toContainText(/Docker \d+/);
});

test('an engine without clusters: what Boathouse is, what is here, and three ways to begin', async ({ page, home }) => {
  const door = engineDoor(join(home.folder, 'engine.sock'), () => false);
  await door.open();
  const served = await serve(home, { engine: door.host });
  try {
    const app = new App(page);
    await app.open(served.address);
    await expect(app.home.welcome).toBeVisible();
    await expect(app.main.getByText(/Found here: Docker \d+.* processors?, .* GB of memory/)).toBeVisible();
    for (const template of ['Single node', 'Three nodes', 'Quick start'])
      await expect(app.home.template(template)).toBeVisible();
    await app.home.template('Three nodes').click();
    await expect(app.newCluster.template('Three nodes')).toHaveAttribute('aria-current', 'true');
    await page.goBack();
    await app.home.create.click();
    await expect(app.newCluster.create).toBeEnabled();
  } finally {
    await served.stop();
    await door.shut();
  }
});
