// What every journey begins with: a user, a host that serves them, the app open in a browser; and a cluster to look at.
import { test as base, expect, type Page } from '@playwright/test';
import { App } from '../../pages/app';
import type { ClusterPage } from '../../pages/cluster';
import { testNodeImage } from './engine';
import { boathouse, type Served, serve } from './product';
import { makeUserHome, type UserHome } from './user-home';

export { expect };

/** Milliseconds for a cluster to come up on a machine that is busy with other things. */
export const clusterWithin = 240_000;

interface Fixtures {
  home: UserHome;
  /** A host on the real engine. */
  served: Served;
  /** The app, open at home. */
  app: App;
}

interface WorkerFixtures {
  /** The name of a cluster that runs, made by another user's command line; to be looked at, not to be changed. */
  neighbour: string;
}

/** What the page itself got wrong: errors that nobody caught, and what the browser complains about, apart from lost connections. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    const network = /Failed to load resource|WebSocket connection to/.test(message.text());
    if (message.type() === 'error' && !network) complaints.push(message.text());
  });
  return complaints;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  page: async ({ page }, use) => {
    const complaints = complaintsOf(page);
    await use(page);
    expect(complaints).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  home: async ({}, use) => {
    const home = await makeUserHome();
    await use(home);
    await home.leave();
  },
  served: async ({ home }, use) => {
    const served = await serve(home);
    await use(served);
    await served.stop();
    expect(served.warnings()).toEqual([]);
  },
  app: async ({ page, served }, use) => {
    const app = new App(page);
    await app.open(served.address);
    await use(app);
  },
  neighbour: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => {
      const home = await makeUserHome();
      const name = home.clusterName('neighbour');
      try {
        await boathouse(home, 'create', name, '--template', 'single', '--image', testNodeImage);
        await use(name);
      } finally {
        await home.leave();
      }
    },
    { scope: 'worker', timeout: clusterWithin },
  ],
});

/** Waits for an operation on the cluster's page to end as it should; when it fails instead, its reasons are in the report. */
export async function expectEnd(
  cluster: ClusterPage,
  title: 'Ready in' | 'Started in' | 'Stopped in' | 'Deleted in' | 'Changed in',
) {
  const ended = cluster.operation(new RegExp(`^${title} |failed after`));
  await expect(ended.root).toBeVisible({ timeout: clusterWithin });
  if (await ended.error.isVisible()) await ended.error.getByRole('button', { expanded: false }).click();
  expect(await ended.error.allInnerTexts()).toEqual([]);
}
