// What loads of this core brought, so that what still runs an older image can be told without looking at the nodes again.
import { AppError } from '../../../shared/model/errors';
import type { StaleWorkload } from '../../../shared/model/images';
import type { Pod } from './cluster-view';
import type { NodeStore } from './node-store';
import { digestOf } from './oci';
import type { SourceImage } from './source';
import { staleWorkloads } from './stale';

export interface Load {
  /** Those of the cluster, asked for while nodes took it in: it does not change what runs. */
  readonly pods: Promise<Pod[] | undefined>;
  /** What the nodes had before. */
  readonly stores: ReadonlyMap<string, NodeStore>;
  /** Nodes that did not take it, known at its end. */
  readonly failed: ReadonlySet<string>;
  readonly images: readonly SourceImage[];
}

/** How many are remembered. */
const kept = 20;

export interface Loads {
  note(operationId: string, load: Load): void;
  /** Throws `not-found` for an operation that is no load of this core, or did not come to its end. */
  find(operationId: string): Load;
}

export function createLoads(): Loads {
  const loads = new Map<string, Load>();
  return {
    note(operationId, load) {
      loads.set(operationId, load);
      for (const oldest of [...loads.keys()].slice(0, -kept)) loads.delete(oldest);
    },
    find(operationId) {
      const load = loads.get(operationId);
      if (!load) throw new AppError('not-found', 'There is no such load', { params: { name: operationId } });
      return load;
    },
  };
}

/** What runs an older image than a load brought under the same name. Throws `not-found`. */
export async function staleAfter(loads: Loads, operationId: string): Promise<StaleWorkload[]> {
  const { stores, failed, images, ...load } = loads.find(operationId);
  const pods = (await load.pods) ?? [];
  const took = [...stores].filter(([node]) => !failed.has(node));
  const after = new Map(took.map(([node, store]) => [node, storeWith(store, images)]));
  return staleWorkloads(
    { stores: after, pods },
    images.flatMap(({ names }) => names),
  );
}

/** A node's store as it is once it has images. Pure. */
export function storeWith(store: NodeStore, images: readonly SourceImage[]): NodeStore {
  const names = new Map(store.names);
  const documents = new Map(store.documents);
  for (const { id, config, manifest, names: own } of images) {
    const digest = digestOf(manifest.content);
    documents.set(id, JSON.parse(config.toString('utf8'))).set(digest, JSON.parse(manifest.content.toString('utf8')));
    for (const name of own) names.set(name, digest);
  }
  return { ...store, names, documents };
}
