// Settings as a file: to keep, to hand on, to take over; and all as they are at first.
import { Button, FileButton, List, Modal, Group as Row, Text } from '@mantine/core';
import { IconDownload, IconRestore, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Command } from '../../parts/copy';
import { downloadText } from '../../parts/download';
import { notify } from '../../parts/notify';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import { Group, Setting } from './setting';

export function Exchange() {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [asked, setAsked] = useState(false);

  async function save(): Promise<void> {
    const { json } = await client.settings.export();
    downloadText('boathouse-settings.json', json, 'application/json');
  }

  async function take(file: File): Promise<void> {
    await client.settings.import({ json: await file.text() });
    notify({ kind: 'good', message: t('settings.imported', { name: file.name }) });
  }

  return (
    <Group title={t('settings.group.exchange')}>
      <Setting title={t('settings.file')}>
        <Row gap="xs">
          <Button variant="default" leftSection={<IconDownload aria-hidden size={16} />} onClick={() => void run(save)}>
            {t('settings.export')}
          </Button>
          <FileButton accept="application/json,.json" onChange={(file) => file && void run(() => take(file))}>
            {(props) => (
              <Button {...props} variant="default" loading={running} leftSection={<IconUpload aria-hidden size={16} />}>
                {t('settings.import')}
              </Button>
            )}
          </FileButton>
          <Button variant="default" leftSection={<IconRestore aria-hidden size={16} />} onClick={() => setAsked(true)}>
            {t('settings.reset')}
          </Button>
        </Row>
        <Command text="boathouse settings export" />
      </Setting>
      <Modal opened={asked} onClose={() => setAsked(false)} withCloseButton={false}>
        <Modal.Title fw={600}>{t('settings.resetTitle')}</Modal.Title>
        <Text mt="sm">{t('settings.resetLead')}</Text>
        <List mt="xs" size="sm">
          <List.Item>{t('settings.resetKeeps')}</List.Item>
        </List>
        <Row justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" data-autofocus onClick={() => setAsked(false)}>
            {t('action.cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => void run(() => client.settings.reset()).then((done) => done && setAsked(false))}
          >
            {t('settings.resetNow')}
          </Button>
        </Row>
      </Modal>
    </Group>
  );
}
