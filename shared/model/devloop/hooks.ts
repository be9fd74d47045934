// Commands that a project wants run around its builds, syncs and deployments.
import { z } from 'zod';

/** A command on this computer. It stops what it stands before when it fails. */
export const hostHookSchema = z.object({
  /** Program and arguments; no shell unless it names one. */
  command: z.array(z.string()).min(1),
  /** Systems on which it runs (`linux`, `darwin`, `windows`); none: on all. */
  os: z.array(z.string()),
  /** Absolute path where it runs. */
  dir: z.string(),
  /** After manifests are rendered: its output takes their place. skaffold: hooks of `manifests` only. */
  withChange: z.boolean().default(false),
});
export type HostHook = z.infer<typeof hostHookSchema>;

/** A command in running containers: of the artifact that is synced, or of pods whose name matches. */
export const containerHookSchema = z.object({
  command: z.array(z.string()).min(1),
  /** Glob on names of pods; absent for a sync's, which run in the containers that were synced. */
  podName: z.string().optional(),
  /** Glob on names of containers; absent: all of the pod. */
  containerName: z.string().optional(),
});
export type ContainerHook = z.infer<typeof containerHookSchema>;

export const hookSchema = z.union([z.object({ host: hostHookSchema }), z.object({ container: containerHookSchema })]);
export type Hook = z.infer<typeof hookSchema>;

/** In the order in which they run. */
export const hooksSchema = z.object({ before: z.array(hookSchema), after: z.array(hookSchema) });
export type Hooks = z.infer<typeof hooksSchema>;
