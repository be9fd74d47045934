// Takes pictures of every screen of the built app with real clusters: `npm run screenshots`, into screenshots/.
// `npm run screenshots -- --readme` takes the README's only, into docs/images/. Both need a Docker Engine and a node image,
// such as the testbed's (`. e2e/testbed/env.sh`).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const subject = process.argv.includes('--readme') ? 'readme' : 'all';
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
const { status } = spawnSync(process.execPath, [playwright, 'test', '--reporter=list'], {
  stdio: 'inherit',
  env: { ...process.env, BOATHOUSE_SCREENSHOTS: subject },
});
process.exitCode = status ?? 1;
