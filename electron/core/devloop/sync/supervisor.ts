// A process that is started anew once files were synced: containers begin with a small script that runs it, again when it is told to. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';
import { podTemplateOf } from '../../kube/pod-template';

/** What an image runs where a container does not say. */
export interface ImageProgram {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/**
 * Runs its arguments in a process group of their own, where there is `setsid`: what they started ends with them. It passes signals on, ends
 * as they do, and on USR1 ends them and begins again; what does not end within a second is killed.
 */
export const supervisor = `
command -v setsid >/dev/null 2>&1 && set -- setsid "$@"
tell() { kill -"$1" -"$child" 2>/dev/null || kill -"$1" "$child" 2>/dev/null; }
trap 'again=1; tell TERM; (sleep 1; tell KILL) & killer=$!' USR1
trap 'tell TERM' TERM INT
trap 'tell HUP' HUP
while :; do
  again= killer=
  "$@" <&0 &
  child=$!
  code=0
  while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done
  [ -z "$killer" ] || kill "$killer" 2>/dev/null
  [ -n "$again" ] || exit "$code"
done`;

/** In a container that {@link supervised} has changed. */
export const restartCommand = ['kill', '-USR1', '1'];

/**
 * The object with the containers of these images begun by the supervisor. Left as they are: pods whose containers see each other's
 * processes, where the script would not be the first of them.
 * @param programs by the reference that containers name
 */
export function supervised<Item extends KubernetesObject>(
  object: Item,
  programs: ReadonlyMap<string, ImageProgram>,
): Item {
  const copy = structuredClone(object);
  const pod = podTemplateOf(copy)?.spec;
  if (!pod || pod.shareProcessNamespace || pod.hostPID) return copy;
  for (const container of pod.containers ?? []) {
    const program = programs.get(String(container.image));
    if (!program) continue;
    const said = wordsIn(container.command);
    const words = [...(said ?? program.entrypoint), ...(wordsIn(container.args) ?? (said ? [] : program.command))];
    if (words.length === 0) continue;
    container.command = ['/bin/sh', '-c', supervisor, 'supervisor'];
    container.args = words;
  }
  return copy;
}

function wordsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;
}
