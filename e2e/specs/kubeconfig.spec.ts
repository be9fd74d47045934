// The kubeconfig of somebody who also has others' clusters in it: imported into, switched with kubectl following, and a mistake undone.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expectAccessible } from './support/accessible';
import { expect, test } from './support/test';

const lab = `apiVersion: v1
kind: Config
clusters: [{name: lab, cluster: {server: "https://127.0.0.1:1"}}]
contexts: [{name: lab, context: {cluster: lab, user: lab}}]
users: [{name: lab, user: {token: journey-token}}]
`;

test('a context is imported and switched to, kubectl follows and is followed, a removal is undone', async ({
  app,
  home,
  page,
}) => {
  const screen = app.kubeconfig;
  const kubectl = async (...given: string[]) => {
    const program = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
    return (await promisify(execFile)(program, given, { env: home.environment })).stdout.trim();
  };

  await test.step('a pasted one shows what it adds before it is taken in', async () => {
    await app.goTo('Kubeconfig');
    await expect(screen.row('office')).toContainText('Current');
    await screen.import.click();
    await screen.importDialog.getByRole('textbox', { name: 'Paste a kubeconfig' }).fill(lab);
    await expect(screen.importDialog).toContainText('is added');
    await expectAccessible(page);
    expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
    await screen.importDialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(screen.row('lab')).toContainText('This computer');
  });

  await test.step('switched to, kubectl follows; switched by kubectl, the window follows', async () => {
    await screen.use('lab').click();
    await expect(screen.row('lab')).toContainText('Current');
    expect(await kubectl('config', 'current-context')).toBe('lab');
    await kubectl('config', 'use-context', 'office');
    await expect(screen.row('office')).toContainText('Current');
    await expect(screen.row('lab')).not.toContainText('Current');
  });

  await test.step('a removal is shown first, and undone', async () => {
    const before = await home.kubeconfig();
    await screen.nameOf('lab').click();
    const panel = screen.panel('lab');
    await panel.getByText('Remove', { exact: true }).click();
    await expect(panel).toContainText('server: https://127.0.0.1:1');
    await expect(panel).not.toContainText('journey-token');
    await panel.getByRole('button', { name: 'Remove lab' }).click();
    await expect(screen.row('lab')).toHaveCount(0);
    expect((await home.contexts()).names).toEqual(['office']);
    await screen.history.getByRole('button', { name: 'Undo: lab removed' }).click();
    await expect(screen.row('lab')).toBeVisible();
    expect(await home.kubeconfig()).toBe(before);
    await expectAccessible(page);
  });
});
