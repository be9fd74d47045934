// Every screen, as axe sees it, in both themes.

import { join } from 'node:path';
import { App } from '../pages/app';
import { expectAccessible } from './support/accessible';
import { engineDoor } from './support/engine-door';
import { serve } from './support/product';
import { expect, test } from './support/test';

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test('axe finds nothing on any screen', async ({ app, page, neighbour }) => {
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);

      await test.step('home', async () => {
        await expect(app.home.row(neighbour).root).toContainText('Running');
        await expectAccessible(page);
      });
      await test.step('new cluster', async () => {
        await app.home.create.click();
        await app.newCluster.more.click();
        await expect(app.newCluster.steps.first()).toBeVisible();
        await expectAccessible(page);
        await app.newCluster.name.fill('Bad_Name');
        await expect(app.newCluster.create).toBeDisabled();
        await expectAccessible(page);
      });
      await test.step('cluster page', async () => {
        const cluster = await app.openCluster(neighbour);
        await expect(cluster.node(`${neighbour}-control-plane`)).toContainText('Ready');
        await expectAccessible(page);
        await expect(cluster.since).toContainText('as the template says');
        await expectAccessible(page);
        await cluster.tab('Nodes').click();
        await cluster.addNodes.click();
        await cluster.change.getByText('Control plane', { exact: true }).click();
        await expect(cluster.change.getByRole('list', { name: 'Steps' })).toBeVisible();
        await expectAccessible(page);
        await cluster.change.getByRole('button', { name: 'Cancel' }).click();
        await cluster.tab('Template').click();
        await expect(app.main.getByRole('region', { name: 'What would change' })).toContainText(
          'There is nothing to do',
        );
        await expectAccessible(page);
        await cluster.historyTab.click();
        await expectAccessible(page);
        await cluster.askToDelete();
        await expect(cluster.dialog.keep).toBeFocused();
        await expectAccessible(page);
        await cluster.dialog.keep.click();
      });
      await test.step('templates', async () => {
        await app.goTo('Templates');
        await expect(app.main.getByRole('tab', { name: 'About' })).toBeVisible();
        await expectAccessible(page);
        await app.main.getByRole('tab', { name: 'YAML' }).click();
        await expect(app.main.getByRole('region', { name: 'The template as YAML' })).toContainText('ClusterTemplate');
        await expectAccessible(page);
        await app.main.getByRole('tab', { name: 'Share' }).click();
        await expectAccessible(page);
      });
      await test.step('images', async () => {
        await app.goTo('Images');
        await expect(
          app.main
            .getByRole('tabpanel')
            .getByText(/registry/i)
            .first(),
        ).toBeVisible();
        await expectAccessible(page);
        await app.main.getByRole('tab', { name: 'Mirrors' }).click();
        await expect(app.main.getByText(/Nodes ask a mirror first/)).toBeVisible();
        await expectAccessible(page);
        for (const name of ['Caches', 'Private registries', 'Disk', 'On this engine']) {
          await app.main.getByRole('tab', { name }).click();
          await expect(app.main.getByRole('tabpanel')).not.toBeEmpty();
          await expect(app.main.getByRole('status', { name: 'Loading' })).toHaveCount(0);
          await expectAccessible(page);
        }
      });
      await test.step('kubeconfig', async () => {
        await app.goTo('Kubeconfig');
        await expect(app.kubeconfig.row('office')).toContainText('Current');
        await expectAccessible(page);
        await app.kubeconfig.import.click();
        await expect(app.kubeconfig.importDialog).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
      });
      await test.step('doctor', async () => {
        await app.goTo('Doctor');
        await expect(app.main.getByRole('heading', { level: 2, name: 'Kubeconfig' })).toBeVisible();
        const folded = app.main.getByRole('button', { expanded: false });
        while ((await folded.count()) > 0) await folded.first().click();
        await expectAccessible(page);
      });
      await test.step('settings', async () => {
        await app.goTo('Settings');
        await expect(app.main.getByText('The variable DOCKER_HOST')).toBeVisible();
        await expectAccessible(page);
      });
      await test.step('what opens from the header', async () => {
        await app.enginePill.click();
        await expect(page.getByRole('dialog', { name: 'Docker Engine' })).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press('Escape');
        await app.languageButton.click();
        await expect(page.getByRole('menuitemradio', { checked: true })).toHaveText('As the system');
        await expectAccessible(page);
      });
    });

    test('axe finds nothing where there is nothing, and where nothing works', async ({ page, home }) => {
      const door = engineDoor(join(home.folder, 'engine.sock'), () => false);
      const served = await serve(home, { engine: door.host });
      try {
        const app = new App(page);
        await page.goto(served.origin);
        await expect(app.heading('This address needs its key')).toBeVisible();
        await expectAccessible(page);
        await app.open(served.address);
        await expect(app.home.problem).toBeVisible();
        await expectAccessible(page);
        await door.open();
        await expect(app.home.welcome).toBeVisible();
        await expectAccessible(page);
        await served.kill();
        await expect(app.staleBanner).toBeVisible();
        await expectAccessible(page);
      } finally {
        await served.stop();
        await door.shut();
      }
    });
  });
}
