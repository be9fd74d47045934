// Do nodes and the engine get to the registries through the proxies there are?
import { withoutPassword } from '../../redaction/addresses';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const nodesWhy = 'Nodes pull images through the proxies that the environment or docker’s config.json names.';

const words = {
  'proxies-none': { title: 'There is no proxy', evidence: 'neither for nodes nor for the engine', why: nodesWhy },
  'proxies-set': { title: 'Nodes use a proxy', evidence: '{{proxy}}; not for {{exceptions}}', why: nodesWhy },
  'proxy-loopback': {
    title: 'Nodes cannot reach the proxy {{proxy}}',
    evidence: '{{variable}} is {{proxy}}',
    why: 'To a node that address is the node itself, so that no image can be pulled there.',
    advice:
      "Let the proxy listen on this computer's address in docker's network, too, and name that one, such as http://172.17.0.1:3128 or http://host.docker.internal:3128.",
  },
  'proxy-malformed': {
    title: 'The address of a proxy cannot be read',
    evidence: '{{variable}} is {{proxy}}',
    why: 'Nodes get it as it is, and then reach no registry.',
    advice: 'Write it as in http://proxy.example.com:3128.',
  },
  'proxy-exceptions-malformed': {
    title: 'An exception from the proxy cannot be read',
    evidence: 'NO_PROXY has {{exceptions}}',
    why: 'Programs in nodes pass over what they cannot read there, and look for your own addresses behind the proxy.',
    advice:
      'Separate names, addresses and ranges by commas, without http://, paths or quotes: NO_PROXY=.corp,10.0.0.0/8',
  },
  'proxy-engine-without': {
    title: 'The engine does not use the proxy',
    evidence: '{{variable}} is {{proxy}}; the engine has none',
    why: 'It is the engine that pulls node images, and where there is no way but the proxy, its pulls fail.',
    advice: 'Set the proxy of the engine: "proxies" in daemon.json, or in the settings of Docker Desktop.',
  },
  'proxy-nodes-without': {
    title: 'The engine uses a proxy, nodes do not',
    evidence: 'the engine has {{proxy}}',
    why: 'Nodes pull the images of your pods themselves, and where there is no way but the proxy, their pulls fail.',
    advice:
      'Set HTTPS_PROXY and HTTP_PROXY in the environment that Boathouse is started in, or in a template: spec.proxies',
  },
};
const finding = findingsOf('network', words);

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

export const proxiesCheckup: Checkup = { words, examine, examineFor: examine };

async function examine({ facts, proxies }: Surroundings): Promise<Finding[]> {
  if (!facts) return [];
  const { http, https, none } = await proxies();
  const given = Object.entries({ HTTPS_PROXY: https, HTTP_PROXY: http }).flatMap(([variable, proxy]) =>
    proxy ? [{ variable, proxy }] : [],
  );
  const unread = given.length > 0 ? unreadable(none) : [];
  const wrong = [
    ...given.flatMap(faultOf),
    ...unread.map((exceptions) =>
      finding({
        id: 'proxy-exceptions',
        code: 'proxy-exceptions-malformed',
        verdict: 'warning',
        params: { exceptions },
      }),
    ),
  ];
  if (wrong.length > 0) return wrong;
  const ofEngine = facts.proxies.https || facts.proxies.http;
  const [first] = given;
  if (!first) {
    if (!ofEngine) return [finding({ id: 'proxies', code: 'proxies-none', verdict: 'ok' })];
    const params = { proxy: withoutPassword(ofEngine) };
    return [finding({ id: 'proxies', code: 'proxy-nodes-without', verdict: 'warning', params })];
  }
  const params = { variable: first.variable, proxy: withoutPassword(first.proxy) };
  if (!ofEngine) return [finding({ id: 'proxies', code: 'proxy-engine-without', verdict: 'warning', params })];
  const exceptions = none || '-';
  return [finding({ id: 'proxies', code: 'proxies-set', verdict: 'ok', params: { ...params, exceptions } })];
}

function faultOf({ variable, proxy }: { variable: string; proxy: string }): Finding[] {
  const params = { variable, proxy: withoutPassword(proxy) };
  const url = addressOf(proxy);
  if (!url) return [finding({ id: `proxy:${variable}`, code: 'proxy-malformed', verdict: 'problem', params })];
  if (!loopback.test(url.hostname)) return [];
  return [finding({ id: `proxy:${variable}`, code: 'proxy-loopback', verdict: 'problem', params })];
}

/** A name with an asterisk or a dot before it, an address, a range, each with a port perhaps. (Go's httpproxy, as containerd and kubelets use it) */
const exception = /^(\*|(\*?\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]|[0-9a-f:.]+)(\/\d{1,3}|:\d{1,5})?$/i;

/** What programs in nodes would pass over, in the words of the variable; empty or one. */
function unreadable(none = ''): string[] {
  const strange = none
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !exception.test(one));
  return strange.length > 0 ? [withoutPassword(strange.join(', '))] : [];
}

/** Go's httpproxy: an address without a scheme is one of http. */
function addressOf(proxy: string): URL | undefined {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.hostname && /^(https?|socks5h?):$/.test(url.protocol) ? url : undefined;
}
