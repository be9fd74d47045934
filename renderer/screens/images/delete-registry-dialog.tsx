// Asks before the local registry is deleted, and names what will be lost.
import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LocalRegistry } from '../../../shared/model/registry';
import { LossDialog } from '../../parts/loss-dialog';
import { useFormat } from '../../parts/words';
import { useClient } from '../../stores/app-context';

interface DeleteRegistryDialogProps {
  registry: LocalRegistry;
  /** Bytes, where known. */
  usage: number | undefined;
  opened: boolean;
  onClose: () => void;
}

export function DeleteRegistryDialog({ registry, usage, opened, onClose }: DeleteRegistryDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { name, clusters } = registry;
  const confirm = () => client.registry.delete({ name });
  return (
    <LossDialog name={name} opened={opened} onClose={onClose} confirm={confirm}>
      <List.Item>
        {usage === undefined ? t('registry.lose') : t('registry.loseSize', { size: format.size(usage) })}
      </List.Item>
      {clusters.length > 0 && (
        <List.Item>{t('registry.loseUsers', { count: clusters.length, names: format.list(clusters) })}</List.Item>
      )}
    </LossDialog>
  );
}
