// Manifests and edits for the stand-in: what is changed by whom, mistakes at their lines.
import type { Client } from '../../shared/contract';
import type { ManifestObject } from '../../shared/model/manifests';

function object(name: string, more: Partial<ManifestObject>): ManifestObject {
  return {
    document: 1,
    line: 1,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'shop',
    name,
    change: 'unchanged',
    hunks: [],
    conflicts: [],
    problems: [],
    ...more,
  };
}

const hunks: ManifestObject['hunks'] = [
  {
    line: 5,
    lines: [
      { kind: 'same', text: 'spec:' },
      { kind: 'gone', text: '  replicas: 1' },
      { kind: 'new', text: '  replicas: 3' },
    ],
  },
];

/** A text with `replica:` in it has a typo; one with `owned` changes what another one has set. */
export function manifestsStandIn(
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['manifests'] {
  return {
    diff: async ({ text, context, force }) => {
      enter('manifests.diff');
      const local = !context.startsWith('prod');
      if (text.includes('{{')) {
        return { objects: [], problems: [{ line: 2, column: 3, message: 'Nested mappings are not allowed' }], local };
      }
      const refused = object('api', {
        document: 3,
        line: 9,
        change: 'refused',
        error: { code: 'kubernetes-refused', message: 'Kubernetes refused Deployment shop/api', hints: [] },
        problems: [{ line: 12, column: 5, message: 'spec.replica: field not declared in schema' }],
      });
      const conflicts = text.includes('owned') && !force ? [{ manager: 'helm', fields: ['spec.replicas'] }] : [];
      return {
        objects: [
          object('shop', { kind: 'Namespace', apiVersion: 'v1', change: 'created', hunks: [] }),
          object('web', { document: 2, line: 4, change: 'changed', hunks, conflicts }),
          ...(text.includes('replica:') ? [refused] : []),
        ],
        problems: [],
        local,
      };
    },
    apply: async (input) => started('manifests.apply', input),
    planEdit: async ({ context, text, force }) => {
      enter('manifests.planEdit');
      const about = {
        local: !context.startsWith('prod'),
        command: `kubectl --context ${context} edit`,
        rebased: false,
      };
      if (text.includes('replica:')) {
        const problem = { line: 2, column: 1, message: 'spec.replica: field not declared in schema' };
        const error = {
          code: 'kubernetes-refused' as const,
          message: 'Kubernetes refused it: a field is unknown',
          hints: [],
        };
        return { ...about, hunks: [], conflicts: [], problems: [problem], error };
      }
      const conflicts = text.includes('owned') && !force ? [{ manager: 'helm', fields: ['spec.replicas'] }] : [];
      return { ...about, hunks, conflicts, problems: [] };
    },
    edit: async (input) => enter('manifests.edit', input),
  };
}
