// A connection to a cluster's API with the library's clients, loaded only when needed: importing it takes a third of a second.
import type { KubeConfig, KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import { type Call, getBody, sendCall } from './request';
import { type Objects, watchList } from './watch';

export interface Kube {
  config: KubeConfig;
  objects: KubernetesObjectApi;
  /** Every object under a list path at once and after every change, until aborted. */
  watch<Item extends KubernetesObject>(path: string, signal: AbortSignal): AsyncGenerator<Objects<Item>, void, void>;
  /** The body of a GET. Throws `kubernetes-refused` when the API answers with an error or not at all. */
  get<Body>(path: string, signal: AbortSignal): Promise<Body>;
  /** Makes an object, or merges it into the one that is there (RFC 7386). Throws `Refusal`. */
  send(method: 'POST' | 'PATCH', path: string, object: object, signal: AbortSignal): Promise<void>;
  /** Any call, with what is answered. Throws `Refusal`. */
  call<Body>(call: Call, signal: AbortSignal): Promise<Body>;
}

/** Connects with the current context of a kubeconfig (YAML text). */
export async function connectKube(kubeconfig: string): Promise<Kube> {
  const { KubeConfig, KubernetesObjectApi } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return kubeOf(config, KubernetesObjectApi.makeApiClient(config));
}

/** The same for a configuration of the library. */
export function kubeOf(config: KubeConfig, objects: KubernetesObjectApi): Kube {
  return {
    config,
    objects,
    watch: (path, signal) => watchList(config, path, signal),
    get: (path, signal) => getBody(config, path, signal),
    send: (method, path, object, signal) => sendCall(config, { method, path, object }, signal),
    call: (call, signal) => sendCall(config, call, signal),
  };
}
