// What stands against quitting: work of this process that would be cancelled. Clusters as such do not.
import { hasEnded, type Operation } from '../../shared/model/operation';

/** Names of what is being worked on, each once, in the order in which the work began. */
export function unfinishedSubjects(operations: readonly Operation[]): string[] {
  const running = operations.filter((operation) => !hasEnded(operation.state));
  return [...new Set(running.sort((a, b) => a.queuedAt - b.queuedAt).map((operation) => operation.subject))];
}
