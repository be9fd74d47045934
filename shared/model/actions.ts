// What can be done to an object in a cluster, which kinds each action fits, and the same by kubectl. Pure.
import { z } from 'zod';
import { diffHunkSchema } from './diff';
import { grouped } from './grouped';
import { type KindRef, kindName, kindRefSchema } from './objects';

const name = z.string().min(1).max(253);

/** One object of the cluster of a context. */
export const objectRefSchema = z.object({
  kind: kindRefSchema,
  namespace: name.optional(),
  name: z.string().min(1).max(512),
});
export type ObjectRef = z.infer<typeof objectRefSchema>;

/** A node, as an object of its cluster. */
export function nodeRef(called: string): ObjectRef {
  return { kind: { group: '', version: 'v1', resource: 'nodes' }, name: called };
}

export const actionVerbs = [
  'scale',
  'restart',
  'roll-back',
  'trigger',
  'suspend',
  'resume',
  'cordon',
  'uncordon',
  'drain',
  'delete',
] as const;
export type ActionVerb = (typeof actionVerbs)[number];

export const objectActionSchema = z.discriminatedUnion('verb', [
  z.object({ verb: z.literal('scale'), replicas: z.int().min(0).max(100_000) }),
  z.object({ verb: z.literal('restart') }),
  /** Without a revision: to the one before. */
  z.object({ verb: z.literal('roll-back'), revision: z.int().min(1).optional() }),
  /** A Job now, as a CronJob would make it. */
  z.object({ verb: z.literal('trigger') }),
  z.object({ verb: z.literal('suspend') }),
  z.object({ verb: z.literal('resume') }),
  z.object({ verb: z.literal('cordon') }),
  z.object({ verb: z.literal('uncordon') }),
  /** `force`: past disruption budgets, and with pods that nothing would bring back. */
  z.object({ verb: z.literal('drain'), force: z.boolean().default(false) }),
  /** `orphans`: what belongs to it stays. `force`: it counts as gone at once, whatever a kubelet says. */
  z.object({ verb: z.literal('delete'), orphans: z.boolean().default(false), force: z.boolean().default(false) }),
]);
export type ObjectAction = z.infer<typeof objectActionSchema>;

/** Objects that are deleted together, and how: as of one (`delete` above). */
export const deletionSchema = z.object({
  objects: z.array(objectRefSchema).min(1).max(500),
  orphans: z.boolean().default(false),
  force: z.boolean().default(false),
});
export type Deletion = z.infer<typeof deletionSchema>;

/** Some objects of one kind: the first of their names, and how many there are. */
const someObjectsSchema = z.object({ kind: z.string(), names: z.array(z.string()), count: z.number() });
export type SomeObjects = z.infer<typeof someObjectsSchema>;

export const actionPlanSchema = z.object({
  /** The same by kubectl. */
  command: z.string(),
  /** Its cluster is on this computer; else the context's name has to be given with the wish. */
  local: z.boolean(),
  /** What goes with it, the object itself first. */
  losses: z.array(someObjectsSchema),
  /** Pods that are made anew elsewhere. */
  moves: z.array(someObjectsSchema),
  /** What stays though one might think that it goes, such as a StatefulSet's claims. */
  keeps: z.array(someObjectsSchema),
  /** Volumes whose data is lost for good. */
  data: z.array(z.string()),
  /** What would make it anew at once. */
  owners: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** What uses it, and would miss it. */
  usedBy: z.array(someObjectsSchema),
  /** Who has to let it go first. */
  finalizers: z.array(z.string()),
});
export type ActionPlan = z.infer<typeof actionPlanSchema>;

export const revisionSchema = z.object({
  revision: z.number(),
  createdAt: z.string().optional(),
  /** `kubernetes.io/change-cause`. */
  cause: z.string().optional(),
  images: z.array(z.string()),
  current: z.boolean(),
  /** What rolling back to it would change in the pod template. */
  change: z.array(diffHunkSchema),
});
export type Revision = z.infer<typeof revisionSchema>;

