// Lets a frozen container go on.
import type { Engine } from '../engine/engine';
import { explained, statusOf } from '../engine/failures';

/** One that is not paused, or not there any more, is fine. */
export async function unpause(engine: Engine, containerId: string, signal: AbortSignal): Promise<void> {
  try {
    await engine.docker.getContainer(containerId).unpause({ abortSignal: signal });
  } catch (error) {
    // 409 in newer engines, 500 in older ones: "is not paused"; 404: it is gone.
    if (statusOf(error) === 404 || /not paused|not running/i.test(String(error))) return;
    await explained(() => Promise.reject(error));
  }
}
