// Actions on objects of any context: what the calls of the contract come down to. What takes longer goes on as an operation.
import {
  type ActionPlan,
  type Deletion,
  kubectlCommand,
  kubectlDeletion,
  type ObjectAction,
  type ObjectRef,
  type Revision,
  subjectOf,
  subjectOfSeveral,
} from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import type { StepKind } from '../../../shared/model/operation';
import type { Connect } from '../dashboard/door';
import { generationIn, restartRollout, waitForRollout } from '../kube/rollout';
import type { StepAction } from '../operations/operation';
import type { Operations } from '../operations/operations';
import { suspend, trigger } from './cron-job';
import { askToDelete, untilGone } from './delete';
import { deleteSeveral } from './delete-several';
import { cordon, drain } from './node';
import { planAction } from './plan';
import { planDeletion } from './plan-several';
import { revisionsOf, rollBack } from './revisions';
import { findTarget, patch, type Target, wordsOf } from './target';

export interface ActionDependencies {
  /** Connects to the cluster of a context. */
  connect: Connect;
  /** Whether a context's cluster is on this computer. */
  isLocal(context: string): Promise<boolean>;
  operations: Operations;
  /** The engine's address; of what the history of an operation is kept. */
  engineHost(): string;
}

export interface Act {
  context: string;
  object: ObjectRef;
  action: ObjectAction;
  confirmed?: string | undefined;
}

export interface Acted {
  operationId?: string;
  made?: string;
}

interface WantedDeletion extends Deletion {
  context: string;
  confirmed?: string | undefined;
}

export interface Actions {
  plan(act: Act, signal: AbortSignal): Promise<ActionPlan>;
  act(act: Act, signal: AbortSignal): Promise<Acted>;
  planDeletion(wanted: WantedDeletion, signal: AbortSignal): Promise<ActionPlan>;
  deleteSeveral(wanted: WantedDeletion, signal: AbortSignal): Promise<{ operationId: string }>;
  revisions(context: string, object: ObjectRef, signal: AbortSignal): Promise<Revision[]>;
}

/** What is left to wait for, as the one step of an operation. */
interface Rest {
  step: StepKind;
  title: string;
  weight: number;
  action: StepAction;
}

export function createActions(dependencies: ActionDependencies): Actions {
  const { connect, isLocal, operations } = dependencies;

  function follow({ context, object, action }: Act, { step, title, weight, action: run }: Rest): Acted {
    const subject = subjectOf(context, object);
    // What was wanted before is waited for no longer.
    const before = operations.activeOn(subject);
    if (before) operations.cancel(before.id);
    const planned = { id: step, kind: step, title, lane: 'cluster', weight, after: [] };
    const command = kubectlCommand(context, object, action);
    return operations.start(
      {
        plan: { kind: 'object', subject, steps: [{ ...planned, command }] },
        actions: new Map([[step, run]]),
      },
      dependencies.engineHost(),
    );
  }

  return {
    async plan({ context, object, action }, signal) {
      const [kube, local] = await Promise.all([connect(context, signal), isLocal(context)]);
      const target = await findTarget(kube, object, action.verb, signal);
      return { ...(await planAction(target, action, context, signal)), local };
    },
    async act(act, signal) {
      await refuseUnconfirmed(dependencies, act.context, act.confirmed);
      const target = await findTarget(await connect(act.context, signal), act.object, act.action.verb, signal);
      const done = await begin(target, act.action, signal);
      return done !== undefined && 'step' in done ? follow(act, done) : (done ?? {});
    },
    async planDeletion({ context, ...deletion }, signal) {
      const [kube, local] = await Promise.all([connect(context, signal), isLocal(context)]);
      const command = kubectlDeletion(context, deletion);
      return { ...(await planDeletion(kube, deletion, signal)), command, local };
    },
    async deleteSeveral({ context, confirmed, ...deletion }, signal) {
      await refuseUnconfirmed(dependencies, context, confirmed);
      const kube = await connect(context, signal);
      const subject = subjectOfSeveral(context, deletion.objects);
      const step = {
        id: 'object-delete',
        kind: 'object-delete' as const,
        title: `Deleting ${deletion.objects.length} objects`,
        lane: 'cluster',
        weight: 5,
        after: [],
        command: kubectlDeletion(context, deletion),
      };
      return operations.start(
        {
          plan: { kind: 'object', subject, steps: [step] },
          actions: new Map([[step.id, (running) => deleteSeveral(kube, deletion, running)]]),
        },
        dependencies.engineHost(),
      );
    },
    async revisions(context, object, signal) {
      return revisionsOf(await findTarget(await connect(context, signal), object, 'roll-back', signal), signal);
    },
  };
}

/** Throws `not-confirmed` where a cluster is elsewhere and its context's name was not said. */
export async function refuseUnconfirmed(
  { isLocal }: Pick<ActionDependencies, 'isLocal'>,
  context: string,
  confirmed: string | undefined,
): Promise<void> {
  if (confirmed === context || (await isLocal(context))) return;
  throw new AppError('not-confirmed', `The cluster of ${context} is not on this computer; nothing was changed`, {
    params: { name: context },
    hints: [{ text: `If it is the one you mean, say its name: --confirm ${context}` }],
  });
}

async function begin(target: Target, action: ObjectAction, signal: AbortSignal): Promise<Rest | Acted | undefined> {
  const what = wordsOf(target.ref);
  const { kube, list, path, ref } = target;
  const rollout =
    (generation: number): StepAction =>
    ({ signal: until, progress }) =>
      waitForRollout(
        kube,
        { list, name: ref.name, what, generation },
        { signal: until, tell: (note) => progress(undefined, note) },
      );
  switch (action.verb) {
    case 'scale': {
      const spec = { replicas: action.replicas };
      await patch(target, { spec }, signal, { part: '/scale' });
      // The answer is of the scale, which has no generation of its own.
      const scaled = await findTarget(kube, ref, 'scale', signal);
      const title = `Scaling ${what} to ${action.replicas}`;
      return { step: 'object-scale', title, weight: 5, action: rollout(generationIn(scaled.object)) };
    }
    case 'restart': {
      const generation = await restartRollout(kube, path, what, signal);
      return { step: 'object-restart', title: `Restarting ${what}`, weight: 10, action: rollout(generation) };
    }
    case 'roll-back': {
      const { object, revision } = await rollBack(target, action.revision, signal);
      const title = `Rolling ${what} back to revision ${revision}`;
      return { step: 'object-roll-back', title, weight: 10, action: rollout(generationIn(object)) };
    }
    case 'trigger':
      return { made: await trigger(target, signal) };
    case 'suspend':
    case 'resume':
      await suspend(target, action.verb === 'suspend', signal);
      return;
    case 'cordon':
    case 'uncordon':
      await cordon(target, action.verb === 'cordon', signal);
      return;
    case 'drain':
      return {
        step: 'node-drain',
        title: `Moving the pods of ${ref.name} away`,
        weight: 10,
        action: (step) => drain(target, action.force, step),
      };
    case 'delete': {
      if (await askToDelete(target, action, signal)) return;
      return { step: 'object-delete', title: `Deleting ${what}`, weight: 5, action: (step) => untilGone(target, step) };
    }
  }
}
