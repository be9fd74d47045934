// The proxies that a cluster's nodes use: chosen from the environment and docker's configuration.
import { usualUpstreams } from '../../../shared/model/caches';
import type { ClusterTemplate } from '../../../shared/model/template';
import { cacheName } from '../caches/labels';
import { dockerDirectory, nodeFiles, readDockerConfig } from '../engine/docker-config';
import type { Engine } from '../engine/engine';
import type { CoreOptions } from '../options';
import { registryName } from '../registry/labels';
import { entranceName } from './edge/entrance';
import { k3dNames, plannedK3sNodes } from './providers/k3s/nodes';
import { plannedNodes } from './providers/kubeadm/nodes';
import { chosenProxies, type Proxies, proxyEnvironment } from './providers/kubeadm/proxies';

/** The proxies that the settings, else this computer's environment and docker's configuration name for an engine. Throws `bad-input`. */
export async function hostProxies(
  options: Pick<CoreOptions, 'environment' | 'homeDirectory' | 'preferences'>,
  engineHost: string,
): Promise<Proxies> {
  const { http = '', https = '', none = '' } = options.preferences?.().proxies ?? {};
  if (http || https) return { ...(http && { http }), ...(https && { https }), ...(none && { none }) };
  const directory = dockerDirectory(options.environment, options.homeDirectory);
  const config = await readDockerConfig(nodeFiles, directory);
  return chosenProxies(options.environment, config, engineHost);
}

function namesOf(cluster: string, spec: ClusterTemplate['spec']): string[] {
  if (spec.provider === 'k3s') {
    return [...plannedK3sNodes(cluster, spec).map(({ name }) => name), k3dNames(cluster).loadBalancer];
  }
  return [...plannedNodes(cluster, spec).map((node) => node.name), entranceName(cluster)];
}

/** Registries of ours, which nodes reach by name; a proxy would look for them in vain. */
const registryNames = [registryName, ...usualUpstreams.map(cacheName)];

/**
 * A function from the network's subnets to the `KEY=value` list of a node's container: for the template's proxies, else those of this
 * computer.
 */
export async function nodeProxies(options: CoreOptions, engine: Engine, cluster: string, { spec }: ClusterTemplate) {
  const proxies = spec.proxies ? ofTemplate(spec.proxies) : await hostProxies(options, engine.endpoint.host);
  const { podSubnet, serviceSubnet } = spec.networking;
  const nodeNames = [...namesOf(cluster, spec), ...registryNames];
  return (networkSubnets: readonly string[]) =>
    proxyEnvironment(proxies, { networkSubnets, podSubnet, serviceSubnet, nodeNames });
}

function ofTemplate({ http, https, noProxy }: NonNullable<ClusterTemplate['spec']['proxies']>): Proxies {
  return { ...(http && { http }), ...(https && { https }), ...(noProxy.length > 0 && { none: noProxy.join(',') }) };
}
