// An image by its reference: pulled to the engine and loaded, or pulled by the nodes themselves.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import classes from './images.module.css';

export function PullForm({ clusters, restart }: { clusters: readonly string[]; restart: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [reference, setReference] = useState('');
  const images = [reference.trim()];
  const disabled = reference.trim() === '' || clusters.length === 0;

  function pullAndLoad() {
    const request = { images, pull: true, restart };
    void run(() => Promise.all(clusters.map((name) => client.images.load({ name, ...request }))));
  }

  function letNodesPull() {
    void run(() => Promise.all(clusters.map((name) => client.images.pull({ name, images }))));
  }

  return (
    <div className={classes.pull}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t('engineImages.reference')}
          placeholder="ghcr.io/team/web:1.4"
          w="100%"
          maw={320}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button variant="default" disabled={disabled} loading={running} onClick={pullAndLoad}>
          {t('engineImages.pullLoad')}
        </Button>
        <Button variant="default" disabled={disabled} loading={running} onClick={letNodesPull}>
          {t('engineImages.pullNodes')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t('engineImages.pullHelp')}
      </Text>
    </div>
  );
}
