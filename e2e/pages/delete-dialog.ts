// The question before a cluster is deleted.
import type { Locator, Page } from '@playwright/test';

export class DeleteDialog {
  readonly root: Locator;
  readonly keep: Locator;
  readonly confirm: Locator;

  constructor(page: Page, name: string) {
    this.root = page.getByRole('dialog', { name: `Delete ${name}?` });
    this.keep = this.root.getByRole('button', { name: 'Keep it' });
    this.confirm = this.root.getByRole('button', { name: `Delete ${name}`, exact: true });
  }
}
