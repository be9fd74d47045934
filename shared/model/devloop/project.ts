// A folder that people develop in, as the loop takes it: all that its skaffold.yaml says, resolved.
import { z } from 'zod';
import { artifactSchema } from './artifact';
import { deploymentSchema, portForwardSchema } from './deployment';
import { hooksSchema } from './hooks';
import { projectProblemSchema, unsupportedSchema } from './place';
import { tagPolicySchema } from './tag-policy';

/**
 * One configuration (skaffold: module), with profiles, defaults and templates applied. Paths in it are absolute.
 * Modules are built together and deployed in the project's order.
 */
export const moduleSchema = z.object({
  /** `metadata.name`, empty where it has none. */
  name: z.string(),
  /** Absolute path of its file; absent for a project that was proposed and not saved. */
  file: z.string().optional(),
  /** Where its relative paths begin. */
  dir: z.string(),
  artifacts: z.array(artifactSchema),
  build: z.object({
    /** Builds at a time; 0: any number. skaffold: 1 unless it says otherwise. */
    concurrency: z.int(),
    /** Whether images are pushed; absent: as the cluster needs. */
    push: z.boolean().optional(),
    /** Absent: as the engine and its program have it. */
    useBuildkit: z.boolean().optional(),
    useDockerCLI: z.boolean(),
    insecureRegistries: z.array(z.string()),
    tagPolicy: tagPolicySchema,
    hooks: hooksSchema,
  }),
  deployment: deploymentSchema,
  portForwards: z.array(portForwardSchema),
});
export type Module = z.infer<typeof moduleSchema>;

/** A profile that the files know, and whether it is used this time. */
export const profileSchema = z.object({
  name: z.string(),
  active: z.boolean(),
  /** Why it is: asked for by name, or by what activated it (`env`, `kubeContext`, `command`, `activeProfiles`). */
  by: z.enum(['name', 'env', 'kubeContext', 'command', 'all', 'requires']).optional(),
});
export type Profile = z.infer<typeof profileSchema>;

export const projectSchema = z.object({
  /** Absolute path of the folder; a project is known by it. */
  dir: z.string(),
  /** The first module's name, or the folder's. */
  name: z.string(),
  /** What others require comes first. */
  modules: z.array(moduleSchema),
  profiles: z.array(profileSchema),
  /** Every file that was read for it: to be watched, since a change of one changes the project. */
  files: z.array(z.string()),
  unsupported: z.array(unsupportedSchema),
  /** Warnings. A project with errors does not exist. */
  problems: z.array(projectProblemSchema),
});
export type Project = z.infer<typeof projectSchema>;

/** What reading a folder gave: a project, or why there is none. */
export const readingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), project: projectSchema }),
  /** `files` as far as they were found, so that a loop can wait for their mending. */
  z.object({
    kind: z.literal('broken'),
    dir: z.string(),
    files: z.array(z.string()),
    problems: z.array(projectProblemSchema),
    unsupported: z.array(unsupportedSchema),
  }),
  /** There is no skaffold.yaml; one can be proposed. */
  z.object({ kind: z.literal('none'), dir: z.string() }),
]);
export type Reading = z.infer<typeof readingSchema>;
