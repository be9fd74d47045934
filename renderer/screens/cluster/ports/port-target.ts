// Where a port that was typed may lead: the Services of the cluster, and the one that is most likely meant.

import { parsePort, type TypedPort, targetText } from '../../../../shared/model/port-text';
import type { ClusterService } from '../../../../shared/model/service';
import type { TemplatePort } from '../../../../shared/model/template/ports';

type Target = TemplatePort['to'];

/** Each as `parsePort` writes targets: `web:80`, `shop/web:80`. Only those that speak the port's protocol. */
export function targetChoices(
  services: readonly ClusterService[],
  { protocol }: Pick<TypedPort, 'protocol'>,
): string[] {
  return services.flatMap(({ namespace, name, ports }) =>
    ports
      .filter((port) => port.protocol === protocol)
      .map(({ port }) => targetText({ service: name, namespace, port })),
  );
}

/** What is likely meant: the only Service that has the number that was typed, else the only one of the user's own. */
export function likelyTarget(services: readonly ClusterService[], typed: TypedPort): string | undefined {
  const number = typed.inside ?? typed.hostPort;
  const having = services.filter(({ ports }) => ports.some(({ port }) => port === number));
  const same = targetChoices(having, typed).filter((choice) => choice.endsWith(`:${number}`));
  if (same.length === 1) return same[0];
  if (typed.inside !== undefined) return undefined;
  const own = services.filter(
    ({ namespace, name }) => !namespace.startsWith('kube-') && !(namespace === 'default' && name === 'kubernetes'),
  );
  const choices = targetChoices(own, typed);
  return choices.length === 1 ? choices[0] : undefined;
}

/** The target of a text such as `web:80` or `node all:80`; undefined for what is none. */
export function targetFrom(text: string): Target | undefined {
  const read = parsePort(`0 -> ${text}`);
  return 'port' in read ? read.port.to : undefined;
}
