// Picks images of the engine or an archive, and the nodes that are to have them; then shows every node's bar.
import { Button, Checkbox, Group, Modal, Select, Switch } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import type { ErrorData } from '../../../../shared/model/errors';
import { errorDataOf } from '../../../app/error-data';
import { ErrorNotice } from '../../../parts/error-notice';
import { offerFile } from '../../../parts/offer-file';
import { useClient, useOperations } from '../../../stores/app-context';
import { ArchiveChoice } from './archive-choice';
import { EngineChoice } from './engine-choice';
import { NodeBars } from './node-bars';

interface LoadSheetProps {
  cluster: Cluster;
  /** Names of the clusters that it could be instead. */
  choices?: readonly string[];
  onChoice?(name: string): void;
  /** An archive that is to be loaded. */
  dropped?: File | undefined;
  opened: boolean;
  onClose(): void;
}

export function LoadSheet({ opened, onClose, ...choice }: LoadSheetProps) {
  const { t } = useTranslation();
  const { cluster } = choice;
  const [operationId, setOperationId] = useState<string>();
  const operation = useOperations().find(({ id }) => id === operationId);
  /** Withdraws the file that is offered. */
  const offered = useRef(new AbortController());
  useEffect(() => () => offered.current.abort(), []);
  function close() {
    offered.current.abort();
    offered.current = new AbortController();
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
        <Choice
          key={cluster.name}
          {...choice}
          offering={() => offered.current.signal}
          onStarted={setOperationId}
          onCancel={close}
        />
      )}
    </Modal>
  );
}

interface ChoiceProps extends Omit<LoadSheetProps, 'opened' | 'onClose'> {
  /** Ends when the sheet is closed. */
  offering(): AbortSignal;
  onStarted(operationId: string): void;
  onCancel(): void;
}

function Choice({ cluster, choices = [], onChoice, dropped, offering, onStarted, onCancel }: ChoiceProps) {
  const { t } = useTranslation();
  const client = useClient();
  const running = cluster.nodes.filter(({ state }) => state === 'running').map(({ name }) => name);
  const [images, setImages] = useState<string[]>([]);
  const [archive, setArchive] = useState<File | string>(dropped ?? '');
  const [nodes, setNodes] = useState<string[]>(running);
  const [restart, setRestart] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const ofArchive = archive instanceof File || archive.trim() !== '';
  async function load() {
    setBusy(true);
    setError(undefined);
    try {
      const what =
        archive instanceof File
          ? { images: [], offered: await offerFile(client, archive, offering()) }
          : ofArchive
            ? { images: [], archive: archive.trim() }
            : { images };
      onStarted((await client.images.load({ name: cluster.name, ...what, nodes, restart })).operationId);
    } catch (reason) {
      setError(errorDataOf(reason));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      {choices.length > 1 && (
        <Select
          mt="sm"
          label={t('nodeImages.sheet.cluster')}
          allowDeselect={false}
          data={[...choices]}
          value={cluster.name}
          onChange={(name) => name && onChoice?.(name)}
        />
      )}
      {!dropped && <EngineChoice chosen={images} disabled={ofArchive} onChange={setImages} />}
      <ArchiveChoice archive={archive} onChange={setArchive} />
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
        <Button
          loading={busy}
          disabled={(images.length === 0 && !ofArchive) || nodes.length === 0}
          onClick={() => void load()}
        >
          {t('nodeImages.sheet.load')}
        </Button>
      </Group>
    </>
  );
}
