// Pictures of every screen with real clusters on it, and of what is there when nothing is, or when nothing works.
import { join } from 'node:path';
import { App } from '../pages/app';
import { testNodeImage } from './support/engine';
import { engineDoor } from './support/engine-door';
import { boathouse, serve } from './support/product';
import { type Look, Studio } from './support/studio';
import { clusterWithin, expect, expectEnd, test } from './support/test';

const looks: Look[] = [
  { locale: 'en-US', colorScheme: 'light' },
  { locale: 'en-US', colorScheme: 'dark' },
  { locale: 'zh-CN', colorScheme: 'light' },
  { locale: 'zh-CN', colorScheme: 'dark' },
];
const forReadme =
  process.env.BOATHOUSE_SCREENSHOTS === 'readme' ? new Set(['home', 'creating', 'cluster', 'inside']) : undefined;
/** For machines where others have clusters of these names. */
const prefix = process.env.BOATHOUSE_SCREENSHOTS_PREFIX ?? '';
const [lab, shop, workshop] = [`${prefix}lab`, `${prefix}shop`, `${prefix}workshop`];

test('every screen', async ({ browser, home }) => {
  test.setTimeout(1_800_000);
  for (const name of [lab, shop, workshop]) await home.claim(name);
  const door = engineDoor(join(home.folder, 'engine.sock'), (name) => [lab, shop, workshop].includes(name));
  const served = await serve(home, { engine: door.host });
  const studio = await Studio.with(browser, looks, forReadme);
  const app = new App(studio.first);
  try {
    await studio.open(served.origin);
    await studio.take('refused', { of: (page) => page.getByText('boathouse serve --open') });
    await studio.open(served.address);
    await studio.take('engine-away', { of: (page) => page.getByRole('alert'), path: '#/clusters' });
    await door.open();
    await studio.take('home-empty', { of: (page) => page.getByText(/Docker \d+.*GB.*$/).nth(1) });

    await boathouse(home, 'create', lab, '--template', 'single', '--image', testNodeImage, '--no-switch');
    await boathouse(home, 'stop', lab);
    await takeCreates(studio, app);
    await takeClusters(studio);
    await takeOthers(studio);

    await app.goTo('Clusters');
    await fillIn(app, workshop, '127.0.0.1:1/nobody/node:v1.34.0');
    await studio.take('failed', { of: (page) => page.getByRole('alert'), path: `#/clusters/${workshop}` });
    await served.kill();
    await studio.take('stale', { of: (page) => page.getByText(/Try now|立即重试/), path: '#/clusters' });
  } finally {
    await studio.close();
    await served.stop();
    await door.shut();
  }
});

async function fillIn(app: App, name: string, image: string): Promise<void> {
  await app.home.create.click();
  await app.newCluster.template('Three nodes').click();
  await app.newCluster.name.fill(name);
  await app.newCluster.chooseImage(image);
  await app.newCluster.create.click();
}

/** Begins a create and waits for the moment when much of it is done and much is still to come. */
async function begin(app: App, name: string): Promise<void> {
  await app.goTo('Clusters');
  await fillIn(app, name, testNodeImage);
  const creation = app.cluster(name).operation(`Creating ${name}`);
  await expect(creation.step('Wait for the API server', 'Running')).toBeVisible({ timeout: clusterWithin });
}

/** Creates one cluster to the end, and another half-way. */
async function takeCreates(studio: Studio, app: App): Promise<void> {
  await begin(app, shop);
  await studio.take('creating', { of: (page) => page.locator('[data-step]'), path: `#/clusters/${shop}` });
  await expectEnd(app.cluster(shop), 'Ready in');
  await studio.take('home-quiet', { of: (page) => page.getByRole('listitem', { name: shop }), path: '#/clusters' });

  await begin(app, workshop);
  await studio.take('home', { of: (page) => page.getByRole('listitem', { name: workshop }), path: '#/clusters' });
  await studio.take('operations', {
    of: (page) => page.locator('[data-step]'),
    prepare: (page) => page.getByRole('button', { name: /^1 /, expanded: false }).click(),
  });
  await app.goTo('Clusters');
  await app.operations.cancel.first().click();
  await expect(app.operations.root).toBeHidden();
}

async function takeClusters(studio: Studio): Promise<void> {
  await studio.take('cluster', { of: (page) => page.getByText(/^Ready$|^就绪$/), path: `#/clusters/${shop}` });
  await studio.take('inside', {
    of: (page) => page.getByRole('row', { name: /coredns/ }),
    path: `#/clusters/${shop}/inside`,
    prepare: async (page) => {
      await page
        .getByRole('row', { name: /coredns/ })
        .first()
        .click();
    },
  });
  await studio.take('cluster-history', {
    of: (page) => page.locator('[data-step]'),
    path: `#/clusters/${shop}/history`,
    prepare: (page) =>
      page.getByRole('main').getByRole('region').getByRole('button', { expanded: false }).first().click(),
  });
  await studio.take('cluster-stopped', { of: (page) => page.getByRole('table'), path: `#/clusters/${lab}` });
  await studio.take('delete', {
    of: (page) => page.getByRole('dialog'),
    path: `#/clusters/${shop}`,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^More for|的更多操作$/ }).click();
      await page.getByRole('menuitem', { name: /^(Delete|删除)…$/ }).click();
    },
  });
}

async function takeOthers(studio: Studio): Promise<void> {
  await studio.take('new-cluster', {
    of: (page) => page.locator('ol').getByText(/^\d[\d.]* (s|秒)$/),
    path: '#/new/quickstart',
    prepare: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^(More|更多)/ }).click();
      await page.getByRole('textbox', { name: /^(Node image|节点镜像)$/ }).fill(testNodeImage);
      await expect(page.getByText(testNodeImage, { exact: true })).toBeVisible();
    },
  });
  await studio.take('new-cluster-taken', {
    of: (page) => page.locator('[aria-invalid="true"]'),
    prepare: (page) => page.getByRole('textbox').first().fill(shop),
  });
  await studio.take('templates', { of: (page) => page.getByText('ClusterTemplate'), path: '#/templates/quickstart' });
  await studio.take('images', { of: (page) => page.getByText('boathouse registry create'), path: '#/images/registry' });
  await studio.take('caches', { of: (page) => page.getByText('boathouse caches create'), path: '#/images/caches' });
  await studio.take('doctor', { of: (page) => page.getByRole('heading', { level: 2 }).nth(3), path: '#/doctor' });
  await studio.take('settings', { of: (page) => page.getByText('DOCKER_HOST'), path: '#/settings' });
}
