// The calls about disk space.
import { cleanDisk, diskUsage } from '../disk/clean';
import type { Wiring } from './wiring';

export function diskCalls({ api: { disk: api }, lasting, parts: { clusters } }: Wiring) {
  return api.router({
    usage: api.usage.handler(({ signal }) => diskUsage(clusters, lasting(signal))),
    clean: api.clean.handler(({ input }) => cleanDisk(clusters, input.cleanups)),
  });
}
