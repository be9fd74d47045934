// What the engine says of itself that only checks want to know, read in one request.
import { z } from 'zod';
import { getJson } from '../engine/client';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Computer } from './computer';

const infoSchema = z.object({
  DockerRootDir: z.string().default('/'),
  KernelVersion: z.string().default(''),
  MemTotal: z.number().default(0),
  SystemTime: z.string().default(''),
  HttpProxy: z.string().default(''),
  HttpsProxy: z.string().default(''),
  IPv4Forwarding: z.boolean().default(true),
  MemoryLimit: z.boolean().default(true),
  PidsLimit: z.boolean().default(true),
  CPUShares: z.boolean().default(true),
});

export interface EngineFacts {
  /** Where it keeps its data, on its own machine. */
  rootDirectory: string;
  /** It runs on this computer's kernel, and not in a virtual machine or elsewhere. */
  here: boolean;
  /** Milliseconds by which its clock is ahead of this computer's (negative: behind), and how far off that may be. */
  clock: { ahead: number; uncertainty: number } | undefined;
  /** The proxies through which the engine itself pulls. */
  proxies: { http: string; https: string };
  /** Its machine passes packets on. */
  forwarding: boolean;
  /** It can limit memory, processes and processors of containers: a rootless engine needs that delegated to it. */
  limits: boolean;
}

/** Throws `engine-unreachable`. */
export async function readEngineFacts(engine: Engine, computer: Computer, signal: AbortSignal): Promise<EngineFacts> {
  const asked = Date.now();
  const info = infoSchema.parse(await explained(() => getJson(engine.docker, '/info', signal)));
  return factsOf(info, computer, { asked, answered: Date.now() });
}

/** `during`: milliseconds since the epoch, by this computer's clock. */
export function factsOf(
  info: z.infer<typeof infoSchema>,
  computer: Pick<Computer, 'kernel' | 'memory'>,
  during: { asked: number; answered: number },
): EngineFacts {
  const time = Date.parse(info.SystemTime);
  const middle = (during.asked + during.answered) / 2;
  return {
    rootDirectory: info.DockerRootDir,
    here: info.KernelVersion === computer.kernel && info.MemTotal === computer.memory().total,
    clock: Number.isNaN(time) ? undefined : { ahead: time - middle, uncertainty: (during.answered - during.asked) / 2 },
    proxies: { http: info.HttpProxy, https: info.HttpsProxy },
    forwarding: info.IPv4Forwarding,
    limits: info.MemoryLimit && info.PidsLimit && info.CPUShares,
  };
}
