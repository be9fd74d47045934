// Giving a running or resting edge other files, and waiting until it does as they say.
import type { ClusterNode } from '../../../../shared/model/cluster';
import { putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { execOrThrow } from '../../engine/exec';

/** Short, and of the mode that it has by then. */
export interface EdgeFile {
  readonly path: string;
  readonly content: string;
}

/** Seconds in which an edge does what it was told; one that looks for nodes that are down takes a few. */
const patience = 10;

/**
 * Writes the files (path and content in turn), wakes the edge, and ends when it says that its rules are as they say
 * (`resources/edge/edge.sh`). One that has just begun reads them anyway, and one of an earlier version says nothing.
 */
const reread = `
while [ $# -gt 0 ]; do printf %s "$2" >"$1" || exit 1; shift 2; done
pipe=/run/edge/told-$$
if ! mkfifo $pipe 2>/dev/null; then kill -USR1 1; exit; fi
trap 'rm -f $pipe' EXIT
exec 3<>$pipe
kill -USR1 1
if grep -q told- /edge/edge.sh; then timeout ${patience} head -n 1 <&3; fi
exit 0
`;

/** Those of an edge that does not run count when it starts. Throws `not-found`, `exec-failed`. */
export async function tellEdge(
  engine: Engine,
  { containerId, state }: Pick<ClusterNode, 'containerId' | 'state'>,
  files: readonly EdgeFile[],
  signal: AbortSignal,
): Promise<void> {
  if (state !== 'running') return putFiles(engine, containerId, files, signal);
  const words = files.flatMap(({ path, content }) => [path, content]);
  await execOrThrow(engine, containerId, ['sh', '-c', reread, 'tell', ...words], { signal });
}
