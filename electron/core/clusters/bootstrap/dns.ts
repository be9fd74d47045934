// Whether the cluster's DNS answers: its endpoints are there, and a question from a node gets an answer through the Service.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import { rangesIn } from '../../../../shared/model/template/ranges';
import type { Engine } from '../../engine/engine';
import { execInContainer } from '../../engine/exec';
import type { Kube } from '../../kube/connect';
import { waitForObjects } from '../../kube/wait';
import { dnsAddress } from '../service-subnet';

interface Endpoints extends KubernetesObject {
  subsets?: { addresses?: unknown[] }[];
}

const limit = 180_000;
/** Seconds that the node asks before the step gives up. */
const askSeconds = 180;

/**
 * Resolves when `kubernetes.default.svc` and the domain is answered on `node`. Throws `not-ready`.
 * `serviceSubnet`: kubeadm gives DNS its tenth address.
 */
export async function waitForDns(
  target: { kube: Kube; engine: Engine; node: string; serviceSubnet: string; dnsDomain?: string },
  options: { signal: AbortSignal; onWaiting(what: string): void },
): Promise<void> {
  options.onWaiting('waiting for the DNS pods');
  await waitForDnsPods(target.kube, options.signal);
  options.onWaiting('waiting for an answer');
  const { serviceSubnet, dnsDomain = 'cluster.local' } = target;
  const question = questionFor(`kubernetes.default.svc.${dnsDomain}`, rangesIn(serviceSubnet)[0]?.family === 'ipv6');
  const words = ['ask', dnsAddress(serviceSubnet), String(askSeconds), question];
  const script = ['bash', '-c', askUntilAnswered, ...words];
  const { exitCode } = await execInContainer(target.engine, target.node, script, { signal: options.signal });
  if (exitCode !== 0) {
    throw new AppError('not-ready', `The cluster's DNS did not answer within ${askSeconds} s`, {
      params: { what: 'DNS', seconds: askSeconds },
    });
  }
}

/** Resolves when the DNS Service leads somewhere. Throws `not-ready`. */
export async function waitForDnsPods(kube: Kube, signal: AbortSignal): Promise<void> {
  await waitForObjects<Endpoints>(
    kube,
    '/api/v1/namespaces/kube-system/endpoints?fieldSelector=metadata.name%3Dkube-dns',
    (found) => ([...found.values()].some(hasAddress) ? [] : ['the DNS pods']),
    { signal, limit },
  );
}

function hasAddress(endpoints: Endpoints): boolean {
  return (endpoints.subsets ?? []).some((subset) => (subset.addresses ?? []).length > 0);
}

/** RFC 1035: a question for the addresses of a name, with its length in front as over TCP; as escapes for printf. */
function questionFor(name: string, ipv6: boolean): string {
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const header = Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const message = Buffer.concat([header, ...labels, Buffer.from([0, 0, ipv6 ? 28 : 1, 0, 1])]);
  const length = Buffer.from([message.length >> 8, message.length & 255]);
  return Buffer.concat([length, message]).toString('hex').replace(/../g, '\\x$&');
}

/**
 * Node images have no DNS client, so bash asks over TCP (RFC 1035). The answer's fourth byte holds the response code, its seventh and
 * eighth the number of answers.
 */
const askUntilAnswered = `
ask() {
  exec 3<>"/dev/tcp/$1/53" || return 1
  printf "$question" >&3
  answer=$(timeout 1 head -c 10 <&3 | od -An -v -tx1 | tr -d ' \\n')
  exec 3>&-
  [ "\${answer:11:1}" = 0 ] || return 1
  [ "\${answer:16:4}" != 0000 ] && [ -n "\${answer:16:4}" ]
}
question=$3
end=$((SECONDS + $2))
until ask "$1" 2>/dev/null; do
  [ $SECONDS -lt $end ] || exit 1
  sleep 0.1
done
`;
