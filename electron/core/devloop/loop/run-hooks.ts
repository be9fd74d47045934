// Commands that a project wants run around its stages: on this computer, or in containers of what was deployed.
import type { V1Pod } from '@kubernetes/client-node';
import picomatch from 'picomatch';
import type { ContainerHook, Hook, HostHook } from '../../../../shared/model/devloop/hooks';
import { AppError } from '../../../../shared/model/errors';
import type { Kube } from '../../kube/connect';
import { type ContainerPlace, openCommand } from '../../kube/open-command';
import { programMissing, run } from '../deploy/programs';
import { loopHint } from '../words';

export interface HookSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What skaffold tells hooks of this stage: `SKAFFOLD_IMAGE` and so on. */
  readonly about: Readonly<Record<string, string>>;
  /** Runs one in containers. */
  inContainers(hook: ContainerHook): Promise<void>;
  onLine(line: string): void;
}

/** skaffold 2: what hooks of every stage are told. */
export function aboutLoop({ context, namespace }: { context: string; namespace: string }): Record<string, string> {
  return { SKAFFOLD_KUBE_CONTEXT: context, SKAFFOLD_NAMESPACES: namespace };
}

/** One after another; the first that fails ends it. Throws `exec-failed`, `program-missing`. */
export async function runHooks(hooks: readonly Hook[], around: HookSurroundings, signal: AbortSignal): Promise<void> {
  for (const hook of hooks) {
    if ('container' in hook) await around.inContainers(hook.container);
    else await runOnHost(hook.host, around, signal);
  }
}

/** What it prints; undefined where it is meant for another system. */
export async function runOnHost(
  { command, os, dir }: HostHook,
  { environment, about, onLine }: Omit<HookSurroundings, 'inContainers'>,
  signal: AbortSignal,
  input?: string,
): Promise<string | undefined> {
  if (os.length > 0 && !os.includes(process.platform === 'win32' ? 'windows' : process.platform)) return undefined;
  const [program = '', ...words] = command;
  const around = { environment: { ...environment, ...about }, cwd: dir };
  const said = await run(program, words, around, signal, input);
  if (said === undefined) throw programMissing(program, `A hook of the project runs ${program}`);
  if (input === undefined) for (const line of said.split('\n')) if (line !== '') onLine(line);
  return said;
}

/** The running containers that a hook means. Pure. */
export function placesOfHook({ podName, containerName }: ContainerHook, pods: readonly V1Pod[]): ContainerPlace[] {
  const means = (pattern: string | undefined) => (pattern === undefined ? () => true : picomatch(pattern));
  const [isPod, isContainer] = [means(podName), means(containerName)];
  return pods
    .filter(({ metadata, status }) => isPod(metadata?.name ?? '') && status?.phase === 'Running')
    .flatMap(({ metadata, spec }) =>
      (spec?.containers ?? [])
        .filter(({ name }) => isContainer(name))
        .map(({ name }) => ({ namespace: metadata?.namespace ?? '', pod: metadata?.name ?? '', container: name })),
    );
}

/** Runs a command in each. Throws `exec-failed` with the end of what it said. */
export async function runInContainers(
  kube: Kube,
  places: readonly ContainerPlace[],
  command: readonly string[],
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const place of places) {
    const running = await openCommand(kube, place, command, false, signal);
    const leave = () => running.close();
    signal.addEventListener('abort', leave, { once: true });
    let said = '';
    try {
      const output = running.output();
      let next = await output.next();
      for (; !next.done; next = await output.next()) said += next.value.bytes.toString('utf8');
      signal.throwIfAborted();
      for (const line of said.split('\n')) if (line !== '') onLine(line);
      const end = next.value;
      if ('code' in end && end.code === 0) continue;
      const reason = 'code' in end ? `exit code ${end.code}` : end.reason;
      throw new AppError('exec-failed', `A hook failed in ${place.pod}/${place.container}: ${reason}`, {
        params: { command: command.join(' '), ...('code' in end && { exitCode: end.code }) },
        detail: said.slice(-4000),
        hints: [loopHint('mend-run')],
      });
    } finally {
      signal.removeEventListener('abort', leave);
      running.close();
    }
  }
}
