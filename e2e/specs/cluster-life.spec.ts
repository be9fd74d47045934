// The main journey, by keyboard alone: a cluster from its plan to Ready, stopped, started, deleted, and nothing left of it.

import { expectAccessible } from './support/accessible';
import { nothing, runningContainers, testNodeImage, tracesOf } from './support/engine';
import { pressOn, tabTo, viaPalette } from './support/keys';
import { expect, expectEnd, test } from './support/test';

test('a cluster is planned, made, reloaded into, stopped, started and deleted', async ({ app, home, page }) => {
  const name = home.clusterName('life');
  const node = `${name}-control-plane`;
  const cluster = app.cluster(name);

  await test.step('the plan comes first', async () => {
    await expect(app.home.welcome.or(app.home.create).first()).toBeVisible();
    await page.keyboard.press('n');
    await expect(app.heading('New cluster')).toBeFocused();
    const form = app.newCluster;
    await pressOn(page, form.template('Single node'));
    await tabTo(page, form.name);
    await page.keyboard.type(name);
    await pressOn(page, form.makeCurrent, 'Space');
    await pressOn(page, form.more);
    await tabTo(page, form.image);
    await page.keyboard.type(testNodeImage);
    await expect(form.plan).toContainText(`Node image: ${testNodeImage}`);
    await expect(form.plan.getByText(/^\d+ steps, many side by side: about \d+ s$/)).toBeVisible();
    for (const step of ['Create the network', 'Create the container', 'Wait for the API server', 'Wait for DNS'])
      await expect(form.steps.filter({ hasText: step })).toHaveCount(1);
    await expect(form.plan).toContainText(
      `boathouse create ${name} --template single --image ${testNodeImage} --no-switch`,
    );
    expect(await tracesOf(name)).toEqual(nothing);
    await pressOn(page, form.create);
  });

  await test.step('the timeline fills in, also for a page that was loaded in the middle', async () => {
    const creation = cluster.operation(`Creating ${name}`);
    await expect(creation.step('Create the network', 'Done')).toBeVisible();
    await expect(creation.step('Wait for DNS', 'Waiting')).toBeVisible();
    await expect(creation.step('Create the container', 'Done')).toBeVisible();
    await page.reload();
    await expect(creation.step('Create the container', 'Done')).toBeVisible();
    await expect(cluster.title).toContainText('Creating');
    await expect(cluster.stop).toBeHidden();
    await expectAccessible(page);
    await expectEnd(cluster, 'Ready in');
  });

  await test.step('the cluster runs and kubectl knows it', async () => {
    await expect(cluster.title).toContainText('Running');
    await expect(cluster.node(node)).toContainText(/Control plane.*Ready/);
    await expect(cluster.node(node)).toContainText(testNodeImage);
    await expect(cluster.commands).toContainText(`kubectl --context kind-${name} get nodes`);
    expect(await home.contexts()).toEqual({ current: 'office', names: ['office', `kind-${name}`] });
    expect(await home.kubeconfig()).toContain('- name: office # only through the VPN');
  });

  const before = await tracesOf(name);
  expect(before).toMatchObject({
    containers: [node, `${name}-external-load-balancer`],
    networks: [`boathouse-${name}`],
  });
  expect(before.volumes).toHaveLength(1);

  await test.step('stop and start', async () => {
    await pressOn(page, cluster.stop);
    await expectEnd(cluster, 'Stopped in');
    await expect(cluster.title).toContainText('Stopped');
    expect(await runningContainers(name)).toBe(0);
    await pressOn(page, cluster.start);
    await expectEnd(cluster, 'Started in');
    await expect(cluster.title).toContainText('Running');
    await expect(cluster.node(node)).toContainText('Ready');
    // The node, and the entrance to its API.
    expect(await runningContainers(name)).toBe(2);
    await viaPalette(page, `${name} history`, `${name}: History`);
    await expect(cluster.history).toContainText([/Started in/, /Stopped in/, /Ready in/]);
  });

  await test.step('delete asks, names what is lost, and leaves nothing', async () => {
    await viaPalette(page, `delete ${name}`, new RegExp(`^Delete… ${name} *boathouse`));
    await expect(cluster.dialog.root).toContainText('This cannot be undone');
    for (const lost of [node, `boathouse-${name}`, `kind-${name}`])
      await expect(cluster.dialog.root.getByText(lost, { exact: true })).toBeVisible();
    await expect(cluster.dialog.keep).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(cluster.dialog.root).toBeHidden();
    await expect(cluster.title).toContainText('Running');

    await viaPalette(page, `delete ${name}`, new RegExp(`^Delete… ${name} *boathouse`));
    await expect(cluster.dialog.keep).toBeFocused();
    await pressOn(page, cluster.dialog.confirm);
    await expect(cluster.dialog.root).toBeHidden();
    await expectEnd(cluster, 'Deleted in');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(app.enginePill).toContainText(/Docker \d+/);
    await expect(app.home.row(name).root).toBeHidden();
    expect(await tracesOf(name, before)).toEqual(nothing);
    expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
  });
});
