// What of a template cannot be made yet: one list, from which an entry goes as soon as creating can do it.
import { AppError } from '../../../shared/model/errors';
import type { ClusterTemplate } from '../../../shared/model/template';
import { servesIpv6 } from './node-addresses';

type Spec = ClusterTemplate['spec'];

const filled = (value: object) => Object.keys(value).length > 0;

type Missing = Record<string, (spec: Spec) => boolean>;

/** What would be left unread, by the name of its field, and whether a spec asks for it. */
const missing: Missing = {
  'ports[].to.service with an IPv6 networking.serviceSubnet': ({ networking, ports }) =>
    servesIpv6(networking.serviceSubnet) && ports.some(({ to }) => 'service' in to),
};

/** The same for clusters of k3s. */
const missingWithK3s: Missing = {
  'networking.ipFamily': ({ networking }) => networking.ipFamily !== 'ipv4',
  'registry.enabled': ({ registry }) => registry.enabled,
  certificates: ({ certificates }) => certificates.length > 0,
  // k3s makes containerd's configuration itself, from a template of its own.
  patches: ({ patches }) => Object.values(patches).some(filled),
};

/** What a template asks for that creating cannot do, in the words of its fields; empty when it can all be made. */
export function unsupportedIn(template: ClusterTemplate): string[] {
  const list = template.spec.provider === 'k3s' ? missingWithK3s : missing;
  return Object.entries(list).flatMap(([name, asks]) => (asks(template.spec) ? [name] : []));
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
