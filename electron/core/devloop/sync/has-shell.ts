// Whether an image has a shell, asked of the engine without running anything.
import type { Engine } from '../../engine/engine';
import { engineFailure, statusOf } from '../../engine/failures';

/** Throws what `engineFailure` knows. */
export async function hasShell(engine: Engine, image: string, signal: AbortSignal): Promise<boolean> {
  try {
    const container = await engine.docker.createContainer({ Image: image, Cmd: ['sh'], abortSignal: signal });
    try {
      await container.infoArchive({ path: '/bin/sh', abortSignal: signal });
      return true;
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    } finally {
      await container.remove({ force: true }).catch(() => {});
    }
  } catch (error) {
    signal.throwIfAborted();
    throw engineFailure(error);
  }
}
