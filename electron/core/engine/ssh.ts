// Docker over ssh: each connection is the `ssh` program running `docker system dial-stdio` on the other side, as docker's CLI does it.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex, type Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds in which what ssh said last is read after its end. */
const lastWords = 200;

export interface SshTarget {
  host: string;
  user: string | undefined;
  port: number | undefined;
  /** A socket on the other side that is not docker's default there. */
  socketPath: string | undefined;
}

/** The arguments of `ssh`. Nothing may be asked on a terminal: there may be none. (docker/cli: cli/connhelper) */
export function sshArguments(target: SshTarget): string[] {
  return [
    ...['-o', 'ConnectTimeout=30', '-o', 'BatchMode=yes', '-T'],
    ...(target.user ? ['-l', target.user] : []),
    ...(target.port ? ['-p', String(target.port)] : []),
    ...['--', target.host, 'docker'],
    ...(target.socketPath ? ['--host', quote(`unix://${target.socketPath}`)] : []),
    ...['system', 'dial-stdio'],
  ];
}

/** The program runs the user's own ssh configuration: keys, agents, known hosts and jump hosts are as in a terminal. */
export function createSshAgent(target: SshTarget): Agent {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 2 });
  const open = () => new ProgramConnection(spawn('ssh', sshArguments(target), { stdio: 'pipe' }));
  return Object.assign(agent, { createConnection: open });
}

/** The standard input and output of a program as one connection; it errs with what the program said when it ends early. */
class ProgramConnection extends Duplex {
  readonly #program: ChildProcessWithoutNullStreams;
  #said = '';

  constructor(program: ChildProcessWithoutNullStreams) {
    super();
    this.#program = program;
    program.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-4096);
    });
    program.stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) program.stdout.pause();
    });
    // The end of the output says less than the exit code and the words beside it, which follow. `close` would wait for a master
    // connection that lives on in the background and holds stderr.
    const ended = endOf(program.stdout);
    const said = endOf(program.stderr);
    program.once('exit', async (exitCode) => {
      await ended;
      await Promise.race([said, setTimeout(lastWords)]);
      this.#finish(exitCode);
    });
    program.stdin.on('error', () => {});
    program.once('error', (error) => this.destroy(failure(error.message)));
  }

  #finish(exitCode: number | null): void {
    if (exitCode) this.destroy(failure(this.#said.trim() || `ssh ended with exit code ${exitCode}`));
    else this.push(null);
  }

  // What the agent of Node's http asks of a socket beyond being a stream.
  setKeepAlive(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#program.ref();
    return this;
  }

  unref(): this {
    this.#program.unref();
    return this;
  }

  override _read(): void {
    this.#program.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A program that ended is told by its exit.
    this.#program.stdin.write(chunk, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#program.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#program.kill();
    done(error);
  }
}

function failure(words: string): Error {
  return Object.assign(new Error(words), { code: 'ESSH' });
}

function endOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => stream.once('end', () => resolve()));
}

/** For the shell on the other side. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
