// The ways into a cluster as a table, with what can be done about each.
import { ActionIcon, Group, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowsExchange, IconExternalLink, IconPlugConnectedX, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { portText } from '../../../../shared/model/change';
import type { Cluster, OpenPort } from '../../../../shared/model/cluster';
import { NodeBadge } from '../../../parts/badge';
import { CopyText } from '../../../parts/copy';
import cluster from '../cluster.module.css';
import { type Door, doorsOf, isOpenToOthers, webAddress } from './doors';
import classes from './ports.module.css';
import { useDoorWords } from './target-words';

interface PortTableProps {
  cluster: Cluster;
  changeable: boolean;
  onAct: (action: 'move' | 'close', port: OpenPort, from: HTMLElement) => void;
}

export function PortTable({ cluster: of, changeable, onAct }: PortTableProps) {
  const { t } = useTranslation();
  const doors = doorsOf(of);
  if (doors.length === 0) return <Text c="dimmed">{t('ports.none')}</Text>;
  return (
    <div className={cluster.tableBox}>
      <Table verticalSpacing={6} horizontalSpacing="md" aria-label={t('ports.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('ports.here')}</Table.Th>
            <Table.Th>{t('ports.leadsTo')}</Table.Th>
            <Table.Th>{t('nodes.state')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('nodes.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {doors.map((door) => (
            <DoorRow key={door.key} door={door} changeable={changeable} onAct={onAct} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function DoorRow({ door, changeable, onAct }: { door: Door } & Omit<PortTableProps, 'cluster'>) {
  const { t } = useTranslation();
  const words = useDoorWords();
  const running = door.state === 'running';
  const text = portText(door);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <CopyText text={text} what={text} />
        {isOpenToOthers(door) && (
          <Text size="sm" className={classes.others}>
            <IconWorld aria-hidden size={14} /> {t('ports.openToOthers')}
          </Text>
        )}
      </Table.Th>
      <Table.Td>{words(door)}</Table.Td>
      <Table.Td>
        <NodeBadge state={door.state} word={t(running ? 'ports.openState' : `nodeState.${door.state}`)} />
      </Table.Td>
      <Table.Td>
        <Actions door={door} changeable={changeable} onAct={onAct} />
      </Table.Td>
    </Table.Tr>
  );
}

function Actions({ door, changeable, onAct }: { door: Door } & Omit<PortTableProps, 'cluster'>) {
  const { t } = useTranslation();
  const { leadsTo } = door;
  const port = portText(door);
  const own = leadsTo.to === 'port' ? leadsTo.port : undefined;
  const browsable = door.protocol === 'TCP' && door.state === 'running' && leadsTo.to !== 'api';
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {browsable && (
        <Tooltip label={t('ports.browse')}>
          <ActionIcon
            component="a"
            href={webAddress(door)}
            target="_blank"
            rel="noreferrer"
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('ports.browseWhat', { port })}
          >
            <IconExternalLink aria-hidden size={17} />
          </ActionIcon>
        </Tooltip>
      )}
      {own &&
        (['move', 'close'] as const).map((action) => {
          const Icon = action === 'move' ? IconArrowsExchange : IconPlugConnectedX;
          return (
            <Tooltip key={action} label={t(`ports.action.${action}`)}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={30}
                disabled={!changeable}
                aria-label={t(`ports.actionWhat.${action}`, { port })}
                onClick={(event) => onAct(action, own, event.currentTarget)}
              >
                <Icon aria-hidden size={17} />
              </ActionIcon>
            </Tooltip>
          );
        })}
    </Group>
  );
}
