// Closes a port, after saying what no longer reaches what.
import { Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { portText } from '../../../../shared/model/change';
import type { Cluster, OpenPort } from '../../../../shared/model/cluster';
import { ChangeForm } from '../change/change-form';
import { useChange } from '../change/use-change';
import { useTargetWords } from './target-words';

export function ClosePort({ cluster, port, onClose }: { cluster: Cluster; port: OpenPort; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useTargetWords();
  const { hostAddress, hostPort, protocol } = port;
  const change = useChange(cluster.name, [{ kind: 'close-port', port: { hostAddress, hostPort, protocol } }]);
  return (
    <ChangeForm
      cluster={cluster}
      title={t('ports.closeTitle', { port: portText(port) })}
      change={change}
      confirm={t('ports.closeConfirm')}
      dangerous
      icon={<IconPlugConnectedX aria-hidden size={16} />}
      onClose={onClose}
    >
      <Text>{t('ports.closeLead', { port: portText(port), target: words(port.to) })}</Text>
    </ChangeForm>
  );
}
