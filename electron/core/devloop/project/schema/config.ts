// A whole configuration, as skaffold's schemas v3alpha1 to v4beta14 have it and as v2beta29 had it.
import { z } from 'zod';
import { build } from './build';
import { customAction, test, verify } from './checks';
import { deploy, deployCommon, helmDeploy, kubectlFlags, manifests, release } from './deploy';
import { anything, deployHooks, flag, flatMap, text, textMap, texts, whole } from './parts';

const gitSource = z.strictObject({
  repo: text,
  path: text.optional(),
  ref: text.optional(),
  sync: flag.optional(),
});
export const requirement = z.strictObject({
  configs: texts.optional(),
  path: text.optional(),
  git: gitSource.optional(),
  googleCloudStorage: z
    .strictObject({ source: text.optional(), path: text.optional(), sync: flag.optional() })
    .optional(),
  googleCloudBuildRepoV2: gitSource.extend({ projectID: text, region: text, connection: text }).optional(),
  activeProfiles: z.array(z.strictObject({ name: text, activatedBy: texts.optional() })).optional(),
});

const portForward = z.strictObject({
  resourceType: text.optional(),
  resourceName: text.optional(),
  namespace: text.optional(),
  port: text.optional(),
  address: text.optional(),
  localPort: whole.optional(),
});

const resourceFilter = z.strictObject({
  groupKind: text,
  image: texts.optional(),
  labels: texts.optional(),
  podSpec: texts.optional(),
});

const pipeline = z.strictObject({
  build: build.optional(),
  test: z.array(test).optional(),
  manifests: manifests.optional(),
  deploy: deploy.optional(),
  portForward: z.array(portForward).optional(),
  resourceSelector: z
    .strictObject({ allow: z.array(resourceFilter).optional(), deny: z.array(resourceFilter).optional() })
    .optional(),
  verify: z.array(verify).optional(),
  customActions: z.array(customAction).optional(),
});

const patch = z.strictObject({
  op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']).optional(),
  path: text,
  from: text.optional(),
  value: anything.optional(),
});
const profileHead = {
  name: text,
  activation: z
    .array(z.strictObject({ env: text.optional(), kubeContext: text.optional(), command: text.optional() }))
    .optional(),
  requiresAllActivations: flag.optional(),
  patches: z.array(patch).optional(),
};
const head = {
  apiVersion: text,
  kind: z.literal('Config'),
  metadata: z
    .strictObject({ name: text.optional(), labels: textMap.optional(), annotations: textMap.optional() })
    .optional(),
  requires: z.array(requirement).optional(),
};

export const config = z.strictObject({
  ...head,
  ...pipeline.shape,
  profiles: z.array(z.strictObject({ ...profileHead, ...pipeline.shape })).optional(),
});
export type Config = z.infer<typeof config>;

/** What skaffold 1.39 wrote: manifests stood under their deployers, and helm told charts of images in its own way. */
const oldRelease = release.extend({
  artifactOverrides: flatMap.optional(),
  imageStrategy: z
    .strictObject({
      fqn: z.strictObject({ property: text.optional() }).optional(),
      helm: z.strictObject({ explicitRegistry: flag.optional() }).optional(),
    })
    .optional(),
});
const oldDeploy = z.strictObject({
  ...deployCommon,
  kubectl: z
    .strictObject({
      manifests: texts.optional(),
      remoteManifests: texts.optional(),
      flags: kubectlFlags.optional(),
      defaultNamespace: text.optional(),
      hooks: deployHooks.optional(),
    })
    .optional(),
  kustomize: z
    .strictObject({
      paths: texts.optional(),
      flags: kubectlFlags.optional(),
      buildArgs: texts.optional(),
      defaultNamespace: text.optional(),
      hooks: deployHooks.optional(),
    })
    .optional(),
  helm: helmDeploy.extend({ releases: z.array(oldRelease).optional() }).optional(),
  kpt: z.looseObject({ dir: text }).optional(),
});
const { manifests: _none, ...oldPipeline } = { ...pipeline.shape, deploy: oldDeploy.optional() };

export const oldConfig = z.strictObject({
  ...head,
  ...oldPipeline,
  profiles: z.array(z.strictObject({ ...profileHead, ...oldPipeline })).optional(),
});
