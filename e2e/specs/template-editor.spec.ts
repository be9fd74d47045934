// A template of the user's own: copied, edited with a mistake and without, saved, and planned from.
import { expectAccessible } from './support/accessible';
import { expect, test } from './support/test';

test('a template is copied, edited, saved, and a cluster is planned from it', async ({ app, page }) => {
  const editor = app.templateEditor;
  await test.step('copied', async () => {
    await app.goTo('Templates');
    await app.main.getByRole('link', { name: 'Three nodes' }).click();
    await app.main.getByRole('button', { name: 'Duplicate' }).click();
    await expect(page.getByText('Copied: this is three-node-2 now')).toBeVisible();
    await app.main.getByRole('link', { name: 'Edit' }).click();
    await expect(app.heading('Edit three-node-2')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a mistake is told, leads to its line, and is not saved', async () => {
    await editor.counts.last().fill('two');
    await expect(editor.problem).toHaveCount(1);
    await expect(editor.counts.last()).toHaveAttribute('aria-invalid', 'true');
    await expect(editor.save).toBeDisabled();
    await expectAccessible(page);
    await editor.problem.click();
    await expect(editor.yaml).toBeFocused();
    await expect(editor.line).toHaveText(/count: two/);
  });

  await test.step('what is corrected in the text stands in the form, and is saved', async () => {
    await editor.typeOver('3');
    await expect(editor.noProblems).toBeVisible();
    await expect(editor.counts.last()).toHaveValue('3');
    await editor.save.click();
    await expect(page.getByText('Saved: three-node-2')).toBeVisible();
  });

  await test.step('a cluster is planned from it', async () => {
    await editor.read.click();
    await app.main.getByRole('link', { name: 'Create a cluster' }).click();
    const { plan } = app.newCluster;
    await expect(plan).toContainText('--template three-node-2');
    await expect(plan.getByText('worker3').first()).toBeVisible();
  });
});
