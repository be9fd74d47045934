// A connection to a cluster's API. The library and its clients are loaded only when needed: importing them takes a third of a second.
import type { KubeConfig, KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { type Call, getBody, sendCall, type Way } from './request';
import { type Objects, watchList } from './watch';
import { wayOf } from './way';

export interface Kube {
  config: Way;
  /** The library's calls on objects of any kind. */
  objects: Pick<KubernetesObjectApi, 'create' | 'read' | 'patch' | 'replace' | 'delete'>;
  /** Every object under a list path at once and after every change, until aborted. */
  watch<Item extends KubernetesObject>(path: string, signal: AbortSignal): AsyncGenerator<Objects<Item>, void, void>;
  /** The body of a GET. Throws `kubernetes-refused` when the API answers with an error or not at all. */
  get<Body>(path: string, signal: AbortSignal): Promise<Body>;
  /** Makes an object, or merges it into the one that is there (RFC 7386). Throws `Refusal`. */
  send(method: 'POST' | 'PATCH', path: string, object: object, signal: AbortSignal): Promise<void>;
  /** Any call, with what is answered. Throws `Refusal`. */
  call<Body>(call: Call, signal: AbortSignal): Promise<Body>;
}

type Fields = Record<string, unknown>;
interface Entries {
  'current-context'?: string;
  contexts?: { name: string; context: { cluster: string; user: string } }[];
  clusters?: { name: string; cluster: Fields }[];
  users?: { name: string; user?: Fields | null }[];
}

/** Fields that name files. */
const inFiles = ['certificate-authority', 'client-certificate', 'client-key'];

/** Connects with the current context of a kubeconfig (YAML text). */
export async function connectKube(kubeconfig: string): Promise<Kube> {
  const { contexts, clusters, users, ...rest } = parse(kubeconfig) as Entries;
  const context = contexts?.find(({ name }) => name === rest['current-context'])?.context;
  const cluster = clusters?.find(({ name }) => name === context?.cluster)?.cluster ?? {};
  const user = users?.find(({ name }) => name === context?.user)?.user ?? {};
  const library = () => libraryConfig(kubeconfig);
  const plain = inFiles.some((field) => field in cluster || field in user) ? undefined : wayOf(cluster, user);
  return kubeOf(plain ?? (await library()), library);
}

/** The library's own configuration of a kubeconfig (YAML text). */
export async function libraryConfig(kubeconfig: string): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return config;
}

/** @param library makes the same configuration for the library's clients, when they are first asked for something */
export function kubeOf(config: Way, library: () => Promise<KubeConfig>): Kube {
  let made: Promise<KubernetesObjectApi> | undefined;
  const api = () => {
    made ??= import('@kubernetes/client-node').then(async ({ KubernetesObjectApi }) =>
      KubernetesObjectApi.makeApiClient(await library()),
    );
    return made;
  };
  return {
    config,
    objects: {
      create: async (...given) => (await api()).create(...given),
      read: async (...given) => (await api()).read(...given),
      patch: async (...given) => (await api()).patch(...given),
      replace: async (...given) => (await api()).replace(...given),
      delete: async (...given) => (await api()).delete(...given),
    },
    watch: (path, signal) => watchList(config, path, signal),
    get: (path, signal) => getBody(config, path, signal),
    send: (method, path, object, signal) => sendCall(config, { method, path, object }, signal),
    call: (call, signal) => sendCall(config, call, signal),
  };
}
