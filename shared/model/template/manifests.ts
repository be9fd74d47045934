// Manifests: Kubernetes objects that a new cluster is given, and what to wait for before it counts as ready.
import { z } from 'zod';
import { dnsLabel } from './values';

const object = z
  .string()
  .regex(/^[a-z][a-z0-9.-]*\/[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'name a kind and an object, such as deployment/web');

const common = {
  namespace: dnsLabel.optional().describe("Namespace of the object, where it is not the manifest's."),
  timeoutSeconds: z.int().min(1).max(3600).default(300).describe('How many seconds to wait at most.'),
};

const waitSchema = z.union([
  z.strictObject({
    rollout: object.describe('A Deployment, StatefulSet or DaemonSet whose pods must all be new and ready.'),
    ...common,
  }),
  z.strictObject({
    condition: z.string().min(1).describe('A condition that must be true, such as Available or Established.'),
    of: object.describe('The object that must have the condition.'),
    ...common,
  }),
]);

const manifest = {
  name: dnsLabel.describe('What to call the manifest in plans and logs.'),
  namespace: dnsLabel.optional().describe('Namespace of objects that name none; it is made where it is missing.'),
  wait: z.array(waitSchema).default([]).describe('What to wait for after it was applied, all at the same time.'),
};

export const manifestSchema = z.union([
  z.strictObject({ ...manifest, inline: z.string().min(1).describe('The objects as YAML.') }),
  z.strictObject({
    ...manifest,
    file: z
      .string()
      .min(1)
      .describe("A YAML file: absolute, relative to the template's file, or with ~ or ${HOME} for the home folder."),
  }),
  z.strictObject({
    ...manifest,
    url: z.url({ protocol: /^https$/, error: 'use an https address' }).describe('Where to fetch the YAML from.'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'use the 64 hexadecimal digits that sha256sum prints')
      .describe('SHA-256 of what the address must give, in hexadecimal digits.'),
  }),
]);

export type TemplateManifest = z.infer<typeof manifestSchema>;
export type ManifestWait = TemplateManifest['wait'][number];

/** A workload that comes with the product: a file of `resources/samples`, and the image that takes the place of its blank. */
export const sampleSchema = z.strictObject({
  manifest: z
    .string()
    .regex(/^[a-z0-9-]+\.yaml$/, 'name a file of resources/samples')
    .describe('A sample that comes with Boathouse: hello.yaml.'),
  image: z.string().min(1).describe('Image that the sample runs.'),
});
