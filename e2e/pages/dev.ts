// The dev loop's screens: a project by its folder, and the loop that runs for it.
import type { Locator, Page } from '@playwright/test';

export class DevPage {
  readonly main: Locator;
  /** The loop that runs; there is one at a time in a journey. */
  readonly loop: Locator;

  constructor(page: Page) {
    this.main = page.getByRole('main');
    this.loop = page.getByRole('region', { name: /^Dev loop in / });
  }

  async add(folder: string): Promise<void> {
    await this.main
      .getByRole('combobox', { name: 'Folder' })
      .or(this.main.getByRole('textbox', { name: 'Folder' }))
      .fill(folder);
    await this.main.getByRole('button', { name: 'Add the folder' }).click();
  }

  /** Starts it in the current context. */
  async start(namespace: string): Promise<void> {
    const start = this.main.getByRole('region', { name: 'Start a dev loop' });
    await start.getByRole('textbox', { name: 'Namespace' }).fill(namespace);
    await start.getByRole('button', { name: 'Start the loop' }).click();
  }

  /** A change by its number. */
  row(number: number): Locator {
    return this.loop.getByRole('row', { name: new RegExp(`#${number}\\b`) });
  }

  async stopAndDelete(): Promise<void> {
    await this.loop.getByRole('button', { name: 'Stop' }).click();
    await this.main
      .page()
      .getByRole('menuitem', { name: /^Delete what it deployed/ })
      .click();
  }
}
