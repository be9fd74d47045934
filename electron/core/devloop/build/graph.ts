// Things that require each other, done as soon as what they require is done, several at a time.
import { AppError } from '../../../../shared/model/errors';
import { loopHint } from '../words';

export interface Knot {
  readonly name: string;
  readonly requires: readonly string[];
}

/**
 * Names in an order in which what is required comes first. Throws `bad-input` for a circle.
 * What is required and not there is not waited for.
 */
export function inOrder(knots: readonly Knot[]): string[] {
  const byName = new Map(knots.map((knot) => [knot.name, knot]));
  const order = new Set<string>();
  const visit = (name: string, path: readonly string[]) => {
    const knot = byName.get(name);
    if (!knot || order.has(name)) return;
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(' -> ');
      throw new AppError('bad-input', `Images require each other in a circle: ${circle}`, {
        params: { reason: circle },
        hints: [loopHint('break-circle')],
      });
    }
    for (const required of knot.requires) visit(required, [...path, name]);
    order.add(name);
  };
  for (const { name } of knots) visit(name, []);
  return [...order];
}

/**
 * Runs `work` for each, at most `width` at a time (0: any number). Those that fail keep what requires them from being begun, and
 * nothing else. Returns what came of each; what was not begun is not there.
 */
export async function runGraph<Result>(
  knots: readonly Knot[],
  width: number,
  work: (name: string, done: ReadonlyMap<string, Result>) => Promise<Result>,
): Promise<{ done: Map<string, Result>; failed: Map<string, unknown> }> {
  const waiting = new Set(inOrder(knots));
  const byName = new Map(knots.map((knot) => [knot.name, knot]));
  const done = new Map<string, Result>();
  const failed = new Map<string, unknown>();
  const running = new Map<string, Promise<void>>();
  const ready = (name: string) =>
    (byName.get(name)?.requires ?? []).every((required) => done.has(required) || !byName.has(required));
  for (;;) {
    for (const name of waiting) {
      if (width > 0 && running.size >= width) break;
      if (!ready(name)) continue;
      waiting.delete(name);
      const one = work(name, done)
        .then(
          (result) => void done.set(name, result),
          (error: unknown) => void failed.set(name, error),
        )
        .finally(() => running.delete(name));
      running.set(name, one);
    }
    if (running.size === 0) return { done, failed };
    await Promise.race(running.values());
  }
}
