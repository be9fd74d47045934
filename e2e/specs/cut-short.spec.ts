// Creates that do not come to their end: cancelled, the host killed, the engine gone. Nothing half-made stays unnoticed.
import { join } from 'node:path';
import { App } from '../pages/app';
import { nothing, testNodeImage, tracesOf } from './support/engine';
import { engineDoor } from './support/engine-door';
import { serve } from './support/product';
import { expect, test } from './support/test';

/** Begins a create and gives its name once its first node boots. */
async function begin(app: App, name: string): Promise<void> {
  await app.home.create.click();
  await app.newCluster.template('Single node').click();
  await app.newCluster.name.fill(name);
  await app.newCluster.chooseImage(testNodeImage);
  await app.newCluster.create.click();
  const creation = app.cluster(name).operation(`Creating ${name}`);
  await expect(creation.step('Create the container', 'Done')).toBeVisible();
}

test('cancelled half-way from the panel: nothing is left', async ({ app, home }) => {
  const name = home.clusterName('cancel');
  await begin(app, name);
  await app.goTo('Clusters');
  await expect(app.home.row(name).root).toContainText('Creating');
  await expect(app.operations.fold).toHaveText('1 running');
  await app.operations.fold.click();
  const creation = app.operations.operation(new RegExp(`${name}$`));
  await expect(creation.step('Boot the node', 'Done')).toBeVisible({ timeout: 120_000 });
  const before = await tracesOf(name);
  expect(before.containers).toContain(`${name}-control-plane`);

  await creation.cancel.click();
  await expect(app.page.getByText(`Creating ${name} was cancelled after`)).toBeVisible();
  await expect(app.operations.root).toBeHidden();
  await expect(app.home.row(name).root).toBeHidden();
  expect(await tracesOf(name, before)).toEqual(nothing);
  expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
});

test('the host is killed half-way: the next one shows what is left and cleans it up', async ({ page, home }) => {
  const name = home.clusterName('killed');
  const app = new App(page);
  const first = await serve(home);
  await app.open(first.address);
  await begin(app, name);
  await first.kill();
  await expect(app.staleBanner).toBeVisible();
  const before = await tracesOf(name);
  expect(before.containers).toContain(`${name}-control-plane`);

  const second = await serve(home, { port: first.port });
  try {
    await app.open(second.address);
    const row = app.home.row(name);
    await expect(row.root).toContainText('Incomplete');
    await expect(row.root).toContainText('A create was interrupted. These are the parts it left.');
    await app.goTo('Doctor');
    await expect(app.main.getByRole('article').filter({ hasText: name })).toContainText('Problem');
    await app.goTo('Clusters');
    await row.action('Clean up').click();
    await expect(row.root).toBeHidden();
    await expect.poll(() => tracesOf(name, before)).toEqual(nothing);
    expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
  } finally {
    await second.stop();
  }
});

test('the core dies half-way: it is there again in every window, which say so and show what was cut off', async ({
  page,
  context,
  home,
  served,
}) => {
  const name = home.clusterName('core-gone');
  const app = new App(page);
  await app.open(served.address);
  const second = new App(await context.newPage());
  await second.page.goto(served.origin);
  await begin(app, name);
  await expect(second.home.row(name).root).toContainText('Creating');
  await served.killCore();
  for (const window of [app, second]) {
    await expect(window.page.getByText(/core broke down at .* was started again/)).toBeVisible({ timeout: 60_000 });
    await expect(window.staleBanner).toBeHidden();
  }
  const before = await tracesOf(name);
  await app.goTo('Clusters');
  const row = app.home.row(name);
  await expect(row.root).toContainText('A create was interrupted. These are the parts it left.');
  await row.action('Clean up').click();
  for (const window of [app, second]) await expect(window.home.row(name).root).toBeHidden();
  await expect.poll(() => tracesOf(name, before)).toEqual(nothing);
});

test('the engine goes away half-way: the create says so, and what is left is cleaned up', async ({ page, home }) => {
  const name = home.clusterName('engine-gone');
  const door = engineDoor(join(home.folder, 'engine.sock'));
  await door.open();
  const served = await serve(home, { engine: door.host });
  try {
    const app = new App(page);
    await app.open(served.address);
    await begin(app, name);
    await door.shut();
    const failed = app.cluster(name).operation(`Creating ${name} failed`);
    await expect(failed.error).toContainText('Docker does not answer', { timeout: 120_000 });
    await expect(failed.error).toContainText('What to do');
    await app.goTo('Clusters');
    await expect(app.home.problem).toContainText('Docker does not answer');
    const before = await tracesOf(name);

    await door.open();
    const row = app.home.row(name);
    await expect(row.root).toContainText('Incomplete');
    await row.action('Clean up').click();
    await expect(row.root).toBeHidden();
    await expect.poll(() => tracesOf(name, before)).toEqual(nothing);
    expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
  } finally {
    await served.stop();
    await door.shut();
  }
});
