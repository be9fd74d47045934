// What an image is made of: manifests, configurations, chain ids, and the full names that containerd keeps images under.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseImageReference } from '../engine/image-reference';

const digestSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const descriptorSchema = z.object({
  mediaType: z.string().default(''),
  digest: digestSchema,
  size: z.number().nonnegative(),
  platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** An OCI image manifest, or Docker's of schema 2, which has the same fields. */
export const manifestSchema = z.object({ config: descriptorSchema, layers: z.array(descriptorSchema) });

/** An OCI index, or Docker's manifest list. */
export const indexSchema = z.object({ manifests: z.array(descriptorSchema) });

export const configSchema = z.object({
  os: z.string().default(''),
  architecture: z.string().default(''),
  created: z.string().nullish(),
  rootfs: z.object({ diff_ids: z.array(digestSchema).nullish() }),
});

export const mediaTypes = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
} as const;

export function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Names of the snapshots that layers become, lowest first. Source: image-spec, "Layer ChainID". */
export function chainIds(diffIds: readonly string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below ? digestOf(`${below} ${diffId}`) : diffId);
  }
  return chain;
}

/**
 * The name under which a kubelet looks for a reference: `web` is `docker.io/library/web:latest`.
 * kind 0.33: sanitizeImage. Throws `bad-input`.
 */
export function fullName(reference: string): string {
  const { registry, name, tag, digest } = parseImageReference(reference);
  const slash = name.indexOf('/');
  const named = slash > 0 && registry !== 'docker.io';
  const short = name.replace(/^(index\.)?docker\.io\//, '');
  const path = named ? name : `docker.io/${short.includes('/') ? short : `library/${short}`}`;
  return path + (tag || !digest ? `:${tag ?? 'latest'}` : '') + (digest ? `@${digest}` : '');
}

/** The manifest that containerd 1.6 makes of a docker-archive, byte for byte, so that its digest is the one `kind load` gives. */
export function dockerManifest(
  config: Buffer,
  layers: readonly { digest: string; size: number; compressed?: 'gzip' | 'zstd' | undefined }[],
): Buffer {
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.dockerManifest,
    config: { mediaType: mediaTypes.dockerConfig, digest: digestOf(config), size: config.length },
    layers: layers.map(({ digest, size, compressed }) => ({
      mediaType: mediaTypes.dockerLayer + (compressed ? `.${compressed}` : ''),
      digest,
      size,
    })),
  };
  return Buffer.from(JSON.stringify(manifest));
}