const rolling = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'];
const fits: Record<ActionVerb, readonly string[] | undefined> = {
  scale: ['deployments.apps', 'statefulsets.apps', 'replicasets.apps', 'replicationcontrollers'],
  restart: rolling,
  'roll-back': rolling,
  trigger: ['cronjobs.batch'],
  suspend: ['cronjobs.batch'],
  resume: ['cronjobs.batch'],
  cordon: ['nodes'],
  uncordon: ['nodes'],
  drain: ['nodes'],
  delete: undefined,
};

/** What can be done to objects of a kind, in the order in which it is offered. */
export function actionsFor(kind: Pick<KindRef, 'group' | 'resource'>): ActionVerb[] {
  return actionVerbs.filter((verb) => fits[verb]?.includes(kindName(kind)) ?? true);
}

/** The equivalent `kubectl`, with the context named. */
export function kubectlCommand(context: string, { kind, namespace, name: called }: ObjectRef, action: ObjectAction) {
  const within = namespace === undefined ? [] : ['-n', namespace];
  const object = `${kindName(kind)}/${called}`;
  const words = (...all: (string | false)[]) =>
    ['kubectl', '--context', quoted(context), ...within, ...all.filter(Boolean)].join(' ');
  switch (action.verb) {
    case 'scale':
      return words('scale', object, `--replicas=${action.replicas}`);
    case 'restart':
      return words('rollout', 'restart', object);
    case 'roll-back':
      return words('rollout', 'undo', object, action.revision !== undefined && `--to-revision=${action.revision}`);
    case 'trigger':
      return words('create', 'job', `${called}-manual`, `--from=cronjob/${called}`);
    case 'suspend':
    case 'resume':
      return words('patch', object, '-p', `'{"spec":{"suspend":${action.verb === 'suspend'}}}'`);
    case 'cordon':
    case 'uncordon':
      return words(action.verb, called);
    case 'drain': {
      const force = action.force && '--force --disable-eviction';
      return words('drain', called, '--ignore-daemonsets', '--delete-emptydir-data', force);
    }
    case 'delete':
      return words('delete', object, action.orphans && '--cascade=orphan', action.force && '--force --grace-period=0');
  }
}

/** The equivalent `kubectl`, a line for each namespace: it names objects of one at a time. */
export function kubectlDeletion(context: string, { objects, orphans, force }: Deletion): string {
  const within = grouped(objects, ({ namespace }) => namespace);
  const lines = [...within].map(([namespace, some]) => [
    'kubectl',
    '--context',
    quoted(context),
    ...(namespace === undefined ? [] : ['-n', namespace]),
    'delete',
    ...some.map(({ kind, name: called }) => `${kindName(kind)}/${called}`),
    ...(orphans ? ['--cascade=orphan'] : []),
    ...(force ? ['--force', '--grace-period=0'] : []),
  ]);
  return lines.map((words) => words.join(' ')).join('\n');
}

function quoted(word: string): string {
  return /^[\w.:@/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

const between = ' · ';

/** What an operation on an object is said to work on. */
export function subjectOf(context: string, { kind, namespace, name: called }: ObjectRef): string {
  const object = `${kindName(kind)}/${[namespace, called].filter(Boolean).join('/')}`;
  return `${object}${between}${context}`;
}

/** What an operation on several objects is said to work on: `3 pods · kind-shop`. */
export function subjectOfSeveral(context: string, objects: readonly ObjectRef[]): string {
  const [kind, ...others] = new Set(objects.map((object) => kindName(object.kind)));
  return `${objects.length} ${kind === undefined || others.length > 0 ? 'objects' : kind}${between}${context}`;
}

/** The context that such a subject is in. */
export function contextIn(subject: string): string {
  return subject.split(between).slice(1).join(between);
}
