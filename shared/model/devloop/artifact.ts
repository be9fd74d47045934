// An image that a project builds: from what, how, and which of its files can go into running containers without a build.
import { z } from 'zod';
import { hooksSchema } from './hooks';
import { filePlaceSchema } from './place';

/**
 * Text that may still hold what only a build knows: `{{.IMAGE_REPO}}`, `{{.IMAGE_NAME}}`, `{{.IMAGE_TAG}}` and so on. What the
 * environment knows stands in it already. `electron/core/devloop/project/go-template.ts` fills it.
 */
const lateText = z.string();

/** A secret of a build, as `docker build --secret` takes it: from a file, or else from a variable of the environment. */
export const buildSecretSchema = z.object({
  id: z.string(),
  /** Absolute path. */
  src: z.string().optional(),
  env: z.string().optional(),
});

/** `docker build` with these options. Paths are absolute. */
export const dockerBuilderSchema = z.object({
  kind: z.literal('docker'),
  dockerfile: z.string(),
  target: z.string().optional(),
  /** No value: the one that the environment has, as `--build-arg NAME` does. */
  buildArgs: z.record(z.string(), lateText.nullable()),
  network: z.string().optional(),
  addHost: z.array(z.string()),
  /** Image references. */
  cacheFrom: z.array(z.string()),
  /** Further flags of the docker program; builds that go without it say that they cannot. */
  cliFlags: z.array(z.string()),
  pullParent: z.boolean(),
  noCache: z.boolean(),
  squash: z.boolean(),
  secrets: z.array(buildSecretSchema),
  /** As `docker build --ssh` takes it. */
  ssh: z.string().optional(),
});
export type DockerBuilder = z.infer<typeof dockerBuilderSchema>;

/** What a build by a command of the user's depends on. Patterns are relative to the artifact's context, with `**`. */
export const customDependenciesSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paths'), paths: z.array(z.string()), ignore: z.array(z.string()) }),
  /** What `dockerfile` copies. */
  z.object({
    kind: z.literal('dockerfile'),
    dockerfile: z.string(),
    buildArgs: z.record(z.string(), lateText.nullable()),
  }),
  /** A command of the shell that prints the paths as an array of JSON. */
  z.object({ kind: z.literal('command'), command: z.string() }),
]);
export type CustomDependencies = z.infer<typeof customDependenciesSchema>;

/**
 * A command of the user's, run by the shell in the artifact's context. skaffold: it has `IMAGE` (name and tag to make), `IMAGE_REPO`,
 * `IMAGE_TAG`, `PUSH_IMAGE`, `BUILD_CONTEXT`, `PLATFORMS`, `SKIP_TEST`, `KUBE_CONTEXT`, `NAMESPACE` in its environment, and an
 * `alias` of each artifact that it requires.
 */
export const customBuilderSchema = z.object({
  kind: z.literal('custom'),
  /** Absent: nothing is run, and the image is taken as the engine has it. */
  buildCommand: lateText.optional(),
  dependencies: customDependenciesSchema,
});
export type CustomBuilder = z.infer<typeof customBuilderSchema>;

export const builderSchema = z.discriminatedUnion('kind', [dockerBuilderSchema, customBuilderSchema]);
export type Builder = z.infer<typeof builderSchema>;

/** Files that match `src` (a glob relative to the context) go to `dest` less `strip`. skaffold: a relative `dest` is below WORKDIR. */
export const syncRuleSchema = z.object({ src: z.string(), dest: z.string(), strip: z.string(), at: filePlaceSchema });
export type SyncRule = z.infer<typeof syncRuleSchema>;

/**
 * How changed files reach running containers without a build.
 * `infer`: files that match, relative to the context; where to is read from COPY and ADD of the Dockerfile.
 * skaffold: `auto` is for builders that know by themselves (jib, buildpacks); with the others the file is refused.
 */
export const syncSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('manual'), rules: z.array(syncRuleSchema), hooks: hooksSchema }),
  z.object({ kind: z.literal('infer'), patterns: z.array(z.string()), hooks: hooksSchema }),
]);
export type Sync = z.infer<typeof syncSchema>;

/** Another artifact's image that a build starts from. It is built first; docker builds get its reference as build arg `alias`. */
export const requirementSchema = z.object({ image: z.string(), alias: z.string() });

export const artifactSchema = z.object({
  /** The name that manifests use, without tag: `web`, `registry.example/team/web`. Known by it within a project. */
  image: z.string(),
  /** Absolute path of the folder that the build sees. */
  context: z.string(),
  builder: builderSchema,
  /** `os[/arch[/variant]]`; empty: the cluster's. */
  platforms: z.array(z.string()),
  requires: z.array(requirementSchema),
  /** Absent: every change is built. */
  sync: syncSchema.optional(),
  hooks: hooksSchema,
  /** Where the project says it. */
  at: filePlaceSchema,
});
export type Artifact = z.infer<typeof artifactSchema>;
