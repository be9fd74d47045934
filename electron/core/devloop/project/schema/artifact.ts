// `build.artifacts`: what is built, and with which builder.
import { z } from 'zod';
import { anything, argMap, buildHooks, flag, syncHooks, text, textMap, texts, whole } from './parts';

const docker = z.strictObject({
  dockerfile: text.optional(),
  target: text.optional(),
  buildArgs: argMap.optional(),
  network: text.optional(),
  addHost: texts.optional(),
  cacheFrom: texts.optional(),
  cliFlags: texts.optional(),
  pullParent: flag.optional(),
  noCache: flag.optional(),
  squash: flag.optional(),
  secrets: z.array(z.strictObject({ id: text, src: text.optional(), env: text.optional() })).optional(),
  ssh: text.optional(),
});

const custom = z.strictObject({
  buildCommand: text.optional(),
  dependencies: z
    .strictObject({
      dockerfile: z.strictObject({ path: text.optional(), buildArgs: argMap.optional() }).optional(),
      command: text.optional(),
      paths: texts.optional(),
      ignore: texts.optional(),
    })
    .optional(),
});

const kaniko = z.strictObject({
  cleanup: flag.optional(),
  insecure: flag.optional(),
  insecurePull: flag.optional(),
  force: flag.optional(),
  logTimestamp: flag.optional(),
  reproducible: flag.optional(),
  singleSnapshot: flag.optional(),
  skipTLS: flag.optional(),
  skipTLSVerifyPull: flag.optional(),
  skipUnusedStages: flag.optional(),
  useNewRun: flag.optional(),
  whitelistVarRun: flag.optional(),
  dockerfile: text.optional(),
  target: text.optional(),
  initImage: text.optional(),
  image: text.optional(),
  imagePullSecret: text.optional(),
  destination: texts.optional(),
  digestFile: text.optional(),
  imageFSExtractRetry: text.optional(),
  imageNameWithDigestFile: text.optional(),
  logFormat: text.optional(),
  ociLayoutPath: text.optional(),
  registryMirror: text.optional(),
  snapshotMode: text.optional(),
  pushRetry: text.optional(),
  tarPath: text.optional(),
  verbosity: text.optional(),
  insecureRegistry: texts.optional(),
  skipTLSVerifyRegistry: texts.optional(),
  env: z.array(anything).optional(),
  cache: z
    .strictObject({
      repo: text.optional(),
      hostPath: text.optional(),
      ttl: text.optional(),
      cacheCopyLayers: flag.optional(),
      cacheRunLayers: flag.optional(),
    })
    .optional(),
  registryCertificate: argMap.optional(),
  label: argMap.optional(),
  buildArgs: argMap.optional(),
  volumeMounts: z.array(anything).optional(),
  contextSubPath: text.optional(),
  ignorePaths: texts.optional(),
  copyMaxRetries: whole.optional(),
  copyTimeout: text.optional(),
  buildContextCompressionLevel: whole.optional(),
});

const buildpacks = z.strictObject({
  builder: text.optional(),
  runImage: text.optional(),
  env: texts.optional(),
  buildpacks: texts.optional(),
  trustBuilder: flag.optional(),
  clearCache: flag.optional(),
  projectDescriptor: text.optional(),
  dependencies: z.strictObject({ paths: texts.optional(), ignore: texts.optional() }).optional(),
  volumes: z.array(z.strictObject({ host: text, target: text, options: text.optional() })).optional(),
  network: text.optional(),
  buildArgs: anything.optional(),
});

const bazel = z.strictObject({
  target: text,
  args: texts.optional(),
  platforms: z.array(z.strictObject({ platform: text, target: text })).optional(),
});

const ko = z.strictObject({
  fromImage: text.optional(),
  dependencies: z.strictObject({ paths: texts.optional(), ignore: texts.optional() }).optional(),
  dir: text.optional(),
  env: texts.optional(),
  flags: texts.optional(),
  labels: textMap.optional(),
  ldflags: texts.optional(),
  main: text.optional(),
});

const jib = z.strictObject({
  project: text.optional(),
  args: texts.optional(),
  type: text.optional(),
  fromImage: text.optional(),
});

const sync = z.strictObject({
  manual: z.array(z.strictObject({ src: text, dest: text, strip: text.optional() })).optional(),
  infer: texts.optional(),
  auto: flag.optional(),
  hooks: syncHooks.optional(),
});

export const artifact = z.strictObject({
  image: text.min(1),
  context: text.optional(),
  sync: sync.optional(),
  docker: docker.optional(),
  bazel: bazel.optional(),
  ko: ko.optional(),
  jib: jib.optional(),
  kaniko: kaniko.optional(),
  buildpacks: buildpacks.optional(),
  custom: custom.optional(),
  requires: z.array(z.strictObject({ image: text, alias: text.optional() })).optional(),
  hooks: buildHooks.optional(),
  platforms: texts.optional(),
  runtimeType: text.optional(),
});
export type ArtifactText = z.infer<typeof artifact>;
export const builderNames = ['docker', 'bazel', 'ko', 'jib', 'kaniko', 'buildpacks', 'custom'] as const;
