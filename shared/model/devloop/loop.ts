// A running dev loop as people see it: its stages with times, what changed, what is served where, what is broken.
import { z } from 'zod';
import { errorDataSchema } from '../errors';
import { remarkSchema } from '../sentence';
import { filePlaceSchema } from './place';

/** What a change goes through, in this order; those that it does not need are not there. */
export const stageKinds = [
  /** Reads the project anew, since its files changed. */
  'read',
  'build',
  /** Images to the nodes that need them, or to a registry. */
  'deliver',
  /** Makes manifests of kustomizations and charts, with images in them. */
  'render',
  'apply',
  /** Deletes what vanished from the manifests. */
  'prune',
  'ready',
  /** Files into running containers. */
  'sync',
  /** Starts the process of a container anew after a sync. */
  'restart',
  'hooks',
] as const;
export const stageKindSchema = z.enum(stageKinds);
export type StageKind = z.infer<typeof stageKindSchema>;

export const stageStateSchema = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'skipped']);
export type StageState = z.infer<typeof stageStateSchema>;

export const stageSchema = z.object({
  kind: stageKindSchema,
  /** The image, module or release it works on; absent: all of them. */
  subject: z.string().optional(),
  state: stageStateSchema,
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** What it does or waits for right now: "web-7d9f: pulling image". */
  note: remarkSchema.optional(),
  error: errorDataSchema.optional(),
  /** Where in the user's files the error is: a line of a Dockerfile, of a manifest, of the project. */
  place: filePlaceSchema.optional(),
});
export type Stage = z.infer<typeof stageSchema>;

/**
 * A save (or a burst of them) and what came of it.
 * `way`: `nothing` where contents are as before or nothing depends on them; `sync` without a build; `deploy` manifests alone.
 * `state`: `superseded` when a later save took its place before it was done.
 */
