// A cluster's page: its state, nodes and history, and what can be done to it.
import type { Locator, Page } from '@playwright/test';
import { DeleteDialog } from './delete-dialog';
import { type OperationView, operationCalled } from './operations';

export class ClusterPage {
  private readonly page: Page;
  private readonly name: string;
  readonly main: Locator;
  /** The heading together with the state beside it. */
  readonly title: Locator;
  readonly nodes: Locator;
  readonly commands: Locator;
  readonly start: Locator;
  readonly stop: Locator;
  readonly dialog: DeleteDialog;
  readonly overviewTab: Locator;
  readonly historyTab: Locator;
  readonly map: Locator;
  /** What has changed since the template. */
  readonly since: Locator;
  readonly addNodes: Locator;
  /** The dialog of a change: its fields, and what will happen. */
  readonly change: Locator;
  readonly newPort: Locator;
  /** One item for each thing that was done to the cluster. */
  readonly history: Locator;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    this.main = page.getByRole('main');
    this.title = this.main.getByRole('heading', { level: 1, name, exact: true }).locator('..');
    this.nodes = this.main.getByRole('table', { name: 'Nodes' });
    this.commands = this.main.getByRole('region', { name: 'From a terminal' });
    this.start = this.main.getByRole('button', { name: 'Start', exact: true });
    this.stop = this.main.getByRole('button', { name: 'Stop', exact: true });
    this.dialog = new DeleteDialog(page, name);
    this.overviewTab = this.main.getByRole('tab', { name: 'Overview' });
    this.historyTab = this.main.getByRole('tab', { name: 'History' });
    this.map = this.main.getByRole('group', { name: `Map of ${name}` });
    this.since = this.main.getByRole('region', { name: 'Since it was made' });
    this.addNodes = this.main.getByRole('button', { name: 'Add nodes…' });
    this.change = page.getByRole('dialog');
    this.newPort = this.main.getByRole('textbox', { name: 'Open a port' });
    this.history = this.main.getByRole('tabpanel', { name: 'History' }).getByRole('list').first().locator('> li');
  }

  /** The row of a node: its header begins with the name, and says in some tables what it does. */
  node(name: string): Locator {
    const header = this.page.getByRole('rowheader', { name: new RegExp(`^${name}( |$)`) });
    return this.nodes.getByRole('row').filter({ has: header });
  }

  tab(name: 'Overview' | 'Workloads' | 'Nodes' | 'Images' | 'Ports' | 'Template' | 'History'): Locator {
    return this.main.getByRole('tab', { name });
  }

  /** Opens the dialog that says what would be lost. */
  async askToDelete(): Promise<void> {
    await this.main.getByRole('button', { name: `More for ${this.name}`, exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Delete…' }).click();
  }

  /** Chooses from the menu of a node. */
  async nodeAction(node: string, action: string): Promise<void> {
    await this.main.getByRole('button', { name: `More for ${node}` }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** The row of a port of this computer. */
  port(number: number): Locator {
    return this.main.getByRole('row').filter({ hasText: `:${number}/tcp` });
  }

  operation(title: string | RegExp): OperationView {
    return operationCalled(this.main, title);
  }
}
