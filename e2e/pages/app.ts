// The frame around every screen, and the way to each of them.
import { expect, type Locator, type Page } from '@playwright/test';
import { ClusterPage } from './cluster';
import { HomePage } from './home';
import { KubeconfigPage } from './kubeconfig';
import { NewClusterPage } from './new-cluster';
import { OperationsPanel } from './operations';
import { TemplateEditorPage } from './template-editor';

export type Place = 'Clusters' | 'Templates' | 'Images' | 'Kubeconfig' | 'Doctor' | 'Settings';

export class App {
  readonly page: Page;
  readonly main: Locator;
  readonly navigation: Locator;
  /** Docker's version and memory, or that it does not answer. */
  readonly enginePill: Locator;
  readonly languageButton: Locator;
  /** Says that what is on screen may be out of date. */
  readonly staleBanner: Locator;
  readonly operations: OperationsPanel;
  readonly home: HomePage;
  readonly newCluster: NewClusterPage;
  readonly templateEditor: TemplateEditorPage;
  readonly kubeconfig: KubeconfigPage;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.navigation = page.getByRole('navigation', { name: 'Screens' });
    this.enginePill = page.getByRole('banner').getByRole('button', { name: /^Docker Engine/ });
    this.languageButton = page.getByRole('banner').getByRole('button', { name: /^(Language|语言)$/ });
    this.staleBanner = page.getByRole('status').filter({ has: page.getByRole('button', { name: 'Try now' }) });
    this.operations = new OperationsPanel(page);
    this.home = new HomePage(page);
    this.newCluster = new NewClusterPage(page);
    this.templateEditor = new TemplateEditorPage(page);
    this.kubeconfig = new KubeconfigPage(page);
  }

  /** Opens the address that the host printed, as a user does who pastes it. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.heading('Clusters')).toBeVisible();
  }

  heading(name: string): Locator {
    return this.main.getByRole('heading', { level: 1, name, exact: true });
  }

  async goTo(place: Place): Promise<void> {
    await this.navigation.getByRole('link', { name: place }).click();
    await expect(this.heading(place)).toBeVisible();
  }

  cluster(name: string): ClusterPage {
    return new ClusterPage(this.page, name);
  }

  /** The page of a cluster that is in the list of home. */
  async openCluster(name: string): Promise<ClusterPage> {
    await this.goTo('Clusters');
    await this.home.row(name).link.click();
    await expect(this.heading(name)).toBeVisible();
    return this.cluster(name);
  }

  /** Chooses a language from the menu in the header, whatever language that is in now. */
  async chooseLanguage(language: 'English' | '简体中文'): Promise<void> {
    await this.languageButton.click();
    await this.page.getByRole('menuitemradio', { name: language }).click();
  }
}
