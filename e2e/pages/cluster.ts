// A cluster's page: its state, nodes and history, and what can be done to it.
import type { Locator, Page } from '@playwright/test';
import { DeleteDialog } from './delete-dialog';
import { type OperationView, operationCalled } from './operations';

export class ClusterPage {
  private readonly page: Page;
  readonly main: Locator;
  /** The heading together with the state beside it. */
  readonly title: Locator;
  readonly nodes: Locator;
  readonly commands: Locator;
  readonly start: Locator;
  readonly stop: Locator;
  readonly delete: Locator;
  readonly dialog: DeleteDialog;
  readonly overviewTab: Locator;
  readonly historyTab: Locator;
  /** One item for each thing that was done to the cluster. */
  readonly history: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.main = page.getByRole('main');
    this.title = this.main.getByRole('heading', { level: 1, name, exact: true }).locator('..');
    this.nodes = this.main.getByRole('table', { name: 'Nodes' });
    this.commands = this.main.getByRole('region', { name: 'From a terminal' });
    this.start = this.main.getByRole('button', { name: 'Start', exact: true });
    this.stop = this.main.getByRole('button', { name: 'Stop', exact: true });
    this.delete = this.main.getByRole('button', { name: 'Delete…', exact: true });
    this.dialog = new DeleteDialog(page, name);
    this.overviewTab = this.main.getByRole('tab', { name: 'Overview' });
    this.historyTab = this.main.getByRole('tab', { name: 'History' });
    this.history = this.main.getByRole('tabpanel', { name: 'History' }).getByRole('list').first().locator('> li');
  }

  /** The row of a node, the header of which is its name. */
  node(name: string): Locator {
    return this.nodes.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name, exact: true }) });
  }

  operation(title: string | RegExp): OperationView {
    return operationCalled(this.main, title);
  }
}
