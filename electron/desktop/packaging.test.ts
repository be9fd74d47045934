// electron-builder.yml passes electron-builder's own schema, and says what we mean it to say.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../package.json';

/** electron-builder 26: the function with which it checks a configuration against app-builder-lib/scheme.json. */
type Validate = (configuration: unknown, log: { isEnabled: boolean }) => Promise<void>;

function validator(): Validate {
  const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  return (fromBuilder('app-builder-lib/out/util/config/config') as { validateConfiguration: Validate })
    .validateConfiguration;
}

async function configuration(): Promise<Record<string, unknown>> {
  return parse(await readFile(new URL('../../electron-builder.yml', import.meta.url), 'utf8'));
}

it("passes electron-builder's schema, which refuses what it does not know", async () => {
  const validate = validator();
  const given = await configuration();
  await expect(validate(given, { isEnabled: false })).resolves.toBeUndefined();
  await expect(validate({ ...given, appid: 'x' }, { isEnabled: false })).rejects.toThrow(/'appid'/);
}, 60_000);

it('packages the built app for every platform', async () => {
  expect(await configuration()).toMatchObject({
    appId: 'dev.boathouse.app',
    protocols: [{ schemes: ['boathouse'] }],
    fileAssociations: [{ ext: 'boathouse' }],
    linux: { target: ['AppImage', 'deb'] },
    mac: { target: [{ target: 'dmg', arch: ['x64', 'arm64'] }] },
    win: { target: ['nsis'] },
    electronFuses: { runAsNode: false, onlyLoadAppFromAsar: true },
  });
  expect(packageJson.main).toBe('dist/desktop/main.js');
});

it.each([
  ['icon.png', 1024], // macOS needs 512 or more, Windows 256.
  ['tray.png', 32],
  ['tray@2x.png', 64],
  ['trayTemplate.png', 16],
  ['trayTemplate@2x.png', 32],
])('has the icon %s of %d pixels', async (name, size) => {
  const png = await readFile(new URL(`../../resources/icons/${name}`, import.meta.url));
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});
