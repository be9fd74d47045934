// What a project puts into a cluster: raw manifests, kustomizations, charts; and the ports it wants on this computer.
import { z } from 'zod';
import { hooksSchema } from './hooks';
import { filePlaceSchema } from './place';

/**
 * Raw manifests: a file, a folder (all `.yaml`, `.yml`, `.json` in it, not below), or a glob with `**`. Absolute, with `/`.
 * A pattern beginning with `!` takes away what earlier ones gave. An `https` address is fetched.
 */
export const manifestSourceSchema = z.object({ pattern: z.string(), at: filePlaceSchema });
export type ManifestSource = z.infer<typeof manifestSourceSchema>;

/** A folder with a kustomization, absolute; `buildArgs` are flags of `kustomize build`, which take its program. */
export const kustomizeSchema = z.object({ dir: z.string(), buildArgs: z.array(z.string()), at: filePlaceSchema });
export type Kustomize = z.infer<typeof kustomizeSchema>;

/**
 * A release of Helm. Values may hold what only a build knows: `{{.IMAGE_REPO_web}}`, `{{.IMAGE_TAG_web}}`, `{{.IMAGE_DIGEST_web}}`,
 * `{{.IMAGE_FULLY_QUALIFIED_web}}` (name of the image with `/`, `-`, `.` and `:` as `_`), the same without a name for the first
 * image, and with a number for the others. skaffold: `setValueTemplates` are filled, `setValues` are too since v2.
 */
export const helmReleaseSchema = z.object({
  name: z.string(),
  /** A chart in a folder or archive (absolute), or one that helm fetches. */
  chart: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('path'), path: z.string() }),
    z.object({ kind: z.literal('remote'), name: z.string(), repo: z.string().optional() }),
  ]),
  version: z.string().optional(),
  namespace: z.string().optional(),
  createNamespace: z.boolean(),
  /** Absolute, later ones win. */
  valuesFiles: z.array(z.string()),
  /** Keys as `--set` takes them: `image.tag`, `hosts[0]`. */
  setValues: z.record(z.string(), z.string()),
  setValueTemplates: z.record(z.string(), z.string()),
  /** Values are absolute paths. */
  setFiles: z.record(z.string(), z.string()),
  /** A values file said in place; it wins over `valuesFiles`. */
  overrides: z.record(z.string(), z.unknown()),
  wait: z.boolean(),
  skipBuildDependencies: z.boolean(),
  skipTests: z.boolean(),
  /** Whether a change of an image upgrades it; skaffold: yes for charts in a folder, no for fetched ones. */
  upgradeOnChange: z.boolean(),
  packaged: z.object({ version: z.string().optional(), appVersion: z.string().optional() }).optional(),
  /** Names of releases that must stand before. */
  dependsOn: z.array(z.string()),
  at: filePlaceSchema,
});
export type HelmRelease = z.infer<typeof helmReleaseSchema>;

/** Further flags of helm, by the command that takes them. */
export const helmFlagsSchema = z.object({
  global: z.array(z.string()),
  install: z.array(z.string()),
  upgrade: z.array(z.string()),
  depBuild: z.array(z.string()),
  template: z.array(z.string()),
});

export const deploymentSchema = z.object({
  /** Applied with server-side apply. */
  rawYaml: z.array(manifestSourceSchema),
  kustomize: z.array(kustomizeSchema),
  /** `manifests.helm`: rendered by `helm template`, applied like raw manifests. */
  charts: z.array(helmReleaseSchema),
  chartFlags: helmFlagsSchema,
  /** `deploy.helm`: installed and upgraded by helm, as releases. */
  releases: z.array(helmReleaseSchema),
  releaseFlags: helmFlagsSchema,
  /** For objects that name none; absent: the context's. */
  defaultNamespace: z.string().optional(),
  renderHooks: hooksSchema,
  deployHooks: hooksSchema,
  /** Whether it waits until what was deployed is ready. */
  statusCheck: z.boolean(),
  /** Seconds to wait at most; skaffold: 600. */
  statusCheckDeadline: z.number(),
  /** Failures on the way count only when the time is up. */
  tolerateFailures: z.boolean(),
  /** The context that the file names; the loop refuses one that differs from what was asked for, rather than choosing. */
  kubeContext: z.string().optional(),
  /** How log lines are begun; skaffold: `auto` leaves out the pod where it is called like the container. */
  logPrefix: z.enum(['container', 'podAndContainer', 'auto', 'none']),
  /** Fields of JSON log lines that are shown; empty: lines as they are. */
  logJsonFields: z.array(z.string()),
});
export type Deployment = z.infer<typeof deploymentSchema>;

/** A port on this computer that leads to a resource. skaffold: another local port is taken where it is not free. */
export const portForwardSchema = z.object({
  /** In small letters: `service`, `pod`, `deployment`, `statefulset`, `daemonset`, `replicaset`, `job` and so on. */
  resourceType: z.string(),
  resourceName: z.string(),
  /** Absent: where the project deploys. */
  namespace: z.string().optional(),
  /** A number, or the name of a port. */
  port: z.union([z.int(), z.string()]),
  /** 127.0.0.1 unless the file says otherwise. */
  address: z.string(),
  /** Absent: the same number as `port` if it is free, else any. */
  localPort: z.int().optional(),
  at: filePlaceSchema,
});
export type PortForward = z.infer<typeof portForwardSchema>;
