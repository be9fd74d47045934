// Asks before a cluster is deleted, and names everything that will be lost.
import { Code, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../shared/model/cluster';
import { useClient } from '../stores/app-context';
import { LossDialog } from './loss-dialog';

interface DeleteDialogProps {
  cluster: Cluster;
  opened: boolean;
  onClose: () => void;
}

export function DeleteDialog({ cluster, opened, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { name } = cluster;
  return (
    <LossDialog
      name={name}
      opened={opened}
      onClose={onClose}
      confirm={() => client.clusters.delete({ name })}
      more={cluster.current && <Text mt="sm">{t('delete.current')}</Text>}
    >
      <Losses cluster={cluster} />
    </LossDialog>
  );
}

function Losses({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const names = cluster.nodes.map((node) => node.name);
  const ownNetwork = cluster.madeBy === 'boathouse' ? cluster.network : undefined;
  return (
    <>
      <List.Item>
        {t('delete.nodes', { count: names.length })}{' '}
        {names.map((name) => (
          <Code key={name} mr={4} className="whole">
            {name}
          </Code>
        ))}
      </List.Item>
      <List.Item>{t('delete.volumes')}</List.Item>
      {ownNetwork && (
        <List.Item>
          {t('delete.network')} <Code>{ownNetwork}</Code>
        </List.Item>
      )}
      <List.Item>
        {t('delete.kubeconfig')} <Code>{cluster.context}</Code>
      </List.Item>
    </>
  );
}
