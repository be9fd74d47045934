// The other language: chosen from the header, it is everywhere, and it is there after a reload.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { productFolder } from './support/product';
import { expect, test } from './support/test';

type Texts = { [key: string]: string | Texts };

function textsOf(language: string): Map<string, string> {
  const texts = JSON.parse(readFileSync(join(productFolder, 'renderer', 'text', `${language}.json`), 'utf8')) as Texts;
  const flat = (branch: Texts, path: string): [string, string][] =>
    Object.entries(branch).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value, `${path}${key}.`),
    );
  return new Map(flat(texts, ''));
}

/** English words of the app that Chinese says nowhere. */
function onlyEnglish(): Set<string> {
  const chinese = new Set(textsOf('zh-CN').values());
  return new Set([...textsOf('en').values()].filter((text) => !chinese.has(text) && !text.includes('{{')));
}

/** The texts and names on the page, each once. */
async function words(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) found.add(walk.currentNode.textContent?.trim() ?? '');
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const attribute of ['aria-label', 'title', 'placeholder']) found.add(element.getAttribute(attribute) ?? '');
    return [...found];
  });
}

test('Chinese is chosen from the header and is everywhere at once', async ({ app, page, served, neighbour }) => {
  const english = onlyEnglish();
  const row = app.home.row(neighbour);
  await expect(row.root).toContainText('Running');
  expect((await words(page)).filter((word) => english.has(word))).toContain('Clusters');

  await app.chooseLanguage('简体中文');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(app.heading('集群')).toBeVisible();
  await expect(row.root).toContainText('运行中');
  await expect(page).toHaveTitle('集群 – Boathouse');

  const screens: [path: string, heading: string][] = [
    ['#/clusters', '集群'],
    ['#/new/single', '新建集群'],
    [`#/clusters/${neighbour}`, neighbour],
    [`#/clusters/${neighbour}/history`, neighbour],
    ['#/templates', '模板'],
    ['#/doctor', '体检'],
    ['#/settings', '设置'],
  ];
  for (const [path, heading] of screens) {
    await page.goto(`${served.origin}/${path}`);
    await expect(app.heading(heading)).toBeVisible();
    expect((await words(page)).filter((word) => english.has(word))).toEqual([]);
  }

  await page.reload();
  await expect(app.heading('设置')).toBeVisible();
  await app.chooseLanguage('English');
  await expect(app.heading('Settings')).toBeVisible();
});

test('a browser that prefers Chinese gets it without asking', async ({ browser, served }) => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(served.address);
  await expect(page.getByRole('heading', { level: 1, name: '集群' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await context.close();
});
