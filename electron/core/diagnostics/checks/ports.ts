// Are the ports that clusters need still theirs, and who has taken them?
import { claimedPorts, type PortClaim } from '../../engine/ports';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const why = 'A port leads to one program at a time: what comes second does not start.';
const otherPort = 'Or take another port.';

const words = {
  'ports-free': {
    title: 'The ports of stopped clusters are free',
    evidence: 'ports: {{count}}',
    why: 'A stopped cluster asks for its ports again when it starts.',
  },
  'port-of-cluster': {
    title: 'Port {{port}}, which {{name}} needs, is taken by the cluster {{owner}}',
    evidence: '{{container}} publishes it',
    why,
    fix: 'Stop {{owner}}; its data is kept',
    done: '{{owner}} is stopped.',
  },
  'port-of-container': {
    title: 'Port {{port}}, which {{name}} needs, is taken by the container {{container}}',
    evidence: '{{container}} publishes it',
    why,
    advice: `Stop it with "docker stop {{container}}". ${otherPort}`,
  },
  'port-claimed': {
    title: 'Port {{port}}, which {{name}} needs, is promised to {{container}}',
    evidence: '{{container}} is stopped, and asks for it when it starts',
    why: `${why} Whichever of the two runs first keeps the other from starting.`,
    advice: 'Take another port.',
  },
  'port-of-process': {
    title: 'Port {{port}}, which {{name}} needs, is taken by {{process}}',
    evidence: '{{process}} listens on it (process {{pid}})',
    why,
    advice: `End {{process}}. ${otherPort}`,
  },
  'port-of-someone': {
    title: 'Port {{port}}, which {{name}} needs, is taken',
    evidence: 'a program of another user listens on it',
    why,
    advice: 'Take another port, or see who has it: sudo ss -ltnp sport = :{{port}}',
  },
};
const finding = findingsOf('network', words);

export const portsCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { engine, clusters, signal } = surroundings;
    if (!engine || isRemote(engine.endpoint.host)) return [];
    const claims = await claimedPorts(engine, signal);
    const stopped = new Set(clusters.filter(({ state }) => state === 'stopped').map(({ name }) => name));
    const needed = claims.flatMap(({ port, cluster, running }) =>
      !running && cluster !== undefined && stopped.has(cluster) ? [{ name: cluster, address: '127.0.0.1', port }] : [],
    );
    const taken = await Promise.all(needed.map((need) => ownerOf(need, claims, surroundings)));
    const found = taken.filter((one) => one !== undefined);
    if (found.length > 0) return found;
    return [finding({ id: 'ports', code: 'ports-free', verdict: 'ok', params: { count: needed.length } })];
  },
  async examineFor(surroundings, { name, ports }) {
    const { engine, signal } = surroundings;
    const asked = ports.filter(({ port, protocol }) => port > 0 && protocol === 'TCP');
    if (!engine || isRemote(engine.endpoint.host) || asked.length === 0) return [];
    const claims = await claimedPorts(engine, signal);
    const found = await Promise.all(
      asked.map(async ({ address, port }) => {
        const taken = await ownerOf({ name, address, port }, claims, surroundings);
        return taken ?? promised({ name, port }, claims);
      }),
    );
    return found.filter((one) => one !== undefined);
  },
};

interface Need {
  name: string;
  address: string;
  port: number;
}

/** What is published there is not published on this computer. */
function isRemote(host: string): boolean {
  return /^(tcp|https?|ssh):/.test(host);
}

async function ownerOf(need: Need, claims: readonly PortClaim[], at: Surroundings): Promise<Finding | undefined> {
  const { name, port, address } = need;
  if (!(await at.computer.isTaken(address, port))) return undefined;
  const about = { id: `port:${port}`, verdict: 'problem' } as const;
  const claim = claims.find((one) => one.port === port && one.running);
  if (claim?.cluster !== undefined) {
    const owner = claim.cluster;
    return finding({
      ...about,
      code: 'port-of-cluster',
      params: { name, port, owner, container: claim.container },
      commands: [`boathouse stop ${owner}`],
      mend: () => at.stop(owner),
    });
  }
  if (claim) {
    return finding({ ...about, code: 'port-of-container', params: { name, port, container: claim.container } });
  }
  const listener = await at.computer.listener(port);
  if (!listener) return finding({ ...about, code: 'port-of-someone', params: { name, port } });
  const params = { name, port, process: listener.name, pid: listener.pid };
  return finding({ ...about, code: 'port-of-process', params });
}

/** A stopped container asks for its port when it starts. */
function promised({ name, port }: Omit<Need, 'address'>, claims: readonly PortClaim[]): Finding | undefined {
  const claim = claims.find((one) => one.port === port && one.cluster !== name);
  if (!claim) return undefined;
  const params = { name, port, container: claim.container };
  return finding({ id: `port:${port}`, code: 'port-claimed', verdict: 'warning', params });
}
