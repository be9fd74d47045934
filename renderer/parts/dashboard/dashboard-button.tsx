// The way to a cluster's dashboard: one click opens it where it is set up, else the dialog that sets it up.
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronDown, IconLayoutDashboard } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorDataOf } from '../../app/error-data';
import { errorWords } from '../error-words';
import { notify } from '../notify';
import { DashboardDialog } from './dashboard-dialog';
import { useOpenDashboard } from './use-open-dashboard';

interface DashboardButtonProps {
  context: string;
  /** The cluster is not on this computer. */
  far?: boolean;
  size?: 'xs' | 'sm';
}

export function DashboardButton({ context, far = false, size = 'sm' }: DashboardButtonProps) {
  const { t, i18n } = useTranslation();
  const [opening, setOpening] = useState(false);
  const [dialog, setDialog] = useState(false);
  const open = useOpenDashboard(context);

  async function start(): Promise<void> {
    setOpening(true);
    try {
      await open();
    } catch (error) {
      const data = errorDataOf(error);
      if (data.code === 'not-found' || data.code === 'not-ready') setDialog(true);
      else {
        const { title, text } = errorWords(i18n, data);
        notify({ kind: 'bad', title, message: text });
      }
    } finally {
      setOpening(false);
    }
  }

  return (
    <>
      <Button.Group>
        <Button
          variant="default"
          size={size}
          loading={opening}
          leftSection={<IconLayoutDashboard aria-hidden size={16} />}
          onClick={() => void start()}
        >
          {t('dashboard.name')}
        </Button>
        <ActionIcon
          variant="default"
          size={size === 'sm' ? 36 : 30}
          aria-label={t('dashboard.settings', { name: context })}
          onClick={() => setDialog(true)}
        >
          <IconChevronDown aria-hidden size={16} />
        </ActionIcon>
      </Button.Group>
      <DashboardDialog context={context} far={far} opened={dialog} onClose={() => setDialog(false)} />
    </>
  );
}
