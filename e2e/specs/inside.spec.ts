// The everyday look inside a cluster: its pods live, filtered as one types, one closely, and why one of them does not run.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expectAccessible } from './support/accessible';
import { boathouse } from './support/product';
import { clusterWithin, expect, test } from './support/test';

const image = 'registry.invalid/none:1';

test('pods are listed live and filtered, one is looked at closely, and one says why it does not run', async ({
  app,
  home,
  page,
  neighbour,
}) => {
  const kubeconfig = join(home.folder, 'neighbour');
  await writeFile(kubeconfig, await boathouse(home, 'kubeconfig', neighbour));
  const kubectl = async (...words: string[]) => {
    const program = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
    await promisify(execFile)(program, ['--kubeconfig', kubeconfig, ...words], { env: home.environment });
  };
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
    await kubectl('run', 'nowhere', `--image=${image}`, '--restart=Never');
    try {
      await expect(row(/nowhere/)).toContainText(/ErrImagePull|ImagePullBackOff/, { timeout: clusterWithin });
      await row(/nowhere/).click();
      const why = cluster.main.getByRole('region', { name: 'Why it is not running' });
      await expect(why).toContainText(image);
      await expect(why).toContainText('boathouse images load');
    } finally {
      await kubectl('delete', 'pod', 'nowhere', '--now');
    }
    await expect(row(/nowhere/)).toHaveCount(0);
  });
});
