// What a loop has made, on disk while it runs: from it whoever comes after a crash can go on or clear up.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loopRequestSchema } from '../../../../shared/model/devloop/loop';
import { AppError } from '../../../../shared/model/errors';
import { loopHint } from '../words';

export const objectIdSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

export const recordSchema = z.object({
  id: z.string(),
  name: z.string(),
  request: loopRequestSchema,
  context: z.string(),
  namespace: z.string(),
  engine: z.string(),
  pid: z.int(),
  startedAt: z.number(),
  /** Objects that it applied. */
  objects: z.array(objectIdSchema),
  /** References that it gave to images of the engine. */
  images: z.array(z.string()),
  /** Releases of helm. */
  releases: z.array(z.object({ name: z.string(), namespace: z.string() })),
});
export type LoopRecord = z.infer<typeof recordSchema>;

export interface Records {
  /** Throws `out-of-disk`, `not-possible`. */
  write(record: LoopRecord): Promise<void>;
  forget(id: string): Promise<void>;
  /** Undefined where there is none, or none that can be read. */
  read(id: string): Promise<LoopRecord | undefined>;
  /** Of loops whose process is gone. */
  orphans(): Promise<LoopRecord[]>;
  /** Contexts that the user allowed though they are not local. */
  allowed(): Promise<string[]>;
  allow(context: string): Promise<void>;
}

/** The same project in the same place is the same loop: what it deployed before is its own. */
export function loopId(dir: string, context: string, namespace: string): string {
  return createHash('sha256').update(`${dir}\0${context}\0${namespace}`).digest('hex').slice(0, 16);
}

export function createRecords(state: string): Records {
  const folder = join(state, 'devloops');
  const allowFile = join(folder, 'allowed-contexts');
  const write = async (file: string, text: string) => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(`${file}.part`, text, { mode: 0o600 });
      await rename(`${file}.part`, file);
    } catch (error) {
      throw notWritten(error, folder);
    }
  };
  const allowed = async () => {
    const text = await readFile(allowFile, 'utf8').catch(() => '[]');
    return z.array(z.string()).catch([]).parse(JSON.parse(text));
  };
  const read = async (file: string) => {
    const text = await readFile(join(folder, file), 'utf8').catch(() => '{}');
    return recordSchema.safeParse(JSON.parse(text)).data;
  };
  return {
    read: (id) => read(`${id}.json`).catch(() => undefined),
    write: (record) => write(join(folder, `${record.id}.json`), JSON.stringify(record)),
    forget: (id) => rm(join(folder, `${id}.json`), { force: true }),
    async orphans() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
      const found = await Promise.all(names.map((name) => read(name).catch(() => undefined)));
      return found.flatMap((record) => (record && !isAlive(record.pid) ? [record] : []));
    },
    allowed,
    async allow(context) {
      const known = await allowed();
      if (!known.includes(context)) await write(allowFile, JSON.stringify([...known, context]));
    },
  };
}

/** What has been made since the last time; objects are all there are. */
export interface Made {
  readonly objects?: readonly LoopRecord['objects'][number][];
  readonly images?: readonly string[];
  readonly releases?: LoopRecord['releases'];
}

/** The record with what has been made. Pure. */
export function recordWith(record: LoopRecord, made: Made): LoopRecord {
  const releases = new Map(
    [...record.releases, ...(made.releases ?? [])].map((one) => [`${one.namespace}/${one.name}`, one]),
  );
  const objects = made.objects ?? record.objects;
  return {
    ...record,
    images: [...new Set([...record.images, ...(made.images ?? [])])],
    releases: [...releases.values()],
    objects: objects.map(({ apiVersion, kind, namespace, name }) => ({
      apiVersion,
      kind,
      name,
      ...(namespace && { namespace }),
    })),
  };
}

/** Nothing is made that could not be found again. */
function notWritten(error: unknown, folder: string): AppError {
  const { code, message } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new AppError(
    full ? 'out-of-disk' : 'not-possible',
    `What the loop makes cannot be written down in ${folder}`,
    {
      params: { name: folder },
      detail: message,
      hints: [loopHint(full ? 'free-disk' : 'let-write')],
      cause: error,
    },
  );
}

function isAlive(pid: number): boolean {
  // Whoever asks knows what it runs itself.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
