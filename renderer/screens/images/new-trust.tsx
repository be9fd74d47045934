// Lets the nodes of a cluster trust the certificates of a file.
import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';

export function NewTrust({ cluster, busy }: { cluster: string; busy: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const trust = (file: File | null) => {
    if (file) void run(async () => client.access.trust({ cluster, pem: await file.text() }));
  };
  return (
    <Group gap="sm" mt="sm">
      <FileButton accept=".crt,.pem,.cer,application/x-x509-ca-cert" onChange={trust}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            loading={running}
            disabled={busy}
            leftSection={<IconCertificate aria-hidden size={16} />}
          >
            {t('access.trust')}
          </Button>
        )}
      </FileButton>
      <Text size="sm" c="dimmed" maw={520}>
        {t('access.trustHelp')}
      </Text>
    </Group>
  );
}
