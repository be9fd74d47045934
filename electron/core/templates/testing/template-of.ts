// For tests: a valid template around the fields of a spec.
import { type ClusterTemplate, templateSchema } from '../../../../shared/model/template';

/** A template called `mine` with one control plane unless the spec says otherwise. */
export function templateOf(spec: object): ClusterTemplate {
  return templateSchema.parse({
    apiVersion: 'boathouse.dev/v1',
    kind: 'ClusterTemplate',
    metadata: { id: 'mine', title: 'Mine', description: 'Mine' },
    spec: { nodes: [{ role: 'control-plane' }], ...spec },
  });
}
