// Takes the same picture in every theme and language: a browser window for each, all of one host.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { productFolder } from './product';

export interface Look {
  locale: 'en-US' | 'zh-CN';
  colorScheme: 'light' | 'dark';
}

/** What is expected of a picture in the README: it is loaded by everyone who looks at the project. */
const largestForReadme = 200_000;

interface Window {
  look: Look;
  page: Page;
}

export class Studio {
  private readonly windows: Window[];
  private readonly forReadme: ReadonlySet<string> | undefined;

  private constructor(windows: Window[], forReadme: ReadonlySet<string> | undefined) {
    this.windows = windows;
    this.forReadme = forReadme;
  }

  /** @param forReadme only pictures of these names, in the first look, into docs/images */
  static async with(browser: Browser, looks: readonly Look[], forReadme?: ReadonlySet<string>): Promise<Studio> {
    const chosen = forReadme ? looks.slice(0, 1) : looks;
    const windows = chosen.map(async (look) => ({ look, page: await (await browser.newContext(look)).newPage() }));
    return new Studio(await Promise.all(windows), forReadme);
  }

  /** The window in which things are done; the others look on. */
  get first(): Page {
    const [window] = this.windows;
    if (!window) throw new Error('a studio needs a look');
    return window.page;
  }

  /** Goes to an address in every window: a host's origin, or its whole address, which lets them in. */
  async open(address: string): Promise<void> {
    for (const { page } of this.windows) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  }

  /**
   * Takes a picture in every window, at an address such as `#/doctor`, once what it is of is there.
   * @param prepare what is done in each window before; it must not change anything
   */
  async take(
    name: string,
    at: { path?: string; of: (page: Page) => Locator; prepare?: (page: Page) => Promise<void> },
  ): Promise<void> {
    if (this.forReadme && !this.forReadme.has(name)) return;
    for (const { look, page } of this.windows) {
      if (at.path) await page.evaluate((hash) => window.location.assign(hash), at.path);
      await at.prepare?.(page);
      await expect(at.of(page).first()).toBeVisible({ timeout: 300_000 });
      // Notifications stay while the mouse is on them.
      await page.mouse.move(100, 400);
      await expect(page.locator('.mantine-Notification-root')).toHaveCount(0);
      await page.screenshot({ path: await this.fileFor(name, look), animations: 'disabled' });
    }
    if (this.forReadme) await this.expectSmall(name);
  }

  async close(): Promise<void> {
    for (const { page } of this.windows) await page.context().close();
  }

  private async fileFor(name: string, { locale, colorScheme }: Look): Promise<string> {
    const folder = join(productFolder, ...(this.forReadme ? ['docs', 'images'] : ['screenshots']));
    await mkdir(folder, { recursive: true });
    return join(folder, this.forReadme ? `${name}.png` : `${name}.${locale}.${colorScheme}.png`);
  }

  private async expectSmall(name: string): Promise<void> {
    const { size } = await stat(join(productFolder, 'docs', 'images', `${name}.png`));
    expect(size, `bytes of ${name}.png`).toBeLessThan(largestForReadme);
  }
}
