// `manifests` and `deploy`: what is put into the cluster, and how.
import { z } from 'zod';
import { anything, buildHooks, deployHooks, flag, flatMap, renderHooks, text, textMap, texts, whole } from './parts';

const helmFlags = z.strictObject({
  global: texts.optional(),
  install: texts.optional(),
  upgrade: texts.optional(),
  depBuild: texts.optional(),
  template: texts.optional(),
});

export const release = z.strictObject({
  name: text,
  chartPath: text.optional(),
  remoteChart: text.optional(),
  valuesFiles: texts.optional(),
  namespace: text.optional(),
  version: text.optional(),
  setValues: flatMap.optional(),
  setValueTemplates: flatMap.optional(),
  setFiles: textMap.optional(),
  createNamespace: flag.optional(),
  wait: flag.optional(),
  recreatePods: flag.optional(),
  skipBuildDependencies: flag.optional(),
  skipTests: flag.optional(),
  useHelmSecrets: flag.optional(),
  repo: text.optional(),
  upgradeOnChange: flag.optional(),
  overrides: z.record(z.string(), anything).optional(),
  packaged: z.strictObject({ version: text.optional(), appVersion: text.optional() }).optional(),
  dependsOn: texts.optional(),
});
export type ReleaseText = z.infer<typeof release>;

const kptStep = z.strictObject({ name: text, configMap: texts.optional() });

export const manifests = z.strictObject({
  rawYaml: texts.optional(),
  remoteManifests: z.array(z.strictObject({ manifest: text.optional(), kubeContext: text.optional() })).optional(),
  kustomize: z.strictObject({ paths: texts.optional(), buildArgs: texts.optional() }).optional(),
  helm: z.strictObject({ flags: helmFlags.optional(), releases: z.array(release).optional() }).optional(),
  kpt: texts.optional(),
  hooks: renderHooks.optional(),
  transform: z.array(kptStep).optional(),
  validate: z.array(kptStep).optional(),
  output: text.optional(),
});

export const kubectlFlags = z.strictObject({
  global: texts.optional(),
  apply: texts.optional(),
  delete: texts.optional(),
  disableValidation: flag.optional(),
});

const kpt = z.strictObject({
  dir: text.optional(),
  applyFlags: texts.optional(),
  flags: texts.optional(),
  name: text.optional(),
  inventoryID: text.optional(),
  namespace: text.optional(),
  force: flag.optional(),
  defaultNamespace: text.optional(),
});

/** What every version's `deploy` has. */
export const deployCommon = {
  docker: z.strictObject({ useCompose: flag.optional(), images: texts }).optional(),
  cloudrun: z
    .strictObject({ projectid: text.optional(), region: text.optional(), hooks: buildHooks.optional() })
    .optional(),
  statusCheck: flag.optional(),
  statusCheckDeadlineSeconds: whole.optional(),
  tolerateFailuresUntilDeadline: flag.optional(),
  kubeContext: text.optional(),
  logs: z
    .strictObject({
      prefix: z.enum(['container', 'podAndContainer', 'auto', 'none']).optional(),
      jsonParse: z.strictObject({ fields: texts.optional() }).optional(),
    })
    .optional(),
};

export const helmDeploy = z.strictObject({
  concurrency: whole.optional(),
  releases: z.array(release).optional(),
  flags: helmFlags.optional(),
  hooks: deployHooks.optional(),
});

export const deploy = z.strictObject({
  ...deployCommon,
  helm: helmDeploy.optional(),
  kpt: kpt.optional(),
  kubectl: z
    .strictObject({
      flags: kubectlFlags.optional(),
      remoteManifests: texts.optional(),
      defaultNamespace: text.optional(),
      hooks: deployHooks.optional(),
    })
    .optional(),
});
