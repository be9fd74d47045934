// The end of programs that were started with exec: the engine has no call for it.
import type { Engine } from './engine';

/** Names the processes of one exec, children included: the engine tells their pid on its own host only. */
export const execMarker = 'BOATHOUSE_EXEC';

/** First politely, after half a second with force. `$0` is the variable and its value. (`grep -F` of busybox stops at the first NUL.) */
const script = `
marked() { for p in /proc/[0-9]*; do grep -q "$0" "$p/environ" 2>/dev/null && echo "\${p#/proc/}"; done; }
for s in TERM KILL; do
  for p in $(marked); do kill -$s "$p" 2>/dev/null; done
  for i in 1 2 3 4 5; do [ -z "$(marked)" ] && exit 0; sleep 0.1; done
done`;

/**
 * Kills every process in the container whose environment has this marker. Best effort, within 5 seconds: the container may be gone,
 * which ends its programs too. Needs `sh`, `grep` and `sleep` there; a child that cleared its environment escapes.
 */
export async function killMarked(engine: Engine, containerId: string, marker: string): Promise<void> {
  const signal = AbortSignal.timeout(5000);
  try {
    const exec = await engine.docker.getContainer(containerId).exec({
      Cmd: ['sh', '-c', script, `${execMarker}=${marker}`],
      AttachStdout: true,
      Privileged: true,
      abortSignal: signal,
    });
    const stream = await exec.start({ hijack: true, abortSignal: signal });
    signal.addEventListener('abort', () => stream.destroy(), { once: true });
    // Its output ends when it does.
    for await (const _chunk of stream);
  } catch {
    // Whoever cancelled learns of the cancel, not of this.
  }
}
