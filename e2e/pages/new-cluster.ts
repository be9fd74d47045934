// The screen that creates a cluster: what, how it is called, and what will happen.
import type { Locator, Page } from '@playwright/test';

export class NewClusterPage {
  readonly templates: Locator;
  readonly form: Locator;
  readonly name: Locator;
  readonly makeCurrent: Locator;
  readonly more: Locator;
  readonly image: Locator;
  readonly keepOnFailure: Locator;
  readonly create: Locator;
  readonly failure: Locator;
  readonly plan: Locator;
  /** One item for each step that is going to be taken. */
  readonly steps: Locator;

  constructor(page: Page) {
    this.templates = page.getByRole('region', { name: 'Template' });
    this.form = page.getByRole('form', { name: 'Settings' });
    this.name = this.form.getByRole('textbox', { name: 'Name' });
    this.makeCurrent = this.form.getByRole('checkbox', { name: 'Make it the current context' });
    this.more = this.form.getByRole('button', { name: 'More' });
    this.image = this.form.getByRole('textbox', { name: 'Node image' });
    this.keepOnFailure = this.form.getByRole('checkbox', { name: 'Keep the nodes if it fails' });
    this.create = this.form.getByRole('button', { name: /^Create/ });
    this.failure = this.form.getByRole('alert');
    this.plan = page.getByRole('region', { name: 'What will happen' });
    this.steps = this.plan.getByRole('list', { name: 'Steps' }).getByRole('listitem');
  }

  template(title: string): Locator {
    return this.templates.getByRole('link', { name: title });
  }

  async chooseImage(reference: string): Promise<void> {
    if ((await this.more.getAttribute('aria-expanded')) === 'false') await this.more.click();
    await this.image.fill(reference);
  }
}
