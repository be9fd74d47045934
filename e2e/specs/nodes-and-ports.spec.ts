// A running cluster changes in the window: a worker comes, a port leads to it, both go again; the first node does not notice.
import { expectAccessible } from './support/accessible';
import { testNodeImage } from './support/engine';
import { boathouse, freePort } from './support/product';
import { clusterWithin, expect, expectEnd, test } from './support/test';

/** What a kubelet says to those who speak HTTP with it; nothing while nothing answers. */
async function answerOf(port: number): Promise<string> {
  const asked = fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) });
  return asked.then((answer) => answer.text()).catch(() => '');
}

test('a worker and a port come and go while the cluster runs', async ({ app, home, page }) => {
  const name = home.clusterName('grows');
  const worker = `${name}-worker`;
  const port = await freePort();
  await boathouse(home, 'create', name, '--template', 'single', '--image', testNodeImage, '--no-switch');
  const cluster = await app.openCluster(name);

  await test.step('the map shows it', async () => {
    await expect(cluster.map.getByRole('link', { name: /control-plane.*Ready/ })).toBeVisible();
    await expect(cluster.map.getByRole('link', { name: /Kubernetes API/ })).toBeVisible();
    await expect(cluster.since).toContainText('as the template says');
    await expectAccessible(page);
  });

  await test.step('a worker is added', async () => {
    await cluster.tab('Nodes').click();
    await cluster.addNodes.click();
    await expect(cluster.change).toContainText(`boathouse nodes add ${name}`);
    await expect(cluster.change.getByText('Wait until the node is Ready')).toBeVisible();
    await cluster.change.getByRole('button', { name: 'Add 1 worker' }).click();
    await expectEnd(cluster, 'Changed in');
    await expect(cluster.node(worker)).toContainText('Ready', { timeout: clusterWithin });
  });

  await test.step('a port leads to it', async () => {
    await cluster.tab('Ports').click();
    await cluster.newPort.fill(`${port} -> node ${worker}:10250`);
    await cluster.newPort.press('Enter');
    await cluster.change.getByRole('button', { name: 'Open the port' }).click();
    await expect(cluster.port(port)).toContainText('Open');
    await expect.poll(() => answerOf(port), { timeout: 60_000 }).toContain('HTTPS');
  });

  await test.step('a worker that a port needs stays until the port is closed', async () => {
    await cluster.tab('Nodes').click();
    await cluster.nodeAction(worker, 'Drain and remove…');
    await expect(cluster.change.getByRole('alert')).toContainText(String(port));
    await cluster.change.getByRole('button', { name: 'Cancel' }).click();
    await cluster.tab('Ports').click();
    await cluster.main.getByRole('button', { name: new RegExp(`^Close .*:${port}`) }).click();
    await cluster.change.getByRole('button', { name: 'Close the port' }).click();
    await expect(cluster.port(port)).toBeHidden();
    await expect.poll(() => answerOf(port)).toBe('');
  });

  await test.step('the worker is drained and removed', async () => {
    await cluster.tab('Nodes').click();
    await cluster.nodeAction(worker, 'Drain and remove…');
    await cluster.change.getByRole('button', { name: `Remove ${worker}` }).click();
    await expect(cluster.change).toBeHidden();
    await expect(cluster.node(worker)).toBeHidden({ timeout: clusterWithin });
    await expect(cluster.node(`${name}-control-plane`)).toContainText('Ready');
    await cluster.overviewTab.click();
    await expect(cluster.since).toContainText('as the template says');
  });
});
