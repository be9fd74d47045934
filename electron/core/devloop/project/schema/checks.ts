// `test`, `verify` and `customActions`: read so that a slip in them is told; `skaffold dev` runs the first only.
import { z } from 'zod';
import { flag, text, texts, whole } from './parts';

const dependencies = z.strictObject({
  command: text.optional(),
  paths: texts.optional(),
  ignore: texts.optional(),
});

export const test = z.strictObject({
  image: text,
  context: text.optional(),
  custom: z
    .array(
      z.strictObject({
        command: text,
        timeoutSeconds: whole.optional(),
        dependencies: dependencies.optional(),
      }),
    )
    .optional(),
  structureTests: texts.optional(),
  structureTestsArgs: texts.optional(),
});

const container = z.strictObject({
  name: text,
  image: text,
  command: texts.optional(),
  args: texts.optional(),
  env: z.array(z.strictObject({ name: text, value: text.optional() })).optional(),
});
const executionMode = z.strictObject({
  local: z.strictObject({ useLocalImages: flag.optional() }).optional(),
  kubernetesCluster: z.strictObject({ overrides: text.optional(), jobManifestPath: text.optional() }).optional(),
});

export const verify = z.strictObject({
  name: text,
  timeout: whole.optional(),
  container,
  executionMode: executionMode.optional(),
});

export const customAction = z.strictObject({
  name: text,
  failFast: flag.optional(),
  timeout: whole.optional(),
  executionMode: executionMode.optional(),
  containers: z.array(container),
});
