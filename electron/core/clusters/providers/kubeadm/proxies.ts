// Which proxies nodes use, and what must be reached without one.

export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  readonly none?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The part of docker's `config.json` that is read here. */
export interface DockerClientConfig {
  readonly proxies?: Readonly<Record<string, DockerProxy | undefined>> | undefined;
}

interface DockerProxy {
  readonly httpProxy?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
}

function proxiesOf(http?: string, https?: string, none?: string): Proxies {
  return { ...(http && { http }), ...(https && { https }), ...(none && { none }) };
}

/**
 * The proxies for nodes, each from the environment (upper case before lower case), else from docker's `config.json`: its
 * entry for the daemon's address, or the default one. kind 0.33 comes to the same through the docker program, which puts
 * `config.json` into every container it runs; the engine itself does not.
 */
export function chosenProxies(environment: Environment, config: DockerClientConfig, daemonHost: string): Proxies {
  const variable = (name: string) => environment[name] || environment[name.toLowerCase()];
  const given = config.proxies?.[daemonHost] ?? config.proxies?.default;
  return {
    ...proxiesOf(given?.httpProxy, given?.httpsProxy, given?.noProxy),
    ...proxiesOf(variable('HTTP_PROXY'), variable('HTTPS_PROXY'), variable('NO_PROXY')),
  };
}

export interface ProxyScope {
  /** Every subnet of the cluster's network. */
  readonly networkSubnets: readonly string[];
  readonly serviceSubnet: string;
  readonly podSubnet: string;
  readonly nodeNames: readonly string[];
}

/**
 * The environment of a node's container for these proxies, empty without any.
 * kind 0.33: both cases of each name, and the exceptions in this order.
 */
export function proxyEnvironment(proxies: Proxies, scope: ProxyScope): string[] {
  if (!proxies.http && !proxies.https && !proxies.none) return [];
  const none = [
    ...scope.networkSubnets,
    ...(proxies.none ? [proxies.none] : []),
    scope.serviceSubnet,
    scope.podSubnet,
    ...scope.nodeNames,
    '.svc',
    '.svc.cluster',
    '.svc.cluster.local',
  ].join(',');
  const variables = { HTTP_PROXY: proxies.http, HTTPS_PROXY: proxies.https, NO_PROXY: none };
  return Object.entries(variables).flatMap(([name, value]) =>
    value ? [`${name}=${value}`, `${name.toLowerCase()}=${value}`] : [],
  );
}
