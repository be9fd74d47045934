// Asks before a loop runs in a cluster that is not on this computer: its name is to be written.
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface AllowContextProps {
  context: string;
  running: boolean;
  onClose: () => void;
  onAllow: () => void;
}

export function AllowContext({ context, running, onClose, onAllow }: AllowContextProps) {
  const { t } = useTranslation();
  const [written, setWritten] = useState('');
  const same = written.trim() === context;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) onAllow();
  };
  return (
    <Modal opened onClose={onClose} size="lg" withCloseButton={false}>
      <form onSubmit={submit}>
        <Modal.Title fw={600}>{t('dev.allowTitle', { name: context })}</Modal.Title>
        <Text mt="sm">{t('dev.allowText')}</Text>
        <TextInput
          mt="md"
          data-autofocus
          classNames={{ input: 'mono' }}
          label={t('dev.allowName', { name: context })}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" disabled={!same} loading={running}>
            {t('dev.allow')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
