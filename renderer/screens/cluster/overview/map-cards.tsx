// The cards of a cluster's picture: a port, a node, and where images come from. Each leads to where more is said of it.
import { IconBox, IconDeviceLaptop, IconDownload, IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterNode } from '../../../../shared/model/cluster';
import type { Usage } from '../../../../shared/model/node-facts';
import type { Pod } from '../../../../shared/model/pod';
import { targetText } from '../../../../shared/model/port-text';
import { hrefOf } from '../../../app/route';
import { NodeBadge } from '../../../parts/badge';
import { useLaneName } from '../../../parts/timeline/words';
import { useFormat } from '../../../parts/words';
import { NodeState } from '../nodes/node-state';
import { type Door, isOpenToOthers } from '../ports/doors';
import { useDoorWords } from '../ports/target-words';
import classes from './map.module.css';
import type { Source } from './picture';
import { PodRow } from './pod-row';

interface CardProps {
  href: string;
  icon: ReactNode;
  title: string;
  /** The whole of what may be cut. */
  whole?: string;
  quiet: boolean;
  children: ReactNode;
}

function Card({ href, icon, title, whole = title, quiet, children }: CardProps) {
  return (
    <a className={classes.card} href={href} title={whole} data-quiet={quiet || undefined}>
      <span className={classes.title}>
        {icon}
        <span className={classes.cut}>{title}</span>
      </span>
      {children}
    </a>
  );
}

export function DoorCard({ cluster, door }: { cluster: string; door: Door }) {
  const { t } = useTranslation();
  const words = useDoorWords();
  const others = isOpenToOthers(door);
  const Icon = others ? IconWorld : IconDeviceLaptop;
  const leads = door.state === 'running' ? words(door) : t(`nodeState.${door.state}`);
  const brief = door.state === 'running' && door.leadsTo.to === 'port' ? targetText(door.leadsTo.port.to) : leads;
  const protocol = door.protocol === 'TCP' ? '' : `/${door.protocol.toLowerCase()}`;
  return (
    <Card
      href={hrefOf({ screen: 'cluster', name: cluster, tab: 'ports' })}
      icon={<Icon role="img" aria-label={t(others ? 'ports.openToOthers' : 'templates.thisComputer')} size={16} />}
      title={`:${door.hostPort}${protocol}`}
      whole={`${door.hostAddress}:${door.hostPort} → ${leads}`}
      quiet={door.state !== 'running'}
    >
      <span className={`${classes.cut} ${classes.quiet}`}>{brief}</span>
    </Card>
  );
}

interface NodeCardProps {
  cluster: string;
  node: ClusterNode;
  /** In the place of its name. */
  title?: string;
  usage: Usage | undefined;
  /** Those on it, where they are known. */
  pods?: readonly Pod[] | undefined;
}

export function NodeCard({ cluster, node, title, usage, pods }: NodeCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const short = useLaneName(cluster);
  return (
    <Card
      href={hrefOf({ screen: 'cluster', name: cluster, tab: title === undefined ? 'nodes' : 'ports' })}
      icon={<IconBox aria-hidden size={16} />}
      title={title ?? short(node.name)}
      whole={node.name}
      quiet={node.state !== 'running'}
    >
      <NodeState node={node} brief />
      <span className={`numbers ${classes.cut} ${classes.quiet}`}>
        {usage &&
          node.state === 'running' &&
          t('map.usage', {
            cpus: t('nodes.cpuUsed', { value: format.number(usage.cpus, 2) }),
            memory: format.memory(usage.memory),
          })}
      </span>
      {pods && node.state === 'running' && <PodRow pods={pods} />}
    </Card>
  );
}

export function SourceCard({ source }: { source: Source }) {
  const { t } = useTranslation();
  const running = source.state === 'running';
  return (
    <Card
      href={hrefOf({ screen: 'images', tab: source.kind === 'registry' ? 'registry' : 'mirrors' })}
      icon={<IconDownload aria-hidden size={16} />}
      title={source.title}
      whole={source.whole}
      quiet={!running}
    >
      {source.kind === 'registry' ? (
        <NodeBadge state={source.state} word={t(`nodeState.${source.state}`)} />
      ) : (
        <span className={`${classes.cut} ${classes.quiet}`}>{t('map.mirrored', { count: source.mirrors })}</span>
      )}
    </Card>
  );
}
