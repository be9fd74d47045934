// What the engine says about its disk: `GET /system/df`, whose answer changed its shape.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { getJson } from '../engine/client';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';

const labels = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {});

const imageSchema = z.object({
  Id: z.string(),
  RepoTags: z
    .array(z.string())
    .nullish()
    .transform((tags) => (tags ?? []).filter((tag) => tag !== '<none>:<none>')),
  Size: z.number(),
  SharedSize: z.number().default(0),
  /** How many containers run from it; -1: not counted. */
  Containers: z.number().default(-1),
});

const containerSchema = z.object({
  Id: z.string(),
  Names: z.array(z.string()),
  ImageID: z.string().default(''),
  SizeRw: z.number().default(0),
  Labels: labels,
  Mounts: z
    .array(z.object({ Type: z.string(), Name: z.string().optional(), Destination: z.string().default('') }))
    .nullish()
    .transform((mounts) => mounts ?? []),
});

const volumeSchema = z.object({
  Name: z.string(),
  Labels: labels,
  /** -1: not measured. */
  UsageData: z.object({ Size: z.number(), RefCount: z.number() }).nullish(),
});

const buildRecordSchema = z.object({ Size: z.number(), InUse: z.boolean().default(false) });

const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
const usage = <Item extends z.ZodType>(item: Item) => z.object({ TotalSize: z.number().default(0), Items: list(item) });

const oldSchema = z.object({
  LayersSize: z.number(),
  Images: list(imageSchema),
  Containers: list(containerSchema),
  Volumes: list(volumeSchema),
  BuildCache: list(buildRecordSchema),
});

/** API 1.52; from 1.53 on without the fields before it. */
const newSchema = z.object({
  ImageUsage: usage(imageSchema),
  ContainerUsage: usage(containerSchema),
  VolumeUsage: usage(volumeSchema),
  BuildCacheUsage: usage(buildRecordSchema),
});

export interface SystemDf {
  /** Bytes of all layers, each once. */
  readonly layers: number;
  readonly images: readonly z.infer<typeof imageSchema>[];
  readonly containers: readonly z.infer<typeof containerSchema>[];
  readonly volumes: readonly z.infer<typeof volumeSchema>[];
  readonly buildCache: readonly z.infer<typeof buildRecordSchema>[];
}

/** Milliseconds between two tries, and how many. */
const [retryMilliseconds, tries] = [500, 4];

/**
 * Throws what `engineFailure` knows. Engines refuse while they measure for somebody else ("already running", 20.10), or when something
 * goes while they measure it: they are asked again.
 */
export async function systemDf(engine: Engine, signal: AbortSignal): Promise<SystemDf> {
  // 1.52: without `verbose` it answers sums alone.
  const ask = () => explained(() => getJson(engine.docker, '/system/df?verbose=1', signal));
  for (let left = tries; left > 1; left -= 1) {
    try {
      return parseSystemDf(await ask());
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError && error.code === 'engine-refused')) throw error;
      await pause(retryMilliseconds, undefined, { signal });
    }
  }
  return parseSystemDf(await ask());
}

/** Both shapes of the answer. Pure. */
export function parseSystemDf(answer: unknown): SystemDf {
  const recent = newSchema.safeParse(answer);
  if (recent.success) {
    const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = recent.data;
    return {
      layers: ImageUsage.TotalSize,
      images: ImageUsage.Items,
      containers: ContainerUsage.Items,
      volumes: VolumeUsage.Items,
      buildCache: BuildCacheUsage.Items,
    };
  }
  const { LayersSize, Images, Containers, Volumes, BuildCache } = oldSchema.parse(answer);
  return { layers: LayersSize, images: Images, containers: Containers, volumes: Volumes, buildCache: BuildCache };
}
