// Builds a part of the product for a test, into a folder of its own, so that no test depends on an earlier build.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createBuilder } from 'vite';

export interface Built {
  folder: string;
  remove(): Promise<void>;
}

/** @param names environments of vite.config.ts; the files lie flat in `folder`, below the product's root */
export async function buildForTest(root: string, names: readonly string[]): Promise<Built> {
  await mkdir(join(root, 'dist'), { recursive: true });
  const folder = await mkdtemp(join(root, 'dist', 'tested-'));
  const build = { outDir: folder, emptyOutDir: false };
  const builder = await createBuilder({
    root: join(root, 'renderer'),
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    environments: Object.fromEntries(names.map((name) => [name, { build }])),
  });
  for (const name of names) {
    const environment = builder.environments[name];
    if (!environment) throw new Error(`vite.config.ts has no environment "${name}"`);
    await builder.build(environment);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
