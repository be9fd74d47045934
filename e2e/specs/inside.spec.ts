// The everyday look inside a cluster: its pods live, filtered as one types, one closely, and why one of them does not run; their logs, a shell, a port that is forwarded.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expectAccessible } from './support/accessible';
import { boathouse } from './support/product';
import { clusterWithin, expect, test } from './support/test';
import type { UserHome } from './support/user-home';

const nowhere = 'registry.invalid/none:1';

/** kubectl as the user of the journey; resolves when it has ended well. */
async function kubectlFor(home: UserHome, name: string) {
  const kubeconfig = join(home.folder, 'neighbour');
  await writeFile(kubeconfig, await boathouse(home, 'kubeconfig', name));
  return async (...words: string[]) => {
    const program = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
    await promisify(execFile)(program, ['--kubeconfig', kubeconfig, ...words], { env: home.environment });
  };
}

test('pods are listed live and filtered, one is looked at closely, and one says why it does not run', async ({
  app,
  home,
  page,
  neighbour,
}) => {
  const kubectl = await kubectlFor(home, neighbour);
  const cluster = await app.openCluster(neighbour);
  const list = cluster.main.getByRole('grid', { name: 'Pod', exact: true });
  const row = (name: RegExp) => list.getByRole('row', { name });
  const filter = cluster.main.getByRole('textbox', { name: 'Filter' });

  await test.step('opened, all pods are there; the filter leaves what it says', async () => {
    await cluster.tab('Workloads').click();
    await expect(row(/kube-proxy-/)).toContainText('Running');
    await filter.fill('coredns');
    await expect(row(/coredns-/).first()).toBeVisible();
    await expect(row(/kube-proxy-/)).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step('one closely: its conditions, whom it belongs to, itself as YAML; closed, the list is where it was', async () => {
    await list.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const panel = cluster.main.getByRole('region', { name: /^coredns-/ });
    await expect(panel.getByRole('region', { name: 'Conditions' })).toContainText('Ready: True');
    await expect(panel).toContainText('Deployment coredns');
    await panel.getByText('YAML', { exact: true }).click();
    await expect(panel).toContainText('kind: Pod');
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Close' }).click();
    await expect(filter).toHaveValue('coredns');
  });

  await test.step('a pod whose image is nowhere comes by itself, and says why and what next', async () => {
    await filter.fill('nowhere');
    await kubectl('run', 'nowhere', `--image=${nowhere}`, '--restart=Never');
    try {
      await expect(row(/nowhere/)).toContainText(/ErrImagePull|ImagePullBackOff/, { timeout: clusterWithin });
      await row(/nowhere/).click();
      const why = cluster.main.getByRole('region', { name: 'Why it is not running' });
      await expect(why).toContainText(nowhere);
      await expect(why).toContainText('boathouse images load');
    } finally {
      await kubectl('delete', 'pod', 'nowhere', '--now');
    }
    await expect(row(/nowhere/)).toHaveCount(0);
  });
});

const crashing = 'echo run $(cat /proc/sys/kernel/random/uuid); exit 3';
const serving = 'echo hello >/tmp/index.html; exec busybox httpd -f -p 8080 -h /tmp';
/** Every node of the testbed has it, with a shell and busybox in it. */
const image = 'k8s.gcr.io/kube-proxy:v1.20.2';

test('a crashing pod is followed into its next run and the one before; a shell answers; a forwarded port outlives its pod', async ({
  app,
  home,
  page,
  neighbour,
}) => {
  const kubectl = await kubectlFor(home, neighbour);
  const run = (name: string, script: string, ...more: string[]) =>
    kubectl(
      'run',
      name,
      `--image=${image}`,
      '--image-pull-policy=Never',
      ...more,
      '--command',
      '--',
      'sh',
      '-c',
      script,
    );
  await run('crashing', crashing);
  await kubectl('create', 'deployment', 'page', `--image=${image}`, '--', 'sh', '-c', serving);
  try {
    await kubectl('rollout', 'status', 'deployment/page');
    const cluster = await app.openCluster(neighbour);
    await cluster.tab('Workloads').click();
    const list = cluster.main.getByRole('grid', { name: 'Pod', exact: true });
    const filter = cluster.main.getByRole('textbox', { name: 'Filter' });
    const open = async (name: string, view: string) => {
      await list.getByRole('row', { name }).first().click();
      const panel = cluster.main.getByRole('region', { name: new RegExp(`^${name}`) });
      await panel.getByText(view, { exact: true }).click();
      return panel;
    };

    await test.step('logs of a crashing pod go on with its next run; the previous run is one of them', async () => {
      await filter.fill('crashing');
      const panel = await open('crashing', 'Logs');
      const lines = panel.getByText(/^run [0-9a-f-]{36}$/);
      await expect(lines.nth(1)).toBeVisible({ timeout: clusterWithin });
      await panel.getByRole('checkbox', { name: 'Previous run' }).check();
      await expect(lines).toHaveCount(1);
    });

    await test.step('a shell answers what is typed', async () => {
      await filter.fill('page-');
      const panel = await open('page-', 'Shell');
      const screen = panel.getByRole('textbox', { name: /Shell in page-/ });
      await screen.focus();
      await page.keyboard.type('echo $((6 * 7))-boats\n');
      await expect(panel).toContainText('42-boats');
    });

    await test.step('a port that is forwarded leads to the pod that takes the place of one that was deleted', async () => {
      await filter.fill('page');
      await cluster.main.getByRole('combobox', { name: 'Kind' }).click();
      await page.getByRole('option', { name: 'Deployment', exact: true }).click();
      await cluster.main.getByRole('grid', { name: 'Deployment' }).getByRole('row', { name: 'page' }).click();
      const panel = cluster.main.getByRole('region', { name: 'page', exact: true });
      await panel.getByText('Forward', { exact: true }).click();
      await panel.getByRole('textbox', { name: 'Port' }).fill('8080');
      await panel.getByRole('button', { name: 'Open' }).click();
      const link = panel.getByRole('link', { name: /127\.0\.0\.1/ });
      const address = (await link.getAttribute('href')) ?? '';
      const visit = async () => {
        const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
        return answer?.text();
      };
      await expect.poll(visit).toBe('hello\n');
      await cluster.main.getByRole('combobox', { name: 'Kind' }).click();
      await page.getByRole('option', { name: 'Pod', exact: true }).click();
      const first = list.getByRole('row', { name: /page-/ });
      await expect(first).toHaveCount(1);
      // The name ends in five letters; the next cell begins right behind them.
      const [gone = ''] = /page-[a-z0-9]+-[a-z0-9]{5}/.exec((await first.textContent()) ?? '') ?? [];
      await list.focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Delete');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: /^At once/ }).check();
      await dialog.getByRole('button', { name: /^Delete page-/ }).click();
      await expect(list.getByRole('row', { name: gone })).toHaveCount(0, { timeout: clusterWithin });
      await expect(list.getByRole('row', { name: /page-.*Running/ })).toHaveCount(1, { timeout: clusterWithin });
      await expect.poll(visit, { timeout: 60_000 }).toBe('hello\n');
    });
  } finally {
    await kubectl('delete', 'pod/crashing', 'deployment/page', '--now', '--wait=false');
  }
});
