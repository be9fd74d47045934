// The nodes of a cluster in few words, as a table.
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { shortImage } from '../../../parts/image';
import classes from '../cluster.module.css';
import { NodeState } from '../nodes/node-state';

export function NodeList({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="nodes">
      <h2 id="nodes" className={classes.heading}>
        {t('nodes.title')}
      </h2>
      <div className={classes.tableBox}>
        <Table verticalSpacing={8} horizontalSpacing="md" aria-labelledby="nodes">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('nodes.name')}</Table.Th>
              <Table.Th>{t('nodes.role')}</Table.Th>
              <Table.Th>{t('nodes.state')}</Table.Th>
              <Table.Th>{t('nodes.address')}</Table.Th>
              <Table.Th>{t('nodes.image')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cluster.nodes.map((node) => (
              <Table.Tr key={node.name}>
                <Table.Th scope="row" fw={500}>
                  {node.name}
                </Table.Th>
                <Table.Td>{t(`nodeRole.${node.role}`)}</Table.Td>
                <Table.Td>
                  <NodeState node={node} brief />
                </Table.Td>
                <Table.Td className="mono">{node.address ?? '–'}</Table.Td>
                <Table.Td className={`mono ${classes.imageCell}`} title={node.image}>
                  {shortImage(node.image)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
