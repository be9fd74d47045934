// Says which images go from the nodes before they do.
import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ClusterImage } from '../../../../shared/model/images';
import { useCall } from '../../../parts/use-call';
import { useFormat } from '../../../parts/words';
import { useClient } from '../../../stores/app-context';
import { titleOf } from './image-matrix';

interface RemoveDialogProps {
  cluster: string;
  images: readonly ClusterImage[];
  opened: boolean;
  onClose(): void;
}

export function RemoveDialog({ cluster, images, opened, onClose }: RemoveDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const total = images.reduce((sum, { size, nodes }) => sum + size * nodes.length, 0);
  async function confirm() {
    if (await run(() => client.images.remove({ name: cluster, images: images.map(({ id }) => id) }))) onClose();
  }
  return (
    <Modal opened={opened} onClose={onClose} size="lg" withCloseButton={false}>
      <Modal.Title fw={600}>{t('nodeImages.remove.title', { count: images.length, name: cluster })}</Modal.Title>
      <Text mt="sm">{t('nodeImages.remove.lead', { size: format.size(total) })}</Text>
      <List mt="xs" size="sm">
        {images.map((image) => (
          <List.Item key={image.id}>
            <span className="mono">{titleOf(image)}</span>, {format.size(image.size)}
          </List.Item>
        ))}
      </List>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('nodeImages.remove.keep')}
        </Button>
        <Button color="red" loading={running} onClick={() => void confirm()}>
          {t('nodeImages.remove.confirm', { count: images.length })}
        </Button>
      </Group>
    </Modal>
  );
}
