// What checks ask of this computer: memory, disk, kernel settings, routes, ports. Tests put another one in its place.
import { readFile, statfs } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { freemem, release, totalmem } from 'node:os';
import { type Route, readHostRoutes } from '../engine/host-routes';
import { type PortProcess, portProcess } from './port-process';

export interface Computer {
  platform: NodeJS.Platform;
  kernel: string;
  /** Bytes; what can be had without swapping counts as free. */
  memory(): { total: number; free: number };
  /** Bytes free for users; undefined when there is no such folder here. */
  freeDisk(folder: string): Promise<number | undefined>;
  /** A number of `/proc/sys`, such as `fs/inotify/max_user_watches`; undefined where there is none. */
  kernelSetting(name: string): Promise<number | undefined>;
  routes(): Promise<Route[]>;
  /** Whether somebody listens on this port already, in the way of a server at that address. */
  isTaken(address: string, port: number): Promise<boolean>;
  /** Whether something accepts connections on a port of this computer. */
  answers(address: string, port: number): Promise<boolean>;
  /** The process that listens on a port, as far as this user may know. */
  listener(port: number): Promise<PortProcess | undefined>;
}

/** Milliseconds for a connection within this computer. */
const connectLimit = 1000;

export function thisComputer(platform: NodeJS.Platform): Computer {
  return {
    platform,
    kernel: release(),
    memory: () => ({ total: totalmem(), free: freemem() }),
    async freeDisk(folder) {
      const room = await statfs(folder).catch(() => undefined);
      return room && room.bavail * room.bsize;
    },
    async kernelSetting(name) {
      const value = Number(await readFile(`/proc/sys/${name}`, 'utf8').catch(() => 'NaN'));
      return Number.isNaN(value) ? undefined : value;
    },
    routes: readHostRoutes,
    isTaken,
    answers,
    listener: (port) => portProcess(port, platform),
  };
}

/** Any other refusal (a port that needs more rights, an address of nobody) is not that of a port that is taken. */
function isTaken(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(false)));
  });
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: connectLimit });
    const done = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => done(true));
    socket.once('timeout', () => done(false));
    socket.once('error', () => done(false));
  });
}
