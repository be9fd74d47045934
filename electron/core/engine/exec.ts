// Programs run inside containers: input, output by line, exit code, and an end when cancelled.
import { randomUUID } from 'node:crypto';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from './engine';
import { execMarker, killMarked } from './exec-kill';
import { cancelled, engineFailure, engineWords, statusOf } from './failures';
import { createDemultiplexer, type OutputStream } from './multiplex';
import { createLineSplitter, createTail } from './output';

export type { OutputStream } from './multiplex';

export interface ExecOptions {
  /** Written to the program, which then reads the end of its input. Without it the program's input is empty. */
  stdin?: string | Buffer | Readable;
  signal?: AbortSignal;
  onLine?(line: string, stream: OutputStream): void;
  environment?: Readonly<Record<string, string>>;
  /** Bytes kept of each output stream (1 MiB by default); beyond it the beginning is dropped. */
  outputCap?: number;
  /** True by default, as kind does it. */
  privileged?: boolean;
  user?: string;
  workingDirectory?: string;
  /** Its input and output are a terminal, so that it can ask for a password; all output is `stdout` then. */
  terminal?: boolean;
}

export interface ExecResult {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Whether the beginning of an output was dropped. */
  truncated: boolean;
}

const defaultCap = 1024 * 1024;
/** Milliseconds between the end of the output and the exit code, on a machine that is very busy. */
const exitGrace = 10_000;

/**
 * Runs a program in a running container and waits for its end. When aborted, the stream is closed and the program and its children
 * are killed inside the container (needs `sh` there; a child that cleared its environment escapes).
 * A program that closes both of its outputs and goes on is taken for one that lost its connection after 10 seconds.
 * Over Windows' named pipes input cannot be half-closed: write a file with `putFiles` and pass its path instead.
 * @throws AppError `exec-failed` when the program cannot be started or the container does not run, `not-found` when there is no such
 *   container, `cancelled`, and what `engineFailure` knows
 */
export async function execInContainer(
  engine: Engine,
  containerId: string,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { signal } = options;
  if (signal?.aborted) throw cancelled(signal);
  const marker = randomUUID();
  const exec = await startable(engine, containerId, command, options, marker);
  let stream: Duplex | undefined;
  try {
    stream = await exec.start({
      hijack: true,
      Detach: false,
      Tty: options.terminal === true,
      ...(signal && { abortSignal: signal }),
    });
    const { exitCode, ...output } = await exchange(exec, stream, options);
    if (neverStarted(exitCode, output.stdout)) throw cannotStart(command, output.stdout.trim());
    return { exitCode, ...output };
  } catch (error) {
    // A program whose input or output broke off must not go on with half of it.
    if (stream || signal?.aborted) await killMarked(engine, containerId, marker);
    stream?.destroy();
    if (signal?.aborted) throw cancelled(signal);
    throw execFailure(error, containerId, command);
  }
}

/**
 * Like `execInContainer`, for programs that must succeed.
 * @throws AppError `exec-failed` too when the exit code is not 0, with the command and the last lines of the output
 */
export async function execOrThrow(
  engine: Engine,
  containerId: string,
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const result = await execInContainer(engine, containerId, command, options);
  if (result.exitCode === 0) return result;
  const line = shellLine(command);
  throw new AppError('exec-failed', `${command[0]} failed with exit code ${result.exitCode}`, {
    params: { command: line, exitCode: result.exitCode },
    detail: `$ ${line}\n${lastLines(result.stderr.trim() || result.stdout.trim(), 40)}`,
  });
}

