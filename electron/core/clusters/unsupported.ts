// What of a template cannot be made yet: one list, from which an entry goes as soon as creating can do it.
import { AppError } from '../../../shared/model/errors';
import type { ClusterTemplate } from '../../../shared/model/template';

type Spec = ClusterTemplate['spec'];

const filled = (value: object) => Object.keys(value).length > 0;

/** What clusters of k3s would leave unread, by the name of its field, and whether a spec asks for it. Those of kubeadm read all. */
const missingWithK3s: Record<string, (spec: Spec) => boolean> = {
  'networking.ipFamily': ({ networking }) => networking.ipFamily !== 'ipv4',
  'registry.enabled': ({ registry }) => registry.enabled,
  // k3s makes containerd's configuration itself, from a template of its own.
  patches: ({ patches }) => Object.values(patches).some(filled),
};

/** What a template asks for that creating cannot do, in the words of its fields; empty when it can all be made. */
export function unsupportedIn(template: ClusterTemplate): string[] {
  if (template.spec.provider !== 'k3s') return [];
  return Object.entries(missingWithK3s).flatMap(([name, asks]) => (asks(template.spec) ? [name] : []));
}

/** Throws `template-unsupported`, naming every such thing, before anything is made. */
export function refuseUnsupported(template: ClusterTemplate): void {
  const found = unsupportedIn(template);
  if (found.length === 0) return;
  const { id } = template.metadata;
  throw new AppError(
    'template-unsupported',
    `The template ${id} asks for what cannot be made yet: ${found.join(', ')}`,
    {
      params: { id, fields: found.join(', '), count: found.length },
      hints: [{ text: 'Leave these fields out, or choose another template.' }],
    },
  );
}
