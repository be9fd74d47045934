// Where k3s fetches images of other registries from: its file `registries.yaml`, which containerd is configured by.
import { stringify } from 'yaml';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';

/** k3d 5.9: the same file on all servers and agents; none where there are no mirrors. */
export function registriesFile({ mirrors }: TemplateSpec['registry']) {
  const entries = Object.entries(mirrors).map(([name, endpoint]) => [name, { endpoint }] as const);
  if (entries.length === 0) return [];
  const content = stringify({ mirrors: Object.fromEntries(entries) }, { lineWidth: 0 });
  return [{ path: '/etc/rancher/k3s/registries.yaml', content, mode: 0o644 }];
}
