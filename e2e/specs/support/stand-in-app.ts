// The app over the stand-in of its core, built once and served: what a browser looks at without an engine.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

const root = join(import.meta.dirname, '../../..');

export interface StandInApp {
  /** @param query further parameters, such as `theme=dark` */
  address(world: string, at: string, query?: Record<string, string>): string;
  close(): Promise<void>;
}

export async function serveStandIn(): Promise<StandInApp> {
  const outDir = await mkdtemp(join(tmpdir(), 'boathouse-looks-'));
  const before = process.env.NODE_ENV;
  // The stand-in is in the app only while developing.
  process.env.NODE_ENV = 'development';
  try {
    await build({
      configFile: false,
      root: join(root, 'renderer'),
      mode: 'development',
      logLevel: 'error',
      build: { outDir, emptyOutDir: true, minify: false, target: 'chrome120' },
    });
  } finally {
    process.env.NODE_ENV = before;
  }
  const server = await preview({
    configFile: false,
    root: join(root, 'renderer'),
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  const [origin = ''] = server.resolvedUrls?.local ?? [];
  return {
    address: (world, at, query = {}) => `${origin}?${new URLSearchParams({ 'stand-in': world, ...query })}#${at}`,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
