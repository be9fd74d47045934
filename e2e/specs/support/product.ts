// The built product as processes of their own: the command line, and the host that serves the app.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { UserHome } from './user-home';

export const productFolder = resolve(import.meta.dirname, '..', '..', '..');
const script = join(productFolder, 'dist', 'cli', 'boathouse.js');

/** Milliseconds that a host gets to undo what it was doing when it is asked to end. */
const endWithin = 30_000;

export interface Served {
  /** What a user opens, with the token in its fragment. */
  address: string;
  origin: string;
  port: number;
  /** What Node has warned of in it, such as listeners that nobody takes away. */
  warnings(): string[];
  /** Ends it as a crash of everything does: nobody is left to start it again. */
  kill(): Promise<void>;
  /** Ends the process that has the core as a crash of it does. */
  killCore(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/** Runs a command to its end and gives its standard output. Rejects with its standard error when it fails. */
export async function boathouse(home: UserHome, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args], { env: home.environment });
  return stdout;
}

/** Serves the app. Without a port on one that is free now. */
export async function serve(home: UserHome, options: { port?: number; engine?: string } = {}): Promise<Served> {
  const asked = options.port ?? (await freePort());
  const child = spawn(process.execPath, [script, 'serve', '--json', '--port', String(asked)], {
    env: { ...home.environment, ...(options.engine && { DOCKER_HOST: options.engine }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const complaints = complaintsOf(child);
  const { address, port } = await printedAddress(child, complaints);
  return {
    address,
    port,
    origin: `http://127.0.0.1:${port}`,
    warnings: () =>
      complaints()
        .split('\n')
        .filter((line) => /^\(node:\d+\)/.test(line)),
    async kill() {
      const core = await coreProcess(child);
      child.kill('SIGKILL');
      process.kill(core, 'SIGKILL');
      await ended;
    },
    async killCore() {
      process.kill(await coreProcess(child), 'SIGKILL');
    },
    async stop() {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), endWithin);
      await ended;
      clearTimeout(limit);
    },
  };
}

/** @returns what its standard error has said until then */
function complaintsOf({ stderr }: ChildProcess): () => string {
  let said = '';
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return () => said;
}

/** The first line is the address. A process that ends without one gives the reason on its standard error. */
async function printedAddress(
  { stdout }: ChildProcess,
  complaints: () => string,
): Promise<{ address: string; port: number }> {
  if (!stdout) throw new Error('the host was started without pipes');
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line) as ReturnType<typeof JSON.parse>;
  throw new Error(`boathouse serve ended without an address: ${complaints()}`);
}

/** The process id of the one that has the core: what was started keeps it alive. */
export async function coreProcess({ pid }: ChildProcess): Promise<number> {
  const [first] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  if (!first) throw new Error('the host has no process with a core');
  return Number(first);
}

/** A port of this computer that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== 'object' || !address) throw new Error('a listening server has no address');
  return address.port;
}
