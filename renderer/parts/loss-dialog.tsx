// Asks before something is deleted for good, and names everything that will be lost.
import { Button, Group, List, Modal, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from './use-call';

interface LossDialogProps {
  /** What is deleted. */
  name: string;
  opened: boolean;
  onClose: () => void;
  /** The call that deletes it. */
  confirm(): Promise<unknown>;
  /** Below the losses. */
  more?: ReactNode;
}

/** Its children are the losses, each a `List.Item`. */
export function LossDialog({ name, opened, onClose, confirm, more, children }: PropsWithChildren<LossDialogProps>) {
  const { t } = useTranslation();
  const { running, run } = useCall();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Modal.Title fw={600}>{t('delete.title', { name })}</Modal.Title>
      <Text mt="sm">{t('delete.lead')}</Text>
      <List mt="xs" spacing={6} size="sm">
        {children}
      </List>
      {more}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('delete.keep')}
        </Button>
        <Button
          color="red"
          loading={running}
          leftSection={<IconTrash aria-hidden size={16} />}
          onClick={() => void run(confirm).then((done) => done && onClose())}
        >
          {t('delete.confirm', { name })}
        </Button>
      </Group>
    </Modal>
  );
}
