// The picture of a cluster for those who do not see it: the same facts, a row for each piece.
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { portText } from '../../../../shared/model/change';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { Pod } from '../../../../shared/model/pod';
import { nodeStateWord } from '../nodes/node-state';
import { useDoorWords } from '../ports/target-words';
import type { Picture } from './picture';
import { usePodWords } from './pod-row';

interface MapTableProps {
  cluster: Cluster;
  picture: Picture;
  /** Undefined while they are not known. */
  podsOn(node: ClusterNode): readonly Pod[] | undefined;
}

export function MapTable({ cluster, picture, podsOn }: MapTableProps) {
  const { t } = useTranslation();
  const words = useDoorWords();
  const { doors, planes, workers, sources } = picture;
  const podWords = usePodWords();
  const nodeRow = (node: ClusterNode, what: string, pods?: readonly Pod[]) => {
    const state = nodeStateWord(node, t);
    return { name: node.name, what, state: pods ? `${state}, ${podWords(pods)}` : state };
  };
  const rows = [
    ...doors.map((door) => ({
      name: portText(door),
      what: words(door),
      state: door.state === 'running' ? t('ports.openState') : t(`nodeState.${door.state}`),
    })),
    ...(cluster.entrance ? [nodeRow(cluster.entrance, t('map.entrance'))] : []),
    ...[...planes, ...workers].map((node) => nodeRow(node, t(`nodeRole.${node.role}`), podsOn(node))),
    ...sources.map((source) => ({
      name: source.whole,
      what: t(source.kind === 'registry' ? 'map.registry' : 'map.mirror'),
      state: source.kind === 'registry' ? t(`nodeState.${source.state}`) : '',
    })),
  ];
  return (
    <VisuallyHidden>
      <table>
        <caption>{t('map.table', { name: cluster.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('nodes.name')}</th>
            <th scope="col">{t('map.what')}</th>
            <th scope="col">{t('nodes.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, what, state }) => (
            <tr key={`${name} ${what}`}>
              <th scope="row">{name}</th>
              <td>{what}</td>
              <td>{state}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </VisuallyHidden>
  );
}
