// Begins with a sample: which one, and the folder that a copy of it is put into.
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../app/route';
import { wordsOf } from '../../parts/sentence-words';
import { useAsked } from '../../parts/use-asked';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import { FolderField, isWholePath, tidyPath } from './folder-field';

export function SampleDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { answer: samples } = useAsked({}, (core, _input, signal) => core.devloop.samples(undefined, { signal }));
  const [chosen, setChosen] = useState<string>();
  const [dir, setDir] = useState('');
  const name = chosen ?? samples?.[0];
  const whole = isWholePath(dir);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (name === undefined || !whole) return;
    let copied = '';
    const done = await run(async () => {
      copied = (await client.devloop.startSample({ name, dir: tidyPath(dir) })).dir;
    });
    if (done) navigate({ screen: 'dev', dir: copied });
  }

  // The first of what can be chosen has the focus.
  if (!samples) return null;
  return (
    <Modal opened onClose={onClose} size="xl" withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Modal.Title fw={600}>{t('dev.sampleTitle')}</Modal.Title>
        <Text mt={4}>{t('dev.sampleLead')}</Text>
        <Radio.Group aria-label={t('dev.sampleTitle')} value={name ?? null} onChange={setChosen} mt="md">
          <Stack gap="sm">
            {samples.map((one) => (
              <Radio
                key={one}
                value={one}
                label={wordsOf(i18n, `dev.samples.${one}.title`, undefined, one)}
                description={wordsOf(i18n, `dev.samples.${one}.text`, undefined, '')}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group mt="lg" align="flex-start" gap="sm">
          <FolderField
            label={t('dev.sampleFolder')}
            description={t('dev.sampleFolderHelp')}
            value={dir}
            onChange={setDir}
            error={dir !== '' && !whole && t('dev.absolute')}
          />
        </Group>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={running} disabled={name === undefined || !whole}>
            {t('dev.sampleStart')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
