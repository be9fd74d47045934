// The names of the images that the engine already has.
import { homedir } from 'node:os';
import { resolveEndpoint } from '../../core/engine/endpoint';
import { openEngine } from '../../core/engine/engine';

export interface EngineOrigin {
  /** The address in the settings; '' when there is none. */
  setting: string;
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
}

/**
 * Tags and digests of all images, e.g. `kindest/node:v1.34.0`, `kindest/node@sha256:...`.
 * @throws whatever connecting throws: AppErrors of the engine
 */
export async function localImages(origin: EngineOrigin, signal: AbortSignal): Promise<string[]> {
  const { endpoint, connection } = await resolveEndpoint({ ...origin, homeDirectory: homedir() });
  const { docker } = await openEngine(endpoint, connection, signal);
  const images = await docker.listImages({ abortSignal: signal });
  return images.flatMap((image) => [...(image.RepoTags ?? []), ...(image.RepoDigests ?? [])]);
}
