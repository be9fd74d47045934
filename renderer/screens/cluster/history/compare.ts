// Two operations step by step: what took how long in each.
import type { Operation, StepKind, StepProgress } from '../../../../shared/model/operation';

export interface ComparedStep {
  kind: StepKind;
  /** The row of the timeline, without the cluster's name. */
  lane: string;
  /** Seconds; absent where the step was not there, or never ended. */
  one?: number;
  other?: number;
}

/** The steps of both, those of the first in their order, then what only the second has. Steps are the same by kind and lane. */
export function compareOperations(one: Operation, other: Operation): ComparedStep[] {
  const [first, second] = [stepsOf(one), stepsOf(other)];
  const keys = [...new Set([...first.keys(), ...second.keys()])];
  return keys.flatMap((key) => {
    const [step, its] = [first.get(key), second.get(key)];
    const either = step ?? its;
    if (!either) return [];
    const [took, itTook] = [secondsOf(step), secondsOf(its)];
    return {
      kind: either.kind,
      lane: laneOf(either, step ? one : other),
      ...(took !== undefined && { one: took }),
      ...(itTook !== undefined && { other: itTook }),
    };
  });
}

/** By kind and lane; of several alike in one lane, each has its number. */
function stepsOf(operation: Operation): Map<string, StepProgress> {
  const found = new Map<string, StepProgress>();
  for (const step of operation.steps) {
    let key = `${step.kind} ${laneOf(step, operation)}`;
    while (found.has(key)) key += "'";
    found.set(key, step);
  }
  return found;
}

function laneOf({ lane }: StepProgress, { subject }: Operation): string {
  return lane.startsWith(`${subject}-`) ? lane.slice(subject.length + 1) : lane;
}

function secondsOf(step: StepProgress | undefined): number | undefined {
  if (step?.startedAt === undefined || step.endedAt === undefined) return undefined;
  return (step.endedAt - step.startedAt) / 1000;
}
