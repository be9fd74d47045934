// What could go from the engine's disk: each kind with what it is made of, ticked where nothing is lost, and one button.
import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import { IconRecycle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cleanup, type Disk, safeCleanups } from '../../../shared/model/disk';
import { Command } from '../../parts/copy';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient } from '../../stores/app-context';
import classes from './images.module.css';

/** Of a long list so many are named. */
const named = 6;

export function DiskCleaning({ disk, busy }: { disk: Disk; busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const [chosen, setChosen] = useState<readonly Cleanup[]>(safeCleanups);
  const going = disk.cleanups.filter(({ id }) => chosen.includes(id));
  const bytes = going.reduce((sum, cleanup) => sum + cleanup.bytes, 0);
  const ids = going.map(({ id }) => id);
  const loss = (id: Cleanup) => (id === 'caches' || id === 'unused-node-images' ? t(`disk.loses.${id}`) : undefined);
  return (
    <section className={classes.card} aria-label={t('disk.clean')}>
      <Title order={2} className={classes.heading}>
        {t('disk.clean')}
      </Title>
      {disk.cleanups.length === 0 && <Text c="dimmed">{t('disk.nothing')}</Text>}
      <Stack gap="sm">
        {disk.cleanups.map((cleanup) => (
          <div key={cleanup.id}>
            <Checkbox
              label={`${t(`disk.cleanup.${cleanup.id}`)} (${format.size(cleanup.bytes)})`}
              description={loss(cleanup.id)}
              checked={chosen.includes(cleanup.id)}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setChosen((before) => (checked ? [...before, cleanup.id] : before.filter((id) => id !== cleanup.id)));
              }}
            />
            {cleanup.id !== 'build-cache' && (
              <ul className={classes.going}>
                {cleanup.parts.slice(0, named).map((part) => (
                  <li key={part.name}>
                    <span className="mono">{part.name.slice(0, 60)}</span> {format.size(part.bytes)}
                  </li>
                ))}
                {cleanup.parts.length > named && <li>{t('disk.more', { count: cleanup.parts.length - named })}</li>}
              </ul>
            )}
          </div>
        ))}
      </Stack>
      {disk.cleanups.length > 0 && (
        <Group gap="md" mt="md">
          <Button
            disabled={busy || going.length === 0}
            loading={running}
            leftSection={<IconRecycle aria-hidden size={16} />}
            onClick={() => void run(() => client.disk.clean({ cleanups: ids }))}
          >
            {t('disk.go', { size: format.size(bytes) })}
          </Button>
          <Command text={['boathouse disk clean', ...ids].join(' ')} />
        </Group>
      )}
      {going.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('disk.most', { size: format.size(bytes) })}
        </Text>
      )}
    </section>
  );
}
