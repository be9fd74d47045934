// `build`: artifacts, tags, and where they are built.
import { z } from 'zod';
import { artifact } from './artifact';
import { anything, buildHooks, flag, text, textMap, texts, whole } from './parts';

const empty = z.strictObject({});

const singleTagPolicy = z.strictObject({
  gitCommit: z
    .strictObject({
      variant: z.enum(['Tags', 'CommitSha', 'AbbrevCommitSha', 'TreeSha', 'AbbrevTreeSha']).optional(),
      prefix: text.optional(),
      ignoreChanges: flag.optional(),
    })
    .optional(),
  sha256: empty.optional(),
  envTemplate: z.strictObject({ template: text }).optional(),
  dateTime: z.strictObject({ format: text.optional(), timezone: text.optional() }).optional(),
  inputDigest: empty.optional(),
});
export const tagPolicy = singleTagPolicy.extend({
  customTemplate: z
    .strictObject({
      template: text,
      components: z.array(singleTagPolicy.extend({ name: text.optional() })).optional(),
    })
    .optional(),
});
export type TagPolicyText = z.infer<typeof tagPolicy>;

const local = z.strictObject({
  push: flag.optional(),
  tryImportMissing: flag.optional(),
  useDockerCLI: flag.optional(),
  useBuildkit: flag.optional(),
  concurrency: whole.optional(),
});

const googleCloudBuild = z.strictObject({
  projectId: text.optional(),
  diskSizeGb: whole.optional(),
  machineType: text.optional(),
  timeout: text.optional(),
  logging: text.optional(),
  logStreamingOption: text.optional(),
  dockerImage: text.optional(),
  kanikoImage: text.optional(),
  mavenImage: text.optional(),
  gradleImage: text.optional(),
  packImage: text.optional(),
  koImage: text.optional(),
  bucket: text.optional(),
  concurrency: whole.optional(),
  workerPool: text.optional(),
  region: text.optional(),
  platformEmulatorInstallStep: z
    .strictObject({ image: text, args: texts.optional(), entrypoint: text.optional() })
    .optional(),
  serviceAccount: text.optional(),
});

const resources = z.strictObject({
  cpu: text.optional(),
  memory: text.optional(),
  ephemeralStorage: text.optional(),
  resourceStorage: text.optional(),
});
const cluster = z.strictObject({
  HTTP_PROXY: text.optional(),
  HTTPS_PROXY: text.optional(),
  pullSecretPath: text.optional(),
  pullSecretName: text.optional(),
  pullSecretMountPath: text.optional(),
  namespace: text.optional(),
  timeout: text.optional(),
  dockerConfig: z.strictObject({ path: text.optional(), secretName: text.optional() }).optional(),
  serviceAccount: text.optional(),
  tolerations: z.array(anything).optional(),
  nodeSelector: textMap.optional(),
  annotations: textMap.optional(),
  labels: textMap.optional(),
  runAsUser: whole.optional(),
  resources: z.strictObject({ requests: resources.optional(), limits: resources.optional() }).optional(),
  concurrency: whole.optional(),
  volumes: z.array(anything).optional(),
  randomPullSecret: flag.optional(),
  randomDockerConfigSecret: flag.optional(),
});

export const build = z.strictObject({
  hooks: buildHooks.optional(),
  artifacts: z.array(artifact).optional(),
  insecureRegistries: texts.optional(),
  tagPolicy: tagPolicy.optional(),
  platforms: texts.optional(),
  local: local.optional(),
  googleCloudBuild: googleCloudBuild.optional(),
  cluster: cluster.optional(),
});
/** Of these a profile's replaces whichever stood. */
export const buildPlaces = ['local', 'googleCloudBuild', 'cluster'] as const;