/** A command as one would type it in a shell. */
export function shellLine(command: readonly string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`))
    .join(' ');
}

/** A command that is known to the engine and does not run yet. `marker`: by which its processes are found. Throws `exec-failed`, `not-found`. */
export async function startable(
  engine: Engine,
  containerId: string,
  command: readonly string[],
  options: ExecOptions,
  marker: string,
): Promise<Docker.Exec> {
  const variables = { ...options.environment, [execMarker]: marker };
  try {
    return await engine.docker.getContainer(containerId).exec({
      Cmd: [...command],
      AttachStdin: options.stdin !== undefined,
      AttachStdout: true,
      AttachStderr: true,
      Tty: options.terminal === true,
      Privileged: options.privileged ?? true,
      Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ...(options.user && { User: options.user }),
      ...(options.workingDirectory && { WorkingDir: options.workingDirectory }),
      ...(options.signal && { abortSignal: options.signal }),
    });
  } catch (error) {
    throw execFailure(error, containerId, command);
  }
}

async function exchange(exec: Docker.Exec, stream: Duplex, options: ExecOptions): Promise<ExecResult> {
  const cap = options.outputCap ?? defaultCap;
  const tails = { stdout: createTail(cap), stderr: createTail(cap) };
  const splitters = {
    stdout: createLineSplitter((line) => options.onLine?.(line, 'stdout')),
    stderr: createLineSplitter((line) => options.onLine?.(line, 'stderr')),
  };
  const take = (name: OutputStream, payload: Buffer) => {
    tails[name].write(payload);
    splitters[name].write(payload);
  };
  const demultiplexer = createDemultiplexer(take);
  const ended = new AbortController();
  const exit = async () => {
    // What a terminal shows is not framed.
    await drain(stream, (chunk) => (options.terminal ? take('stdout', chunk) : demultiplexer.write(chunk)));
    if (!demultiplexer.complete) throw brokenOff('The output of the program was cut off');
    const exitCode = await exitCodeOf(exec, options.signal);
    ended.abort();
    return exitCode;
  };
  const abort = () => stream.destroy();
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    if (options.signal?.aborted) abort();
    const [exitCode] = await Promise.all([exit(), feed(stream, options.stdin, ended.signal)]);
    splitters.stdout.end();
    splitters.stderr.end();
    return {
      exitCode,
      stdout: tails.stdout.text(),
      stderr: tails.stderr.text(),
      truncated: tails.stdout.truncated || tails.stderr.truncated,
    };
  } finally {
    options.signal?.removeEventListener('abort', abort);
    stream.destroy();
  }
}

async function drain(stream: Duplex, onChunk: (chunk: Buffer) => void): Promise<void> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) onChunk(chunk as Buffer);
}

/**
 * Ends the writing half, so that the program sees the end of its input. The engine stops reading when the program ends, and says
 * nothing: `ended` tells.
 */
async function feed(stream: Duplex, stdin: ExecOptions['stdin'], ended: AbortSignal): Promise<void> {
  if (stdin === undefined) return;
  const source = stdin instanceof Readable ? stdin : Readable.from([stdin]);
  let sourceError: Error | undefined;
  source.once('error', (error: Error) => {
    // One that is broken off because the program has ended is no fault of its own.
    if (!stream.destroyed && !stream.readableEnded) sourceError = error;
  });
  try {
    await pipeline(source, stream, { signal: ended });
  } catch (error) {
    if (ended.aborted) return;
    if (sourceError) throw sourceError;
    const code = (error as { code?: unknown }).code;
    // The reading half tells why: the program's end, or a connection that broke.
    if (code !== 'EPIPE' && code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/**
 * Output may end before the engine has noted the exit code, and the engine has no call that waits for it. A program that still runs
 * a while later has lost its connection: what it says from now on would be missed.
 */
export async function exitCodeOf(exec: Docker.Exec, signal: AbortSignal | undefined): Promise<number> {
  const end = performance.now() + exitGrace;
  for (let delay = 10; ; delay = Math.min(delay * 2, 500)) {
    const { ExitCode } = await exec.inspect(signal ? { abortSignal: signal } : {});
    if (ExitCode !== null) return ExitCode;
    if (performance.now() > end) throw brokenOff('The output of the program ended while it still runs');
    await setTimeout(delay, undefined, signal ? { signal } : {});
  }
}

function brokenOff(message: string): Error {
  return Object.assign(new Error(message), { code: 'ECONNRESET' });
}

function execFailure(error: unknown, containerId: string, command: readonly string[]): AppError {
  const words = engineWords(error);
  if (statusOf(error) === 409 || /is not running|is paused|is restarting/i.test(words)) {
    return new AppError('exec-failed', `${command[0]} cannot run: the container is not running`, {
      params: { command: shellLine(command), container: containerId },
      detail: words,
      hints: [{ text: 'Start the cluster, then try again.' }],
      cause: error,
    });
  }
  return engineFailure(error);
}

/** The runtime reports a program that it could not start as that program's output. (runc: `OCI runtime exec failed: …`) */
function neverStarted(exitCode: number, stdout: string): boolean {
  return (exitCode === 126 || exitCode === 127) && /^OCI runtime exec failed: /.test(stdout);
}

function cannotStart(command: readonly string[], detail: string): AppError {
  return new AppError('exec-failed', `${command[0]} could not be started in the container`, {
    params: { command: shellLine(command) },
    detail,
  });
}

function lastLines(text: string, count: number): string {
  return text.split('\n').slice(-count).join('\n');
}
