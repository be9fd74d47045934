// Shows what a change would do, and does it when that is wanted.
import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ChangePreview, usePlan } from './change-preview';
import { useChange, type Wish } from './use-change';

interface ChangeDialogProps {
  title: string;
  wish: Wish;
  confirm: string;
  dangerous?: boolean;
  onClose: () => void;
}

export function ChangeDialog({ title, wish, confirm, dangerous = false, onClose }: ChangeDialogProps) {
  const { t } = useTranslation();
  const { running, change } = useChange();
  const asked = usePlan(wish);
  return (
    <Modal opened onClose={onClose} size="xl" withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Modal.Title fw={600} mb="sm">
        {title}
      </Modal.Title>
      <ChangePreview asked={asked} />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          loading={running}
          disabled={!asked.answer || asked.error !== undefined}
          {...(dangerous && { color: 'red' })}
          onClick={() => void change(wish).then((done) => done && onClose())}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
