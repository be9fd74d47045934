// Home: the list of clusters, or what stands in its place.
import type { Locator, Page } from '@playwright/test';
import { DeleteDialog } from './delete-dialog';

export class HomePage {
  readonly page: Page;
  readonly main: Locator;
  /** Leads to a new cluster, whether there are clusters already or not. */
  readonly create: Locator;
  /** What a newcomer reads in place of the list. */
  readonly welcome: Locator;
  /** Why there is no list, and what to do about it. */
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.create = this.main.getByRole('link', { name: /^(New cluster|Create your first cluster)$/ });
    this.welcome = this.main.getByText('Boathouse keeps Kubernetes clusters on your own computer');
    this.problem = this.main.getByRole('alert');
  }

  row(name: string): ClusterRow {
    return new ClusterRow(this.page, name);
  }

  template(title: string): Locator {
    return this.main.getByRole('link', { name: title });
  }
}

export class ClusterRow {
  /** The row as a whole: to be compared with text, or to be found gone. */
  readonly root: Locator;
  readonly link: Locator;
  readonly more: Locator;
  readonly dialog: DeleteDialog;
  private readonly page: Page;
  private readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    this.root = page.getByRole('main').getByRole('listitem', { name, exact: true });
    this.link = this.root.getByRole('link', { name, exact: true });
    this.more = this.root.getByRole('button', { name: `More for ${name}` });
    this.dialog = new DeleteDialog(page, name);
  }

  /** The button for what is likely wanted next. */
  action(verb: 'Open' | 'Start' | 'Clean up'): Locator {
    return this.root.getByRole('button', { name: `${verb} ${this.name}`, exact: true });
  }

  /** Chooses from the row's menu. */
  async choose(item: 'Start' | 'Stop' | 'Make current context' | 'Delete…'): Promise<void> {
    await this.more.click();
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
  }
}
