// Which process listens on a port of this computer: asked of the kernel on Linux, of the system's own programs elsewhere.
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface PortProcess {
  name: string;
  pid: number;
}

const run = promisify(execFile);
/** Milliseconds for the system's programs. */
const limit = 3000;

/** Undefined when nobody listens, or when it is not this user's to know. Other users' processes are only shown to root. */
export async function portProcess(port: number, platform: NodeJS.Platform): Promise<PortProcess | undefined> {
  try {
    if (platform === 'linux') return await onLinux(port);
    if (platform === 'win32') return await onWindows(port);
    const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: limit });
    return parseLsof(stdout);
  } catch {
    return undefined;
  }
}

async function onLinux(port: number): Promise<PortProcess | undefined> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
  );
  const sockets = new Set(tables.flatMap((table) => listeningSockets(table, port)).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const folder = `/proc/${pid}/fd`;
    const files = await readdir(folder).catch(() => []);
    const links = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => '')));
    if (!links.some((link) => sockets.has(link))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return { name: name.trim(), pid: Number(pid) };
  }
  return undefined;
}

/** Inodes of the sockets that listen (state 0A) on a port, from `/proc/net/tcp` or `tcp6` (Linux: proc_net_tcp). */
export function listeningSockets(table: string, port: number): string[] {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, local, , state, , , , , , inode]) =>
      inode && state === '0A' && local?.endsWith(`:${hex}`) ? [inode] : [],
    );
}

/** The first process of `lsof -Fpc`: a line `p<pid>`, then a line `c<command>`. */
export function parseLsof(output: string): PortProcess | undefined {
  const match = /^p(\d+)\nc(.*)$/m.exec(output);
  return match ? { pid: Number(match[1]), name: match[2] ?? '' } : undefined;
}

async function onWindows(port: number): Promise<PortProcess | undefined> {
  const { stdout: connections } = await run('netstat', ['-ano', '-p', 'TCP'], { timeout: limit });
  const pid = parseNetstat(connections, port);
  if (pid === undefined) return undefined;
  const { stdout: tasks } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { timeout: limit });
  return { pid, name: /^"([^"]+)"/.exec(tasks)?.[1] ?? '' };
}

/** The process id in the line of `netstat -ano` that listens on a port. The word for the state is translated, the foreign address 0 is not. */
export function parseNetstat(output: string, port: number): number | undefined {
  for (const line of output.split('\n')) {
    const [protocol, local, foreign, , pid] = line.trim().split(/\s+/);
    if (protocol === 'TCP' && local?.endsWith(`:${port}`) && foreign?.endsWith(':0')) return Number(pid);
  }
  return undefined;
}
