// A list of Kubernetes objects that follows every change: list once, then watch from there, and list again when the watch is too old.
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '@kubernetes/client-node';
import { getBody, openRequest, type Way } from './request';

interface WatchEvent<Item> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: Item;
}

interface List<Item> {
  metadata: { resourceVersion?: string };
  items: Item[];
}

export type Objects<Item> = ReadonlyMap<string, Item>;

/** Yields all objects under a list path, by `namespace/name`, at once and after every change, until aborted. */
export async function* watchList<Item extends KubernetesObject>(
  config: Way,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Objects<Item>, void, void> {
  while (!signal.aborted) {
    const list = await getBody<List<Item>>(config, path, signal);
    let objects: Objects<Item> = new Map(list.items.map((item) => [keyOf(item), item]));
    yield objects;
    for await (const event of watchFrom<Item>(config, path, list.metadata.resourceVersion ?? '', signal)) {
      if (event.type === 'ERROR') break;
      objects = applyEvent(objects, event);
      yield objects;
    }
  }
}

async function* watchFrom<Item>(config: Way, path: string, resourceVersion: string, signal: AbortSignal) {
  const query = `${path.includes('?') ? '&' : '?'}watch=1&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
  const response = await openRequest(config, path + query, signal);
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') yield JSON.parse(line) as WatchEvent<Item>;
    }
  } finally {
    response.destroy();
  }
  signal.throwIfAborted();
}

/** The objects after one event; a bookmark changes nothing. */
export function applyEvent<Item extends KubernetesObject>(
  objects: Objects<Item>,
  event: WatchEvent<Item>,
): Objects<Item> {
  if (event.type === 'BOOKMARK' || event.type === 'ERROR') return objects;
  const next = new Map(objects);
  if (event.type === 'DELETED') next.delete(keyOf(event.object));
  else next.set(keyOf(event.object), event.object);
  return next;
}

function keyOf(object: KubernetesObject): string {
  return `${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`;
}
