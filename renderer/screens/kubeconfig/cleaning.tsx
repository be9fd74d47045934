// What is left behind in the kubeconfig: contexts whose cluster is gone, locks that nobody holds; each with the way to clear it.
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KubeconfigView } from '../../../shared/model/kubeconfig';
import { useCall } from '../../parts/use-call';
import { useClient, useClusters, useEngine } from '../../stores/app-context';
import { ChangeDialog } from './change-dialog';
import { isGone } from './context-state';
import classes from './kubeconfig.module.css';

/** Seconds: programs hold the lock for less than one. */
const staleAfter = 60;

export function Cleaning({ view }: { view: KubeconfigView }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { clusters, heard } = useClusters();
  const connected = useEngine().state === 'connected';
  const [asking, setAsking] = useState(false);
  const gone = heard && connected ? view.contexts.filter((context) => isGone(clusters, context)) : [];
  const names = gone.map(({ name }) => name);
  const stale = view.files.flatMap(({ locked }) => (locked && locked.seconds > staleAfter ? [locked.lock] : []));
  return (
    <>
      {stale.map((lock) => (
        <Group key={lock} className={classes.notice} role="status">
          <Text>{t('kubeconfig.stale', { lock })}</Text>
          <Button
            size="xs"
            variant="default"
            loading={running}
            onClick={() => void run(() => client.diagnostics.fix({ id: `kubeconfig-lock:${lock}` }))}
          >
            {t('kubeconfig.removeLock')}
          </Button>
        </Group>
      ))}
      {names.length > 0 && (
        <Group className={classes.notice} role="status">
          <Text>{t('kubeconfig.goneList', { count: names.length, names: names.join(t('listSeparator')) })}</Text>
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('kubeconfig.cleanDots')}
          </Button>
        </Group>
      )}
      {asking && (
        <ChangeDialog
          title={t('kubeconfig.cleanTitle')}
          wish={{ kind: 'remove', contexts: names }}
          confirm={t('kubeconfig.clean', { count: names.length })}
          dangerous
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
