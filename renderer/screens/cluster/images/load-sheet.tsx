// Picks images of the engine or an archive, and the nodes that are to have them; then shows every node's bar.
import { Button, Checkbox, Group, Modal, ScrollArea, Switch, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import type { ErrorData } from '../../../../shared/model/errors';
import type { EngineImage } from '../../../../shared/model/images';
import { errorDataOf } from '../../../app/error-data';
import { ErrorNotice } from '../../../parts/error-notice';
import { useFormat } from '../../../parts/words';
import { useClient, useOperations } from '../../../stores/app-context';
import { NodeBars } from './node-bars';

interface LoadSheetProps {
  cluster: Cluster;
  opened: boolean;
  onClose(): void;
}

export function LoadSheet({ cluster, opened, onClose }: LoadSheetProps) {
  const { t } = useTranslation();
  const [operationId, setOperationId] = useState<string>();
  const operation = useOperations().find(({ id }) => id === operationId);
  function close() {
    setOperationId(undefined);
    onClose();
  }
  return (
    <Modal opened={opened} onClose={close} size="xl" withCloseButton={false}>
      <Modal.Title fw={600}>{t('nodeImages.sheet.title', { name: cluster.name })}</Modal.Title>
      {operation ? (
        <>
          <NodeBars operation={operation} />
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={close}>
              {t('nodeImages.sheet.close')}
            </Button>
          </Group>
        </>
      ) : (
        <Choice cluster={cluster} onStarted={setOperationId} onCancel={close} />
      )}
    </Modal>
  );
}

interface ChoiceProps {
  cluster: Cluster;
  onStarted(operationId: string): void;
  onCancel(): void;
}

function Choice({ cluster, onStarted, onCancel }: ChoiceProps) {
  const { t } = useTranslation();
  const client = useClient();
  const running = cluster.nodes.filter(({ state }) => state === 'running').map(({ name }) => name);
  const [images, setImages] = useState<string[]>([]);
  const [archive, setArchive] = useState('');
  const [nodes, setNodes] = useState<string[]>(running);
  const [restart, setRestart] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const nothing = images.length === 0 && archive.trim() === '';
  async function load() {
    setBusy(true);
    setError(undefined);
    try {
      const what = archive.trim() === '' ? { images } : { images: [], archive: archive.trim() };
      onStarted((await client.images.load({ name: cluster.name, ...what, nodes, restart })).operationId);
    } catch (reason) {
      setError(errorDataOf(reason));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <EngineImages chosen={images} disabled={archive.trim() !== ''} onChange={setImages} />
      <TextInput
        mt="md"
        label={t('nodeImages.sheet.archive')}
        description={t('nodeImages.sheet.archiveHelp')}
        placeholder="/home/ana/web.tar.gz"
        value={archive}
        onChange={(event) => setArchive(event.currentTarget.value)}
      />
      <Checkbox.Group mt="md" label={t('nodeImages.sheet.nodes')} value={nodes} onChange={setNodes}>
        <Group mt={6} gap="md">
          {running.map((node) => (
            <Checkbox key={node} value={node} label={node.replace(`${cluster.name}-`, '')} />
          ))}
        </Group>
      </Checkbox.Group>
      <Switch
        mt="md"
        checked={restart}
        onChange={(event) => setRestart(event.currentTarget.checked)}
        label={t('nodeImages.sheet.restart')}
      />
      {error && <ErrorNotice error={error} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('nodeImages.sheet.cancel')}
        </Button>
        <Button loading={busy} disabled={nothing || nodes.length === 0} onClick={() => void load()}>
          {t('nodeImages.sheet.load')}
        </Button>
      </Group>
    </>
  );
}

function EngineImages({
  chosen,
  disabled,
  onChange,
}: {
  chosen: string[];
  disabled: boolean;
  onChange(names: string[]): void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [search, setSearch] = useState('');
  const [images, setImages] = useState<EngineImage[]>();
  const [error, setError] = useState<ErrorData>();
  useEffect(() => {
    client.images.engine().then(setImages, (reason: unknown) => setError(errorDataOf(reason)));
  }, [client]);
  const rows = (images ?? []).flatMap(({ names, size }) => names.map((name) => ({ name, size })));
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <TextInput
        mt="sm"
        data-autofocus
        label={t('nodeImages.sheet.engine')}
        placeholder={t('nodeImages.search')}
        leftSection={<IconSearch aria-hidden size={16} />}
        disabled={disabled}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {error && <ErrorNotice error={error} />}
      <ScrollArea.Autosize
        mah={220}
        mt="xs"
        viewportProps={{ tabIndex: 0, 'aria-label': t('nodeImages.sheet.engine'), role: 'group' }}
      >
        <Checkbox.Group value={chosen} onChange={onChange} aria-label={t('nodeImages.sheet.engine')}>
          {shown.map(({ name, size }) => (
            <Checkbox key={name} mt={6} value={name} disabled={disabled} label={`${name}  ${format.size(size)}`} />
          ))}
        </Checkbox.Group>
        {images && shown.length === 0 && <Text c="dimmed">{t('nodeImages.none')}</Text>}
      </ScrollArea.Autosize>
    </>
  );
}
