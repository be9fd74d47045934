// What stands inside a template's texts and files: manifests, certificates and patches have to be what they say they are.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ClusterTemplate } from '../../../shared/model/template';
import type { Finding } from '../../../shared/model/template/rules';
import type { TemplateSpec } from '../../../shared/model/template/spec';
import { tomlOf } from '../clusters/providers/kubeadm/containerd-config';
import { mergePatchesIn } from '../clusters/providers/kubeadm/kubeadm-patches';
import { operationsIn } from '../clusters/providers/kubeadm/patching';
import { manifestObjects } from '../kube/manifest';
import { hostPath, type PathBase } from './host-paths';

type Path = Finding['path'];

/** What is wrong with the texts that a template holds itself; each place is a finding's. */
export function brokenTexts(spec: TemplateSpec): Finding[] {
  const inline = (list: readonly object[], name: string, read: (text: string) => unknown) =>
    list.flatMap((entry, index) =>
      'inline' in entry ? attempt([name, index, 'inline'], () => read(String(entry.inline))) : [],
    );
  return [
    ...inline(spec.manifests, 'manifests', manifestObjects),
    ...inline(spec.certificates, 'certificates', certificatesIn),
    ...brokenPatches(spec.patches, ['patches']),
    ...spec.nodes.flatMap(({ patches }, index) => brokenPatches(patches, ['nodes', index, 'patches'])),
    ...spec.patches.containerd.flatMap((text, index) => attempt(['patches', 'containerd', index], () => tomlOf(text))),
    ...spec.patches.containerdJson6902.flatMap((text, index) =>
      attempt(['patches', 'containerdJson6902', index], () => operationsIn(text)),
    ),
  ];
}

function brokenPatches(patches: TemplateSpec['nodes'][number]['patches'], at: Path): Finding[] {
  return [
    ...patches.kubeadm.flatMap((text, index) => attempt([...at, 'kubeadm', index], () => mergePatchesIn(text))),
    ...patches.kubeadmJson6902.flatMap(({ patch }, index) =>
      attempt([...at, 'kubeadmJson6902', index, 'patch'], () => operationsIn(patch)),
    ),
  ];
}

/** What is wrong with the files that a template names and that are there. */
export async function brokenFiles({ spec }: ClusterTemplate, base: PathBase): Promise<Finding[]> {
  const files = (list: readonly object[], name: string, read: (text: string) => unknown) =>
    list.map(async (entry, index): Promise<Finding[]> => {
      const file = 'file' in entry ? hostPath(String(entry.file), base) : undefined;
      if (file === undefined) return [];
      const path = [name, index, 'file'];
      try {
        const text = await readFile(file, 'utf8');
        return attempt(path, () => read(text));
      } catch (error) {
        return [{ path, message: `${file} cannot be read: ${(error as Error).message}` }];
      }
    });
  const findings = await Promise.all([
    ...files(spec.manifests, 'manifests', manifestObjects),
    ...files(spec.certificates, 'certificates', certificatesIn),
  ]);
  return findings.flat();
}

function attempt(path: Path, read: () => unknown): Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    return [{ path, message: error instanceof Error ? error.message : String(error) }];
  }
}

/** The template with the texts of its certificates in place of their files: what is read once does not change when a file does. */
export async function withCertificateTexts(template: ClusterTemplate): Promise<ClusterTemplate> {
  const certificates = await Promise.all(
    template.spec.certificates.map(async (entry) =>
      'inline' in entry ? entry : { name: entry.name, inline: await readFile(entry.file, 'utf8') },
    ),
  );
  return { ...template, spec: { ...template.spec, certificates } };
}

/** The certificates of a template whose paths are absolute, PEM, by name. */
export async function readCertificates({ spec }: ClusterTemplate): Promise<ReadonlyMap<string, string>> {
  const read = await Promise.all(
    spec.certificates.map(async (entry) => {
      const text = 'inline' in entry ? entry.inline : await readFile(entry.file, 'utf8');
      return certificatesIn(text).map(
        (pem, index) => [index === 0 ? entry.name : `${entry.name}-${index + 1}`, pem] as const,
      );
    }),
  );
  return new Map(read.flat());
}

/** The certificates in a PEM text, each as PEM. Throws an `Error` where there are none, or one of them is none. */
export function certificatesIn(text: string): string[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new Error('it holds no certificate as PEM text');
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block).toString();
    } catch {
      throw new Error(blocks.length > 1 ? `certificate ${index + 1} in it is none` : 'it is not a certificate');
    }
  });
}
