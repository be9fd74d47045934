// Commands that run in containers, and what is typed to them: each for as long as somebody listens to it.
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import type { ExecMessage, WantedExec } from '../../../shared/model/podexec';
import type { CommandEnd, RunningCommand } from '../kube/command';
import type { Kube } from '../kube/connect';
import { type ContainerPlace, openCommand } from '../kube/open-command';
import { addDebugContainer } from './debug';
import { type FindNode, makeNodePod, nodeElsewhere, onHost, openOnNode } from './node';
import { findPlace } from './place';

/** Any container that has a shell has `sh`, which knows whether there is a better one. */
const shell = [
  'sh',
  '-c',
  'TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash; command -v ash >/dev/null 2>&1 && exec ash; exec sh',
];

export type Connect = (context: string, signal: AbortSignal) => Promise<Kube>;

export interface Commands {
  run(wanted: WantedExec, signal: AbortSignal): AsyncGenerator<ExecMessage, void, void>;
  /** Throws `not-found` when it has ended. */
  find(id: string): RunningCommand;
}

/** What a command runs in, and what has to be cleared up after it. */
interface Opened {
  command: RunningCommand;
  at: ContainerPlace;
  /** Takes away what was made for it. */
  remove?(): Promise<void>;
}

export function createCommands(connect: Connect, findNode: FindNode): Commands {
  const running = new Map<string, RunningCommand>();

  async function* open(wanted: WantedExec, signal: AbortSignal): AsyncGenerator<ExecMessage, Opened, void> {
    const { context, target, container, terminal, debug } = wanted;
    const words = wanted.command ?? shell;
    const tty = terminal !== undefined;
    if (target.kind === 'node') {
      const found = debug ? undefined : await findNode(context, target.name, signal);
      const at = { namespace: '', pod: target.name, container: '' };
      if (found) return { command: await openOnNode(found, words, terminal), at };
      if (!debug) throw nodeElsewhere(target.name);
      yield { type: 'waiting', for: debug.image };
      const kube = await connect(context, signal);
      const { place, remove } = await makeNodePod(kube, target.name, debug.image, signal);
      try {
        return { command: await openCommand(kube, place, onHost(words), tty, signal), at: place, remove };
      } catch (error) {
        await remove();
        throw error;
      }
    }
    const kube = await connect(context, signal);
    const { place } = await findPlace(kube, target, container, signal);
    if (!debug) return { command: await openCommand(kube, place, words, tty, signal), at: place };
    yield { type: 'waiting', for: debug.image };
    const at = await addDebugContainer(kube, place, debug.image, signal);
    return { command: await openCommand(kube, at, 'attach', tty, signal), at };
  }

  return {
    async *run(wanted, signal) {
      const { terminal } = wanted;
      const { command, at, remove } = yield* open(wanted, signal);
      const id = randomUUID();
      running.set(id, command);
      const leave = () => command.close();
      signal.addEventListener('abort', leave, { once: true });
      try {
        signal.throwIfAborted();
        yield { type: 'opened', id, pod: at.pod, container: at.container };
        if (terminal) command.resize(terminal.columns, terminal.rows);
        const end = yield* told(command, at, wanted);
        if (signal.aborted) return;
        yield { type: 'ended', code: end };
      } finally {
        signal.removeEventListener('abort', leave);
        running.delete(id);
        command.close();
        await remove?.();
      }
    },
    find(id) {
      const found = running.get(id);
      if (found) return found;
      throw new AppError('not-found', 'That command has ended', { params: { what: id } });
    },
  };
}

/** What it says; returns its exit code. Throws `exec-failed`. */
async function* told(
  command: RunningCommand,
  place: ContainerPlace,
  wanted: WantedExec,
): AsyncGenerator<ExecMessage, number, void> {
  let said = '';
  const output = command.output();
  for (;;) {
    const { done, value } = await output.next();
    if (done) return codeOf(value, said, place, wanted);
    if (said.length < 2_000) said += value.bytes.toString('utf8');
    yield { type: 'output', stream: value.stream, base64: value.bytes.toString('base64') };
  }
}

const noProgram = /executable file not found|no such file or directory: unknown|exec: "[^"]*": stat/i;

function codeOf(end: CommandEnd, said: string, place: ContainerPlace, { command, debug }: WantedExec): number {
  const failed =
    'reason' in end ? end.reason : [126, 127].includes(end.code) && noProgram.test(said) ? said.trim() : undefined;
  if (failed === undefined && 'code' in end) return end.code;
  const what = [place.pod, place.container].filter(Boolean).join('/');
  if (noProgram.test(failed ?? '') && !command && !debug) {
    throw new AppError('exec-failed', `${what} has no shell`, {
      params: { command: 'sh', node: what, noShell: 1 },
      ...(failed && { detail: failed }),
      hints: [{ text: 'Use a debugging container, which joins the pod with a shell of its own.' }],
    });
  }
  throw new AppError('exec-failed', `${command?.[0] ?? 'The shell'} did not run in ${what}: ${failed}`, {
    params: { command: command?.[0] ?? 'sh', node: what },
  });
}

/** Throws `not-possible` where a command cannot be told: kubelets before Kubernetes 1.30. */
export function endInput(command: RunningCommand): void {
  if (command.endsInput) command.endInput();
  else throw noEnd();
}

function noEnd(): AppError {
  return new AppError('not-possible', 'The input of a command cannot be ended here', {
    params: { why: 'input-goes-on' },
    hints: [{ text: 'Kubernetes can since 1.30. Let the command itself say when it has had enough: head -c BYTES' }],
  });
}
