// Asks the core to try the engine again now.
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../stores/app-context';
import { useCall } from './use-call';

export function ReconnectButton() {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  return (
    <Button
      size="xs"
      leftSection={<IconRefresh aria-hidden size={15} />}
      loading={running}
      onClick={() => void run(() => client.diagnostics.reconnect())}
    >
      {t('action.tryAgain')}
    </Button>
  );
}
