// Draws the app's icons from the one picture there is, resources/icons/logo.svg: `npm run icons`. electron-builder makes .ico and .icns of icon.png.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const folder = join(import.meta.dirname, '..', 'resources', 'icons');
const logo = await readFile(join(folder, 'logo.svg'), 'utf8');

/** macOS draws a template in the menu bar's own colour: black on nothing, without the ground. */
const template = logo
  .replace(/\s*<rect[^>]*\/>/, '')
  .replaceAll('#fff', '#000')
  .replaceAll('#7abcc0', '#000');

/** macOS wants a margin around what stands in the dock. */
const inDock = logo.replace('viewBox="0 0 64 64"', 'viewBox="-6 -6 76 76"');

const icons = [
  ['icon.png', 1024, inDock],
  ['tray.png', 32, logo],
  ['tray@2x.png', 64, logo],
  ['trayTemplate.png', 16, template],
  ['trayTemplate@2x.png', 32, template],
];

const browser = await chromium.launch({
  executablePath: process.env.BOATHOUSE_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const [name, size, picture] of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0">${picture.replace(/width="64" height="64"/, `width="${size}" height="${size}" style="display:block"`)}</body>`,
  );
  await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
