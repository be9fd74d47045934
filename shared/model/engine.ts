// The Docker Engine as the user sees it: where it is, whether it answers, what it can do.
import { z } from 'zod';
import { errorDataSchema } from './errors';

export const engineEndpointSchema = z.object({
  /** `unix:///var/run/docker.sock`, `tcp://host:2376`, `npipe:////./pipe/docker_engine`, `ssh://user@host` */
  host: z.string(),
  /** Which rule chose it. */
  source: z.enum(['setting', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'context', 'socket']),
  context: z.string().optional(),
});
export type EngineEndpoint = z.infer<typeof engineEndpointSchema>;

export const engineInfoSchema = z.object({
  version: z.string(),
  apiVersion: z.string(),
  operatingSystem: z.string(),
  architecture: z.string(),
  cpus: z.number(),
  /** Bytes. */
  memory: z.number(),
  cgroupVersion: z.enum(['1', '2']),
  rootless: z.boolean(),
  /** The containerd image store, instead of the classic one. */
  containerdStore: z.boolean(),
});
export type EngineInfo = z.infer<typeof engineInfoSchema>;

export const engineStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('connecting'), endpoint: engineEndpointSchema.optional() }),
  z.object({ state: z.literal('connected'), endpoint: engineEndpointSchema, info: engineInfoSchema }),
  z.object({ state: z.literal('unreachable'), endpoint: engineEndpointSchema.optional(), error: errorDataSchema }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;
