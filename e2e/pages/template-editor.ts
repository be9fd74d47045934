// The editor of a template: form left, YAML right, problems under it.
import type { Locator, Page } from '@playwright/test';

export class TemplateEditorPage {
  private readonly page: Page;
  readonly yaml: Locator;
  readonly save: Locator;
  readonly read: Locator;
  readonly noProblems: Locator;
  /** How many nodes each pool has, in the form. */
  readonly counts: Locator;
  private readonly problems: Locator;

  constructor(page: Page) {
    const main = page.getByRole('main');
    this.page = page;
    this.yaml = main.getByRole('textbox', { name: 'The template as YAML' });
    this.save = main.getByRole('button', { name: 'Save' });
    this.read = main.getByRole('link', { name: 'Read it' });
    this.noProblems = main.getByText('Nothing is wrong with it.');
    this.counts = main.getByRole('textbox', { name: 'Nodes' });
    this.problems = main.getByRole('list', { name: 'Problems' });
  }

  /** A problem's line, which leads there. */
  get problem(): Locator {
    return this.problems.getByRole('button', { name: /^line \d+$/ });
  }

  /** The line that the cursor is in. */
  get line(): Locator {
    return this.yaml.locator('.cm-activeLine');
  }

  /** Types over the rest of the line that the cursor is in. */
  async typeOver(text: string): Promise<void> {
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Escape');
  }
}
