// Walks a folder for what a project is made of: Dockerfiles, manifests, kustomizations, charts.
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { documentsIn } from '../../../kube/yaml';

/** Folders below the first that are looked into. */
const deepest = 6;
/** Files that are looked at. */
const mostFiles = 20_000;
/** Bytes of a manifest that is read. */
const largestManifest = 1_000_000;

/** What other tools fill, and nobody writes. */
const ignored = new Set(['node_modules', 'vendor', 'dist', 'build', 'target', '__pycache__', 'venv', 'testdata']);
const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

export interface ManifestFile {
  /** Relative to the folder, with `/`. */
  path: string;
  objects: readonly Record<string, unknown>[];
}

export interface Found {
  dockerfiles: string[];
  manifests: ManifestFile[];
  /** Folders, `.` the first. */
  kustomizations: { dir: string; content: Record<string, unknown> }[];
  /** Folders. */
  charts: { dir: string; values: unknown }[];
  /** More was there than is looked at. */
  cut: boolean;
}

export async function find(dir: string, signal: AbortSignal): Promise<Found> {
  const found: Found = { dockerfiles: [], manifests: [], kustomizations: [], charts: [], cut: false };
  let left = mostFiles;

  async function walk(below: string, depth: number): Promise<void> {
    signal.throwIfAborted();
    const entries = await entriesOf(join(dir, below));
    left -= entries.length;
    if (left < 0) {
      found.cut = true;
      return;
    }
    const names = new Set(entries.map(({ name }) => name));
    if (names.has('Chart.yaml')) {
      const values = names.has('values.yaml') ? await yamlOf(join(dir, below, 'values.yaml')) : [];
      found.charts.push({ dir: below || '.', values: values[0] });
    }
    const kustomization = kustomizationNames.find((name) => names.has(name));
    if (kustomization) {
      const [content] = await yamlOf(join(dir, below, kustomization));
      found.kustomizations.push({ dir: below || '.', content: asMap(content) });
    }
    for (const entry of entries) {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) {
        const skipped = ignored.has(entry.name) || entry.name.startsWith('.');
        // What a chart is made of are no manifests, and other charts in it are its own.
        if (skipped || names.has('Chart.yaml')) continue;
        if (depth < deepest) await walk(path, depth + 1);
        else found.cut = true;
      } else if (isDockerfile(entry.name)) found.dockerfiles.push(path);
      else if (/\.ya?ml$/.test(entry.name) && !kustomizationNames.includes(entry.name)) {
        const objects = (await yamlOf(join(dir, path))).map(asMap).filter(isObject);
        if (objects.length > 0) found.manifests.push({ path, objects });
      }
    }
  }

  await walk('', 0);
  return found;
}

async function entriesOf(dir: string): Promise<Dirent[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isDockerfile(name: string): boolean {
  return /^(Dockerfile|Containerfile)([.-][\w-]+)?$|^[\w-]+\.Dockerfile$/.test(name) && !name.endsWith('.dockerignore');
}

/** Documents of a file; of one that is too large or no YAML, none. */
async function yamlOf(file: string): Promise<unknown[]> {
  try {
    if ((await stat(file)).size > largestManifest) return [];
    return documentsIn(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
}

export function asMap(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** An object of Kubernetes, and neither a configuration of kustomize nor one of the tools that borrow its form. */
function isObject({ apiVersion, kind, metadata }: Record<string, unknown>): boolean {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !asMap(metadata).name) return false;
  return !/^(kustomize\.config\.k8s\.io|skaffold|kind\.x-k8s\.io|k3d\.io|boathouse\.dev|kubeadm\.k8s\.io)\//.test(
    apiVersion,
  );
}
