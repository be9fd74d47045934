// What can be done to objects, for the stand-in: a deletion that takes much with it, revisions to go back to.
import type { Client } from '../../shared/contract';
import { type ActionPlan, kubectlCommand, kubectlDeletion, type Revision } from '../../shared/model/actions';

const nothing: Omit<ActionPlan, 'command' | 'local'> = {
  losses: [],
  moves: [],
  keeps: [],
  data: [],
  owners: [],
  usedBy: [],
  finalizers: [],
};

const revisions: Revision[] = [
  { revision: 3, images: ['web:3'], createdAt: '2026-03-14T09:26:53Z', current: true, change: [] },
  {
    revision: 2,
    images: ['web:2'],
    createdAt: '2026-03-12T09:26:53Z',
    cause: 'new colours',
    current: false,
    change: [
      {
        line: 4,
        lines: [
          { kind: 'same', text: '  containers:' },
          { kind: 'gone', text: '    - image: web:3' },
          { kind: 'new', text: '    - image: web:2' },
        ],
      },
    ],
  },
];

export function actionsStandIn(
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['actions'] {
  return {
    plan: async ({ context, object, action }) => {
      enter('actions.plan');
      const command = kubectlCommand(context, object, action as Parameters<typeof kubectlCommand>[2]);
      const local = !context.startsWith('prod');
      if (action.verb === 'drain') {
        const moves = [{ kind: 'pods', names: ['web-0', 'api-1'], count: 2 }];
        return { ...nothing, command, local, moves, data: ['shop/web-0: cache (emptyDir)'] };
      }
      if (action.verb !== 'delete') return { ...nothing, command, local };
      return {
        ...nothing,
        command,
        local,
        losses: [
          { kind: object.kind.resource, names: [object.name], count: 1 },
          { kind: 'pods', names: ['web-0', 'web-1'], count: 24 },
        ],
        keeps: [{ kind: 'persistentvolumeclaims', names: ['data-db-0'], count: 1 }],
        owners: [{ kind: 'ReplicaSet', name: 'checkout-5d8f' }],
        finalizers: ['foregroundDeletion'],
      };
    },
    planDeletion: async ({ context, objects, orphans = false, force = false }) => {
      enter('actions.planDeletion');
      return {
        ...nothing,
        command: kubectlDeletion(context, { objects, orphans, force }),
        local: !context.startsWith('prod'),
        losses: [
          { kind: objects[0]?.kind.resource ?? '', names: objects.map(({ name }) => name), count: objects.length },
        ],
        owners: [{ kind: 'ReplicaSet', name: 'checkout-5d8f' }],
      };
    },
    deleteSeveral: async (input) => started('actions.deleteSeveral', input),
    act: async (input) => started('actions.act', input),
    revisions: async () => {
      enter('actions.revisions');
      return revisions;
    },
  };
}
