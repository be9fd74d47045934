// The calls about images.
import { engineImages } from '../images/engine-images';
import { listImages } from '../images/list';
import { loadImages } from '../images/load-images';
import { staleAfter } from '../images/loads';
import { prepullImages } from '../images/prepull';
import { prunableImages, removeImages } from '../images/remove';
import { restartWorkloads } from '../images/restart';
import type { Wiring } from './wiring';

export function imagesCalls({ api: { images: api }, explained, lasting, parts }: Wiring) {
  const { clusters, connection } = parts;

  return api.router({
    engine: api.engine.handler(async ({ signal }) => engineImages(await connection.engine(signal), signal)),
    list: api.list.handler(({ input, signal }) => listImages(clusters, input.name, lasting(signal))),
    load: api.load.handler(({ input }) => loadImages(clusters, input, parts)),
    stale: api.stale.handler(({ input }) => staleAfter(parts.loads, input.operationId)),
    offer: api.offer.handler(({ input, signal }) => explained(parts.offers.offer(input, lasting(signal)))),
    give: api.give.handler(({ input }) => parts.offers.give(input)),
    pull: api.pull.handler(({ input }) => prepullImages(clusters, input)),
    remove: api.remove.handler(({ input, signal }) => removeImages(clusters, input, lasting(signal))),
    prunable: api.prunable.handler(({ input, signal }) => prunableImages(clusters, input.name, lasting(signal))),
    restart: api.restart.handler(({ input }) => restartWorkloads(clusters, input.name, input.workloads)),
  });
}
