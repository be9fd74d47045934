// The files that a node gets before it boots: its configuration and identity, and what the template wants of its surroundings.
import type { ContainerFile } from '../../engine/archive';
import { patchedContainerdConfig } from '../providers/kubeadm/containerd-config';
import { kubeadmConfig } from '../providers/kubeadm/kubeadm-config';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { recordedTemplate } from '../recorded';
import { type Building, found, imageFactsOf } from './building';
import { kubeadmRequestOf } from './node-config';

/** Throws `template-invalid` for a patch that does not apply to what the node's image has. */
export function nodeFiles(building: Building, node: PlannedNode): ContainerFile[] {
  const { template, certificates = new Map<string, string>() } = building.request;
  const { environment, patches } = template.spec;
  const containerd = patchedContainerdConfig(imageFactsOf(building, node).containerdConfig ?? '', patches);
  // Whoever makes the cluster knows its template; nodes that come later get what the others have.
  const remembers = building.pki !== undefined && node.role === 'control-plane';
  return [
    ...(remembers ? [recordedTemplate(template)] : []),
    { path: '/kind/kubeadm.conf', content: kubeadmConfig(kubeadmRequestOf(building, node)), mode: 0o600 },
    ...(found(building.files, 'the certificates').get(node.name) ?? []),
    ...(containerd === undefined ? [] : [{ path: '/etc/containerd/config.toml', content: containerd }]),
    ...environmentFiles(environment),
    ...[...certificates].map(([name, content]) => ({ path: `${certificateFolder}/boathouse-${name}.crt`, content })),
  ];
}

/** Where Debian's `update-ca-certificates` looks for more than its own. */
const certificateFolder = '/usr/local/share/ca-certificates';

/** systemd gives its services nothing of the container's environment; those that matter are told. */
export function environmentFiles(environment: Readonly<Record<string, string>>): ContainerFile[] {
  const lines = Object.entries(environment).map(([name, value]) => `Environment=${systemdQuoted(`${name}=${value}`)}`);
  if (lines.length === 0) return [];
  const content = `[Service]\n${lines.join('\n')}\n`;
  return ['containerd', 'kubelet'].map((unit) => ({
    path: `/etc/systemd/system/${unit}.service.d/50-boathouse-environment.conf`,
    content,
  }));
}

/** systemd.syntax: C escapes in double quotes; a percent sign begins a specifier. */
function systemdQuoted(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('%', '%%');
  return `"${escaped}"`;
}
