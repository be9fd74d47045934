// The journeys: the built product on a real engine, in a real browser, one at a time.
import { defineConfig } from '@playwright/test';

const screenshots = process.env.BOATHOUSE_SCREENSHOTS !== undefined;
/** Every screen in every state takes a quarter of an hour and needs no engine: by itself, `npm run test:looks`. */
const looks = process.env.BOATHOUSE_LOOKS !== undefined;

export default defineConfig({
  testDir: 'e2e/specs',
  testMatch: ['**/*.spec.ts', '**/*.screenshots.ts'],
  testIgnore: screenshots
    ? '**/*.spec.ts'
    : ['**/*.screenshots.ts', looks ? '**/!(looks).spec.ts' : '**/looks.spec.ts'],
  globalSetup: './e2e/specs/support/build.ts',
  outputDir: 'test-results',
  reporter: [['list']],
  // Clusters take the whole machine, and their times are part of what is looked at.
  workers: 1,
  // For a machine that is busy with other things; a journey takes well under a minute otherwise.
  timeout: 480_000,
  expect: { timeout: 20_000 },
  // What passes only the second time is named unsteady by the run of all tests.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: !!process.env.CI,
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env.BOATHOUSE_TEST_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 20_000,
    navigationTimeout: 20_000,
    // Recording takes a good part of a look's time, and what is wrong is to be seen anyway.
    trace: looks ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
