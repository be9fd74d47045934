// An image archive dropped anywhere on the window is offered to a cluster that runs; other files are left to others.
import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseRoute } from '../../../app/route';
import { useClusters } from '../../../stores/app-context';
import { LoadSheet } from './load-sheet';

const archiveName = /\.(tar|tgz|tar\.(gz|zst))$/i;

/** Stands beside every screen. */
export function ArchiveDrop() {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState<string>();
  const { clusters } = useClusters();
  useEffect(() => {
    const drop = (event: DragEvent) => {
      const dropped = [...(event.dataTransfer?.files ?? [])].find(({ name }) => archiveName.test(name));
      if (!dropped) return;
      event.preventDefault();
      const route = parseRoute(window.location.hash);
      setChosen(route.screen === 'cluster' ? route.name : undefined);
      setFile(dropped);
    };
    window.addEventListener('drop', drop);
    return () => window.removeEventListener('drop', drop);
  }, []);
  const able = clusters.filter(
    ({ abilities, nodes }) => abilities.images === 'yes' && nodes.some(({ state }) => state === 'running'),
  );
  const cluster = able.find(({ name }) => name === chosen) ?? able.find(({ current }) => current) ?? able[0];
  const close = () => setFile(undefined);
  if (!cluster) {
    return (
      <Modal opened={file !== undefined} onClose={close} withCloseButton={false}>
        <Text>{t('nodeImages.sheet.dropNone', { name: file?.name ?? '' })}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('nodeImages.sheet.close')}
          </Button>
        </Group>
      </Modal>
    );
  }
  return (
    <LoadSheet
      key={file?.name ?? ''}
      cluster={cluster}
      choices={able.map(({ name }) => name)}
      onChoice={setChosen}
      dropped={file}
      opened={file !== undefined}
      onClose={close}
    />
  );
}
