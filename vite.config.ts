// Builds everything there is to build (renderer, command line with host, desktop main, preload) and runs the tests.
import { writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import type { EnvironmentOptions, Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = (path: string) => resolve(import.meta.dirname, path);
const builtins = [...builtinModules, /^node:/];
const testFiles = '**/*.test.{ts,tsx}';
const engineTestFiles = '**/*.engine.test.ts';
const neverTests = ['**/node_modules/**', 'dist/**', 'release/**'];

/** Packages that stay in node_modules: large, and needed by few commands. */
const leftInPlace = ['@kubernetes/client-node', 'electron-updater'];

/**
 * Modules of the engine's client that pull in gRPC, protobuf and an SSH implementation for calls that are never or rarely
 * made. A third of the start of a command went into them; in the bundle they are loaded by the first such call.
 */
const calledLater = ['docker-modem/lib/ssh', 'dockerode/lib/session', 'dockerode/lib/buildkit'];

/** Puts a function in the place of each module of `calledLater` (CommonJS, one exported function) that loads the real one. */
function loadAtFirstCall(): Plugin {
  return {
    name: 'load-at-first-call',
    enforce: 'pre',
    resolveId: (id) => (calledLater.includes(id) ? { id, external: true } : null),
    load(id) {
      const module = calledLater.find((name) => id.endsWith(`/node_modules/${name}.js`));
      return module && `module.exports = (...given) => require('${module}')(...given);`;
    },
  };
}

/** A bundle that runs on Node, npm packages included: it starts in half the time of one that finds them in node_modules. */
function nodeBundle(folder: string, entries: Record<string, string>, external: string[] = []): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: [...leftInPlace, ...external] },
    build: {
      outDir: here(`dist/${folder}`),
      target: 'node20',
      minify: false,
      sourcemap: true,
      copyPublicDir: false,
      emptyOutDir: true,
      rollupOptions: {
        input: entries,
        external: [...builtins, ...external],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'parts/[name]-[hash].js',
          // Half the text is half the parsing; names stay, for stacks.
          minify: { mangle: false, compress: true, codegen: true },
        },
      },
    },
  };
}

/** A sandboxed preload may require 'electron' and nothing else, so it is one CommonJS file. */
const preload: EnvironmentOptions = {
  consumer: 'server',
  resolve: { noExternal: true },
  build: {
    outDir: here('dist/desktop'),
    target: 'chrome140',
    minify: false,
    copyPublicDir: false,
    // Beside the main process's bundle, which is built before.
    emptyOutDir: false,
    rollupOptions: {
      input: { preload: here('electron/desktop/preload.ts') },
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
};

/** What there is to build. */
const environments: Record<string, EnvironmentOptions> = {
  client: {
    build: {
      rollupOptions: {
        output: {
          codeSplitting: {
            groups: [
              // What zod is told before any schema is made (without-eval.ts) has to stand in a chunk before those of schemas.
              { name: 'zod', test: /node_modules\/zod\/|without-eval/, priority: 2 },
              // What the app begins with is one file: of the seventy that chunks shared by screens make, each is a request to wait for.
              { name: 'first', tags: ['$initial'], priority: 1 },
            ],
          },
        },
      },
    },
  },
  cli: nodeBundle('cli', { boathouse: here('electron/cli/boathouse.ts') }),
  desktop: nodeBundle('desktop', { main: here('electron/desktop/main.ts') }, ['electron']),
  preload,
  bench: nodeBundle(
    'bench',
    {
      create: here('e2e/bench/create.ts'),
      change: here('e2e/bench/change.ts'),
      devloop: here('e2e/bench/devloop.ts'),
      images: here('e2e/bench/images.ts'),
      inside: here('e2e/bench/inside.ts'),
      startup: here('e2e/bench/startup.ts'),
      window: here('e2e/bench/window.ts'),
    },
    ['@playwright/test'],
  ),
};

export default defineConfig(({ command }) => ({
  root: here('renderer'),
  plugins: [react(), loadAtFirstCall()],
  build: { outDir: here('dist/renderer'), target: 'chrome120', emptyOutDir: true, chunkSizeWarningLimit: 1500 },
  // Tests would take it from them that every package is to be transformed, and do little else.
  environments: command === 'build' ? environments : {},
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
      // Newer than every source file means that nothing has to be built: electron/cli/ensure-built.mjs.
      await writeFile(here('dist/built'), `${new Date().toISOString()}\n`);
    },
  },
  test: {
    root: import.meta.dirname,
    // What Node can load itself need not be transformed.
    server: { deps: { external: [/\/node_modules\//] } },
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [testFiles],
          exclude: [engineTestFiles, 'renderer/**', ...neverTests],
          // Most of their time went into starting a process for each file and loading the same modules in it.
          pool: 'threads',
          isolate: false,
          // `npm test` compiles Kubernetes beside them on a new machine.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          include: [`renderer/${testFiles}`],
          exclude: neverTests,
          // Five sixths of their time went into a page of its own for each file and loading the same modules in it.
          isolate: false,
          testTimeout: 60_000,
          setupFiles: [here('renderer/test-setup.ts')],
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: [engineTestFiles],
          exclude: neverTests,
          fileParallelism: false,
          isolate: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
}));
