// Whether a k3s cluster's DNS answers: its endpoints are there, and a question from a server gets an answer through the Service.
import type { V1Service } from '@kubernetes/client-node';
import { AppError } from '../../../../../shared/model/errors';
import type { Engine } from '../../../engine/engine';
import { execInContainer } from '../../../engine/exec';
import type { Kube } from '../../../kube/connect';
import { waitForDnsPods } from '../../bootstrap/dns';

/** Seconds that the server asks before the step gives up. */
const askSeconds = 180;

/** Resolves when `kubernetes.default.svc.cluster.local` is answered on the server. Throws `not-ready`. */
export async function waitForK3sDns(
  target: { kube: Kube; engine: Engine; server: string },
  options: { signal: AbortSignal; onWaiting(what: string): void },
): Promise<void> {
  const { kube, engine, server } = target;
  options.onWaiting('waiting for the DNS pods');
  await waitForDnsPods(kube, options.signal);
  options.onWaiting('waiting for an answer');
  const service = await kube.get<V1Service>('/api/v1/namespaces/kube-system/services/kube-dns', options.signal);
  const script = ['sh', '-c', askUntilAnswered, 'ask', service.spec?.clusterIP ?? '', String(askSeconds)];
  const { exitCode } = await execInContainer(engine, server, script, { signal: options.signal });
  if (exitCode === 0) return;
  throw new AppError('not-ready', `The cluster's DNS did not answer within ${askSeconds} s`, {
    params: { what: 'DNS', seconds: askSeconds },
  });
}

/**
 * k3s' images have busybox and socat (k3s-root), which ask over TCP (RFC 1035): length, id, one question, A. The answer's fourth byte
 * holds the response code, its seventh and eighth the number of answers. An image without socat is taken at its endpoints' word.
 */
const askUntilAnswered = `
command -v socat >/dev/null || exit 0
question='\\000\\066\\022\\064\\001\\000\\000\\001\\000\\000\\000\\000\\000\\000\\012kubernetes\\007default\\003svc\\007cluster\\005local\\000\\000\\001\\000\\001'
ask() {
  answer=$(printf "$question" | socat -t 1 -T 1 - "TCP4:$1:53,connect-timeout=1" 2>/dev/null | od -An -v -tx1 | tr -d ' \\n' | cut -c 1-20)
  case $answer in
    ???????????0????0000*) return 1 ;;
    ???????????0????????*) return 0 ;;
  esac
  return 1
}
end=$(($(date +%s) + $2))
until ask "$1"; do
  [ "$(date +%s)" -lt "$end" ] || exit 1
  sleep 0.2
done
`;
