// The screen of the kubeconfig: contexts in rows, what can be done with one, and what was done.
import type { Locator, Page } from '@playwright/test';

export class KubeconfigPage {
  private readonly main: Locator;
  readonly import: Locator;
  readonly importDialog: Locator;
  readonly history: Locator;

  constructor(page: Page) {
    this.main = page.getByRole('main');
    this.import = this.main.getByRole('button', { name: 'Import…' });
    this.importDialog = page.getByRole('dialog', { name: 'Import a kubeconfig' });
    this.history = this.main.getByRole('region', { name: 'History' });
  }

  row(context: string): Locator {
    return this.main.getByRole('row').filter({ has: this.nameOf(context) });
  }

  /** Looks at it, in the panel beside. */
  nameOf(context: string): Locator {
    return this.main.page().getByRole('button', { name: context, exact: true });
  }

  use(context: string): Locator {
    return this.main.getByRole('button', { name: `Use ${context}` });
  }

  panel(context: string): Locator {
    return this.main.getByRole('region', { name: context });
  }
}
