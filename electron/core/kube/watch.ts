// A list of Kubernetes objects that follows every change: list once, then watch from there, and list again when the watch is too old.
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import { pause } from '../live/pause';
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

/** Milliseconds before a list is read anew whose watch has ended without a word: not as fast as a server can say no. */
const retryMilliseconds = 500;

/**
 * Yields all objects under a list path, by `namespace/name`, at once and after every change, until aborted. A watch that ends, or whose
 * version is too old, begins with the list again. Throws `kubernetes-refused` where it is not answered, or not by Kubernetes.
 */
export async function* watchList<Item extends KubernetesObject>(
  config: Way,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Objects<Item>, void, void> {
  while (!signal.aborted) {
    const list = await getBody<List<Item>>(config, path, signal);
    let objects: Objects<Item> = new Map(list.items.map((item) => [keyOf(item), item]));
    yield objects;
    let heard = false;
    for await (const event of watchFrom<Item>(config, path, list.metadata.resourceVersion ?? '', signal)) {
      if (event.type === 'ERROR') break;
      heard = true;
      objects = applyEvent(objects, event);
      yield objects;
    }
    if (!heard) await pause(retryMilliseconds, signal);
  }
}

async function* watchFrom<Item>(config: Way, path: string, resourceVersion: string, signal: AbortSignal) {
  const query = `${path.includes('?') ? '&' : '?'}watch=1&allowWatchBookmarks=true&resourceVersion=${resourceVersion}`;
  const response = await openRequest(config, path + query, signal).catch((error: unknown) => {
    // Said so by some servers, by others as an event.
    if (error instanceof AppError && error.params?.status === 410) return undefined;
    throw error;
  });
  if (!response) return;
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') yield eventIn<Item>(line, path);
    }
  } finally {
    response.destroy();
  }
  signal.throwIfAborted();
}

function eventIn<Item>(line: string, path: string): WatchEvent<Item> {
  try {
    return JSON.parse(line) as WatchEvent<Item>;
  } catch {
    const reason = 'what answers is not Kubernetes';
    throw new AppError('kubernetes-refused', `Kubernetes did not answer ${path}: ${reason}`, {
      params: { path, reason },
    });
  }
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
