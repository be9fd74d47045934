// Subnets, proxies and ports: clashes are found, and their owners named.
import { expect, test } from 'vitest';
import { type Cluster, contextOf } from '../../../../shared/model/cluster';
import type { WantedCluster } from '../../clusters/wanted';
import { engineThatLists, said, surroundingsWith } from '../testing/surroundings';
import { portsCheckup } from './ports';
import { proxiesCheckup } from './proxies';
import { subnetsCheckup } from './subnets';

const cluster = (name: string, state: Cluster['state']) =>
  ({ name, state, context: contextOf(name), network: `boathouse-${name}`, nodes: [] }) as unknown as Cluster;

const network = (subnet: string) => ({
  Id: '0123456789abcdef',
  Name: 'boathouse-shop',
  IPAM: { Config: [{ Subnet: subnet }] },
});
const routes = async () => [
  { device: 'br-0123456789ab', subnet: '172.30.0.0/24' },
  { device: 'eth0', subnet: '192.168.1.0/24' },
  { device: 'tun0', subnet: '172.16.0.0/12' },
  { device: 'wg0', subnet: '10.96.4.0/24' },
  { device: 'ppp0', subnet: '10.0.0.0/8' },
];

test("a VPN that covers a cluster's network; the network's own bridge is no clash", async () => {
  const engine = engineThatLists({ networks: [network('172.30.0.0/24')] });
  const about = { engine, clusters: [cluster('shop', 'running')] };
  expect(said(await subnetsCheckup.examine(surroundingsWith({ ...about, computer: { routes } })))).toEqual([
    'warning subnet-clash: boathouse-shop has 172.30.0.0/24; tun0 leads to 172.16.0.0/12',
  ]);
  expect(said(await subnetsCheckup.examine(surroundingsWith(about)))).toEqual(['ok subnets-apart: networks: 1']);
});

test("networks of others are not looked at, nor this computer's routes for an engine elsewhere", async () => {
  const engine = engineThatLists({ networks: [network('172.30.0.0/24')] });
  expect(said(await subnetsCheckup.examine(surroundingsWith({ engine, computer: { routes } })))).toEqual([
    'ok subnets-apart: networks: 0',
  ]);
  engine.endpoint = { host: 'ssh://far', source: 'setting' };
  expect(await subnetsCheckup.examine(surroundingsWith({ engine, computer: { routes } }))).toEqual([]);
});

test('ranges of a cluster to be made: what a whole company has does not count', async () => {
  const wanted = { podSubnet: '10.244.0.0/16,fd00::/56', serviceSubnet: '10.96.0.0/16' } as WantedCluster;
  const findings = await subnetsCheckup.examineFor?.(surroundingsWith({ computer: { routes } }), wanted);
  expect(said(findings ?? [])).toEqual([
    'warning services-clash: Services get 10.96.0.0/16; wg0 leads to 10.96.4.0/24',
  ]);
});

const proxy = 'http://ana:secret@proxy.example.com:3128';
const shown = 'http://[removed]@proxy.example.com:3128';

test.each([
  [{}, '', 'ok proxies-none: neither for nodes nor for the engine'],
  [{ https: proxy, none: '.corp' }, proxy, `ok proxies-set: ${shown}; not for .corp`],
  [
    { https: proxy, none: 'localhost,*.corp,10.0.0.0/8,::1,fd00::/8,[::1]:80,registry:5000' },
    proxy,
    `ok proxies-set: ${shown}; not for localhost,*.corp,10.0.0.0/8,::1,fd00::/8,[::1]:80,registry:5000`,
  ],
  [
    { https: proxy, none: '.corp, http://registry.corp,"10.0.0.0/8"' },
    proxy,
    'warning proxy-exceptions-malformed: NO_PROXY has http://registry.corp, "10.0.0.0/8"',
  ],
  [{ https: proxy, none: 'a.corp b.corp' }, proxy, 'warning proxy-exceptions-malformed: NO_PROXY has a.corp b.corp'],
  [{ https: proxy }, '', `warning proxy-engine-without: HTTPS_PROXY is ${shown}; the engine has none`],
  [{}, proxy, `warning proxy-nodes-without: the engine has ${shown}`],
  [{ http: 'localhost:3128' }, proxy, 'problem proxy-loopback: HTTP_PROXY is localhost:3128'],
  [{ https: 'http://[::1]:3128' }, proxy, 'problem proxy-loopback: HTTPS_PROXY is http://[::1]:3128'],
  [{ https: 'proxy example' }, proxy, 'problem proxy-malformed: HTTPS_PROXY is proxy example'],
])('proxies of nodes %j, of the engine "%s"', async (nodes, ofEngine, finding) => {
  const surroundings = surroundingsWith({
    proxies: async () => nodes,
    facts: { proxies: { http: '', https: ofEngine } },
  });
  const findings = await proxiesCheckup.examine(surroundings);
  expect(said(findings)).toEqual([finding]);
  expect(JSON.stringify(findings)).not.toContain('secret');
});

const container = (name: string, state: string, port: number, labels = {}) => ({
  Id: name,
  Names: [`/${name}`],
  State: state,
  Labels: labels,
  Ports: [{ PublicPort: port }],
});
const wanted = {
  name: 'lab',
  ports: [{ address: '127.0.0.1', port: 8080, protocol: 'TCP' }],
} as unknown as WantedCluster;
const isTaken = async (_address: string, port: number) => port === 8080;

test.each([
  ['nobody', [], false, undefined, []],
  [
    'a cluster',
    [container('shop-edge', 'running', 8080, { 'io.x-k8s.kind.cluster': 'shop' })],
    true,
    undefined,
    ['problem port-of-cluster: shop-edge publishes it'],
  ],
  [
    'a container',
    [container('web', 'running', 8080)],
    true,
    undefined,
    ['problem port-of-container: web publishes it'],
  ],
  [
    'a process',
    [],
    true,
    { name: 'nginx', pid: 4711 },
    ['problem port-of-process: nginx listens on it (process 4711)'],
  ],
  ['someone', [], true, undefined, ['problem port-of-someone: a program of another user listens on it']],
])('a port that is taken by %s', async (_name, containers, taken, listener, findings) => {
  const surroundings = surroundingsWith({
    engine: engineThatLists({ containers }),
    computer: { isTaken: async (...at) => taken && isTaken(...at), listener: async () => listener },
  });
  expect(said((await portsCheckup.examineFor?.(surroundings, wanted)) ?? [])).toEqual(findings);
});

test('the cluster in the way can be stopped', async () => {
  const stopped: string[] = [];
  const containers = [container('shop-edge', 'running', 8080, { 'io.x-k8s.kind.cluster': 'shop' })];
  const surroundings = surroundingsWith({
    engine: engineThatLists({ containers }),
    computer: { isTaken },
    stop: async (name) => void stopped.push(name),
  });
  const [finding] = (await portsCheckup.examineFor?.(surroundings, wanted)) ?? [];
  expect(finding?.check).toMatchObject({ fix: 'Stop shop; its data is kept', commands: ['boathouse stop shop'] });
  expect(await finding?.mend?.()).toMatchObject({ code: 'port-of-cluster', text: 'shop is stopped.' });
  expect(stopped).toEqual(['shop']);
});
