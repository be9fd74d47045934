// Runs a context's exec plugin for its credentials: bounded in time, without a terminal, without input.
import { execa } from 'execa';
import { withoutSecrets } from '../redaction/secrets';
import { fieldsOf } from './parse';
import { textIn } from './resolve';

type Fields = Record<string, unknown>;

export interface ProgramRun {
  /** A `user` of static credentials; absent when the program gave none. */
  user?: Fields;
  /** It was ended because it took too long. */
  late?: boolean;
  /** What it said, without secrets. */
  said?: string;
}

const longestOutput = 1_000_000;

/**
 * client.authentication.k8s.io: the program prints an ExecCredential. It gets a session of its own, so that it finds no terminal
 * to ask on, and is killed with everything it started after `limit` milliseconds or when aborted (then the reason is thrown).
 *
 * @param environment what it inherits; nothing else of this process reaches it
 */
export async function runProgram(
  exec: Fields,
  how: { environment: Readonly<Record<string, string | undefined>>; limit: number; folder: string },
  signal: AbortSignal,
): Promise<ProgramRun> {
  signal.throwIfAborted();
  const command = textIn(exec, 'command') ?? '';
  if (textIn(exec, 'interactiveMode') === 'Always') return { said: 'interactiveMode: Always' };
  const apiVersion = textIn(exec, 'apiVersion') ?? 'client.authentication.k8s.io/v1';
  const info = { kind: 'ExecCredential', apiVersion, spec: { interactive: false } };
  const run = execa(command, argumentsOf(exec), {
    cwd: how.folder,
    env: { ...how.environment, ...variablesOf(exec), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    extendEnv: false,
    stdin: 'ignore',
    detached: process.platform !== 'win32',
    windowsHide: true,
    maxBuffer: longestOutput,
    reject: false,
  });
  let late = false;
  const end = () => killGroup(run.pid, () => run.kill('SIGKILL'));
  const timer = setTimeout(() => {
    late = true;
    end();
  }, how.limit);
  signal.addEventListener('abort', end, { once: true });
  try {
    const result = await run;
    signal.throwIfAborted();
    if (late) return { late, ...saying(result.stderr) };
    const user = result.failed ? undefined : credentialIn(result.stdout);
    return user ? { user } : saying([result.failed && result.shortMessage, result.stderr].filter(Boolean).join('\n'));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

function argumentsOf(exec: Fields): string[] {
  return Array.isArray(exec.args) ? exec.args.map(String) : [];
}

function variablesOf(exec: Fields): Record<string, string> {
  const list = Array.isArray(exec.env) ? exec.env.map(fieldsOf) : [];
  return Object.fromEntries(list.map(({ name, value }) => [String(name), String(value ?? '')]));
}

/** The whole group: what the program has started may hold its output open. */
function killGroup(pid: number | undefined, alone: () => void): void {
  try {
    if (pid === undefined || process.platform === 'win32') alone();
    else process.kill(-pid, 'SIGKILL');
  } catch {
    alone();
  }
}

function credentialIn(stdout: string): Fields | undefined {
  try {
    const status = fieldsOf(fieldsOf(JSON.parse(stdout)).status);
    const token = textIn(status, 'token');
    const certificate = textIn(status, 'clientCertificateData');
    const key = textIn(status, 'clientKeyData');
    if (token === undefined && certificate === undefined) return undefined;
    return {
      ...(token !== undefined && { token }),
      ...(certificate !== undefined && { 'client-certificate-data': base64(certificate) }),
      ...(key !== undefined && { 'client-key-data': base64(key) }),
    };
  } catch {
    return undefined;
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function saying(text: string): { said?: string } {
  const said = withoutSecrets(text).trim().slice(0, 2000);
  return said === '' ? {} : { said };
}
