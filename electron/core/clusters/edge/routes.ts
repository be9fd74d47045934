// What an edge is told, as the lines of its files (see `resources/edge/edge.sh`).
import { edgeFiles } from './container';
import type { EdgeFile } from './tell';

export interface Route {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** The port that the edge hears. */
  readonly port: number;
  /** How it knows which targets are up: `api` asks for an HTTPS answer, `node` asks the target's kubelet, `none` takes all. */
  readonly check: 'api' | 'node' | 'none';
  /** `address:port`, or `service.namespace:port`. */
  readonly targets: readonly string[];
}

/** The file of routes, one line each. */
export function routesFile(routes: readonly Route[]): EdgeFile {
  const lines = routes.map(
    ({ protocol, port, check, targets }) => `${[protocol, port, check, ...targets].join(' ')}\n`,
  );
  return { path: edgeFiles.routes, content: lines.join('') };
}

/** A range of Services and the nodes that lead there, both of one family. */
export interface ServiceWay {
  readonly subnet: string;
  readonly nodes: readonly string[];
}

/**
 * The ways to the addresses of Services, the family first that counts: over any of the nodes, where kube-proxy leads them on.
 * @param dns the address of the server that knows their names
 */
export function servicesFile(ways: readonly ServiceWay[], dns: string): EdgeFile {
  const lines = [...ways.map(({ subnet, nodes }) => [subnet, ...nodes]), ['dns', dns]];
  return { path: edgeFiles.services, content: lines.map((words) => `${words.join(' ')}\n`).join('') };
}
