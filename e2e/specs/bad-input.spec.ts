// What cannot be made: names that are refused before anything happens, and an image that does not come.
import { nothing, tracesOf } from './support/engine';
import { expect, test } from './support/test';

test('a name that cannot be used keeps the button from working, and says why', async ({ app, neighbour }) => {
  await expect(app.home.row(neighbour).root).toBeVisible();
  await app.home.create.click();
  const form = app.newCluster;
  await expect(form.create).toBeEnabled();
  const refused: [name: string, why: string][] = [
    [neighbour, `There is a cluster called ${neighbour} already.`],
    ['', 'A cluster needs a name.'],
    ['Bad_Name', 'Use lower-case letters, digits and dashes'],
    ['-dash', 'begin and end with a letter or digit'],
    ['x'.repeat(49), 'Use at most 48 characters.'],
  ];
  for (const [name, why] of refused) {
    await form.name.fill(name);
    await expect(form.form).toContainText(why);
    await expect(form.name).toHaveAccessibleDescription(new RegExp(why));
    await expect(form.create).toBeDisabled();
    await expect(form.create).toHaveAccessibleDescription('Correct the name first.');
    await form.name.press('Enter');
    await expect(app.heading('New cluster')).toBeVisible();
  }
  await form.name.fill('x'.repeat(48));
  await expect(form.create).toBeEnabled();
  await expect(app.operations.root).toBeHidden();
});

test('an image that cannot be fetched: what happened, why, and what to do, in the timeline', async ({ app, home }) => {
  const name = home.clusterName('no-image');
  const image = '127.0.0.1:1/nobody/node:v1.34.0';
  await app.home.create.click();
  const form = app.newCluster;
  await form.name.fill(name);
  await form.chooseImage(image);
  await expect(form.plan).toContainText(image);
  await expect(form.steps.filter({ hasText: 'Get the node image' })).toHaveCount(1);
  await form.create.click();

  const failed = app.cluster(name).operation(`Creating ${name} failed`);
  await expect(failed.error).toContainText('The image could not be fetched');
  await expect(failed.error).toContainText('The registry of 127.0.0.1:1/nobody/node:v1.34.0 cannot be reached');
  await expect(failed.error).toContainText('What to do');
  await expect(failed.error.getByRole('listitem').first()).toContainText('Check the network');
  await failed.error.getByRole('button', { name: 'What the program said' }).click();
  await expect(failed.error).toContainText('connection refused');
  await expect(failed.step('Get the node image', 'Failed')).toBeVisible();

  await app.goTo('Clusters');
  await expect(app.operations.fold).toHaveText('1 failed');
  await expect(app.home.row(name).root).toBeHidden();
  expect(await tracesOf(name)).toEqual(nothing);
  expect(await home.kubeconfig()).toBe(home.kubeconfigBefore);
});
