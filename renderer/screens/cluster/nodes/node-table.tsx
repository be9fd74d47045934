// The nodes as a table: a row each, with what Kubernetes and the engine say of it and what it uses right now.
import { Pill, Progress, Table, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconShieldHalf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { isKubernetesOwn, labelText, taintText } from '../../../../shared/model/label-text';
import type { Usage } from '../../../../shared/model/node-facts';
import { useFormat } from '../../../parts/words';
import { useEngine } from '../../../stores/app-context';
import cluster from '../cluster.module.css';
import { type NodeAction, NodeMenu } from './node-menu';
import { NodeState } from './node-state';
import classes from './nodes.module.css';

interface NodeTableProps {
  cluster: Cluster;
  usage: Record<string, Usage>;
  /** Nodes can come, go and be given other limits and marks. */
  changeable: boolean;
  onAct: (action: NodeAction, node: ClusterNode, from: HTMLElement) => void;
}

export function NodeTable({ cluster: shown, usage, changeable, onAct }: NodeTableProps) {
  const { t } = useTranslation();
  const { nodes } = shown;
  return (
    <div className={cluster.tableBox}>
      <Table verticalSpacing={8} horizontalSpacing="sm" aria-label={t('nodes.title')} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('nodes.name')}</Table.Th>
            <Table.Th>{t('nodes.state')}</Table.Th>
            <Table.Th>{t('nodes.versionAndAddress')}</Table.Th>
            <Table.Th>{t('nodes.cpu')}</Table.Th>
            <Table.Th>{t('nodes.memory')}</Table.Th>
            <Table.Th>{t('nodes.labelsAndTaints')}</Table.Th>
            <Table.Th className={classes.actions}>
              <VisuallyHidden>{t('nodes.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <Table.Tr key={node.name}>
              <Table.Th scope="row" fw={500} className={classes.name}>
                {node.name}
                <Text size="sm" c="dimmed" fw={400}>
                  {t(`nodeRole.${node.role}`)}
                  {node.pool && t('nodes.ofPool', { name: node.pool })}
                </Text>
              </Table.Th>
              <Table.Td>
                <NodeState node={node} />
              </Table.Td>
              <Table.Td title={node.image}>
                {node.kubernetes?.version ?? '–'}
                <Text size="sm" c="dimmed" className="mono">
                  {node.address ?? '–'}
                </Text>
              </Table.Td>
              <CpuCell node={node} used={usage[node.name]} />
              <MemoryCell node={node} used={usage[node.name]} />
              <Table.Td>
                <Marks node={node} />
              </Table.Td>
              <Table.Td className={classes.actions}>
                <NodeMenu cluster={shown} node={node} changeable={changeable} onAct={onAct} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface CellProps {
  node: ClusterNode;
  used: Usage | undefined;
}

function CpuCell({ node, used }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngine();
  const limit = node.limits?.cpus;
  const most = limit ?? (engine.state === 'connected' ? engine.info.cpus : undefined);
  return (
    <UseCell
      label={t('nodes.cpu')}
      share={used && most ? used.cpus / most : undefined}
      words={used ? t('nodes.cpuUsed', { value: format.number(used.cpus, 2) }) : undefined}
      limit={limit === undefined ? undefined : t('nodes.upTo', { limit: t('nodes.cpus', { count: limit }) })}
    />
  );
}

function MemoryCell({ node, used }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngine();
  const limit = node.limits?.memory;
  const most = limit ?? (engine.state === 'connected' ? engine.info.memory : undefined);
  return (
    <UseCell
      label={t('nodes.memory')}
      share={used && most ? used.memory / most : undefined}
      words={used && format.memory(used.memory)}
      limit={limit === undefined ? undefined : t('nodes.upTo', { limit: format.memory(limit) })}
    />
  );
}

interface UseCellProps {
  label: string;
  share: number | undefined;
  words: string | undefined;
  limit: string | undefined;
}

/** What is used, as words and as a bar of what there is. */
function UseCell({ label, share, words, limit }: UseCellProps) {
  return (
    <Table.Td className={classes.use}>
      <span className="numbers">{words ?? '–'}</span>
      <Progress
        size={4}
        my={4}
        value={(share ?? 0) * 100}
        color={share !== undefined && share > 0.9 ? 'yellow' : 'harbour'}
        aria-label={label}
        transitionDuration={0}
      />
      {limit && (
        <Text size="sm" c="dimmed">
          {limit}
        </Text>
      )}
    </Table.Td>
  );
}

/** Labels and taints that a user gave; Kubernetes' own are counted, and listed on request. */
function Marks({ node }: { node: ClusterNode }) {
  const { t } = useTranslation();
  const { kubernetes } = node;
  if (!kubernetes) return '–';
  const labels = Object.entries(kubernetes.labels);
  const own = labels.filter(([key]) => !isKubernetesOwn(key));
  const others = labels.filter(([key]) => isKubernetesOwn(key)).map(([key, value]) => labelText(key, value));
  return (
    <div className={classes.marks}>
      {own.map(([key, value]) => (
        <Pill key={key} size="sm" className={classes.mark} title={labelText(key, value)}>
          {labelText(key, value)}
        </Pill>
      ))}
      {kubernetes.taints.map((taint) => (
        <Pill key={taintText(taint)} size="sm" className={classes.taint} title={taintText(taint)}>
          <IconShieldHalf aria-label={t('nodes.taint')} size={12} /> {taintText(taint)}
        </Pill>
      ))}
      {others.length > 0 && (
        <Tooltip multiline maw={520} label={<span className={classes.others}>{others.join('\n')}</span>}>
          <Text span size="sm" c="dimmed" tabIndex={0} className={classes.more}>
            {t('nodes.ownLabels', { count: others.length })}
          </Text>
        </Tooltip>
      )}
    </div>
  );
}