export const changeSchema = z.object({
  /** Counted from 1, the start of the loop. */
  number: z.int(),
  at: z.number(),
  cause: z.enum(['start', 'files', 'asked', 'resume', 'crash', 'cluster']),
  /** Which files, relative to the project's folder; at most 20 of them, and how many there were. */
  files: z.array(z.object({ path: z.string(), kind: z.enum(['added', 'changed', 'deleted']) })),
  fileCount: z.int(),
  way: z.enum(['build', 'sync', 'deploy', 'nothing']).optional(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'superseded']),
  stages: z.array(stageSchema),
  endedAt: z.number().optional(),
  /** Milliseconds from the first event of the save until the new state was ready in the cluster. */
  servedAfter: z.number().optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** Changes that are kept for a loop. */
export const keptChanges = 50;

/** What stays wrong until it is mended. */
export const loopProblemSchema = z.object({
  /** The same trouble keeps its key, so that it is told once. */
  key: z.string(),
  stage: stageKindSchema.optional(),
  subject: z.string().optional(),
  error: errorDataSchema,
  place: filePlaceSchema.optional(),
  since: z.number(),
});
export type LoopProblem = z.infer<typeof loopProblemSchema>;

export const loopArtifactSchema = z.object({
  image: z.string(),
  state: z.enum(['waiting', 'building', 'delivering', 'ready', 'failed']),
  /** Of the image that was built last, `sha256:...`. */
  digest: z.string().optional(),
  builtAt: z.number().optional(),
  /** Files that a build of it depends on. */
  files: z.int().optional(),
  /** Why its files are not synced though its rules say so: "its image has no shell with tar". */
  note: remarkSchema.optional(),
});
export type LoopArtifact = z.infer<typeof loopArtifactSchema>;

/** An object that the loop owns in the cluster. */
export const loopResourceSchema = z.object({
  kind: z.string(),
  apiVersion: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  state: z.enum(['applied', 'waiting', 'ready', 'failed']),
  /** What it waits for, or why it failed. */
  note: remarkSchema.optional(),
});
export type LoopResource = z.infer<typeof loopResourceSchema>;

export const loopForwardSchema = z.object({
  resourceType: z.string(),
  resourceName: z.string(),
  namespace: z.string(),
  port: z.union([z.int(), z.string()]),
  /** Where it is on this computer; absent while it is not open. */
  address: z.string().optional(),
  localPort: z.int().optional(),
  /** `http://127.0.0.1:8080` where it speaks HTTP, as far as the port's name or number says. */
  url: z.string().optional(),
  state: z.enum(['open', 'waiting', 'failed']),
  note: remarkSchema.optional(),
  /** Said in the project, rather than found for a service. */
  declared: z.boolean(),
});
export type LoopForward = z.infer<typeof loopForwardSchema>;

export const loopStates = [
  /** The first round: reads, builds, deploys. */
  'starting',
  'watching',
  'working',
  'paused',
  /** The cluster does not answer; goes on when it does. */
  'waiting',
  'stopping',
  /** Ended; `--once`, or stopped. */
  'ended',
  /** Its core was killed: offered for resume or clean-up. */
  'orphaned',
] as const;
export const loopStateSchema = z.enum(loopStates);
export type LoopState = z.infer<typeof loopStateSchema>;

/** What a loop does to manifests so that changes are seen sooner. */
export const touchesSchema = z.object({
  /** Pods end at once: no grace period. */
  noGrace: z.boolean().default(true),
  /** Probes begin at once and ask every second. */
  quickProbes: z.boolean().default(true),
  /** Containers ask for no CPU and memory, so that old and new fit beside each other. */
  noRequests: z.boolean().default(true),
  /**
   * The process of a container is started anew once files were synced into it, for programs that read them only at their start.
   * Containers of images that sync are then begun by a shell script that does so; those without a shell are not synced at all.
   */
  restart: z.boolean().default(false),
});
export type Touches = z.infer<typeof touchesSchema>;

/** What somebody asks for when they start a loop. */
export const loopRequestSchema = z.object({
  /** Absolute path of the project's folder. */
  dir: z.string().min(1).max(4096),
  /** A context of the kubeconfig; absent: the current one. */
  context: z.string().min(1).max(1000).optional(),
  /** Profiles by name (`-p`); `-name` keeps one out that would be activated. */
  profiles: z.array(z.string().min(1).max(253)).max(50).default([]),
  /** Absent: the context's. */
  namespace: z.string().min(1).max(253).optional(),
  sync: z.boolean().default(true),
  /** Ends after the first round, and leaves what it deployed. */
  once: z.boolean().default(false),
  touches: touchesSchema.prefault({}),
  /** Allows this context by name though it is not local; kept for next time. */
  allowContext: z.boolean().default(false),
});
export type LoopRequest = z.output<typeof loopRequestSchema>;

/** One loop. Known by `id` in feeds. */
export const loopSchema = z.object({
  id: z.string(),
  dir: z.string(),
  name: z.string(),
  context: z.string(),
  /** The cluster of ours behind the context, if it is one. */
  cluster: z.string().optional(),
  namespace: z.string(),
  profiles: z.array(z.string()),
  sync: z.boolean(),
  state: loopStateSchema,
  /** What it waits for. */
  note: remarkSchema.optional(),
  startedAt: z.number(),
  /** Newest first, at most `keptChanges`. */
  changes: z.array(changeSchema),
  artifacts: z.array(loopArtifactSchema),
  resources: z.array(loopResourceSchema),
  forwards: z.array(loopForwardSchema),
  problems: z.array(loopProblemSchema),
  watching: z.object({
    files: z.int(),
    /** `polling` where the system gives no more events; `why` says so. */
    way: z.enum(['events', 'polling']),
    why: remarkSchema.optional(),
  }),
});
export type Loop = z.infer<typeof loopSchema>;

/** A line of what a loop builds, deploys and runs. */
export const loopLineSchema = z.object({
  sequence: z.int(),
  at: z.number(),
  source: z.enum(['loop', 'build', 'deploy', 'pod']),
  /** The artifact's image for builds, the pod for pods. */
  subject: z.string().optional(),
  container: z.string().optional(),
  text: z.string(),
});
export type LoopLine = z.infer<typeof loopLineSchema>;
