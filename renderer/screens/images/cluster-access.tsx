// The private registries of one cluster: who it signs in as, the certificates that it trusts, and changing both while it runs.
import { ActionIcon, Text, Title, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { signInWays } from '../../../shared/model/access';
import type { Cluster } from '../../../shared/model/cluster';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { useAnswer } from '../../parts/use-answer';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient } from '../../stores/app-context';
import classes from './images.module.css';
import { NewSignIn } from './new-sign-in';
import { NewTrust } from './new-trust';

export function ClusterAccess({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const { name, operationId, state, provider } = cluster;
  const up = state === 'running' || state === 'degraded';
  const { value, error } = useAnswer(up ? name : undefined, operationId, (asked, subject, signal) =>
    asked.access.of({ cluster: subject }, { signal }),
  );
  const busy = running || operationId !== undefined;
  return (
    <section className={classes.card} aria-label={name}>
      <Title order={2} className={classes.heading}>
        {name}
      </Title>
      {!up && <Text c="dimmed">{t('access.stopped')}</Text>}
      {error && <ErrorNotice error={error} />}
      {up && !value && !error && <LoadingRows rows={2} height={36} />}
      {value && (
        <>
          {value.signIns.length === 0 && <Text c="dimmed">{t('access.none')}</Text>}
          <dl className={classes.mirrors}>
            {value.signIns.map(({ registry, account, way, namespaces }) => (
              <Row
                key={`${registry} ${way}`}
                title={registry}
                removal={t('access.signOut', { registry })}
                busy={busy}
                onRemove={() => void run(() => client.access.signOut({ cluster: name, registry }))}
              >
                <span className="mono">{account}</span>
                <Text span size="sm" c="dimmed">
                  {way === 'kubelet'
                    ? t('access.byKubelet')
                    : t('access.bySecret', { namespaces: format.list(namespaces) })}
                </Text>
              </Row>
            ))}
            {value.certificates.map(({ fingerprint, subject, expires }) => (
              <Row
                key={fingerprint}
                title={subject}
                removal={t('access.distrust', { subject })}
                busy={busy}
                onRemove={() => void run(() => client.access.distrust({ cluster: name, fingerprint }))}
              >
                <Text span size="sm" c="dimmed">
                  {t('access.certificate', { expires: format.date(Date.parse(expires)) })}
                </Text>
                <span className="mono">{fingerprint.slice(0, 12)}</span>
              </Row>
            ))}
          </dl>
          {/* The nodes of k3s and minikube are told otherwise. */}
          <NewSignIn cluster={name} ways={provider === 'kubeadm' ? signInWays : ['secret']} busy={busy} />
          {provider === 'kubeadm' && <NewTrust cluster={name} busy={busy} />}
        </>
      )}
    </section>
  );
}

interface RowProps {
  title: string;
  removal: string;
  busy: boolean;
  onRemove(): void;
  children: ReactNode;
}

function Row({ title, removal, busy, onRemove, children }: RowProps) {
  return (
    <div className={classes.mirror}>
      <dt className="mono">{title}</dt>
      <dd>
        {children}
        <Tooltip label={removal}>
          <ActionIcon variant="subtle" color="gray" disabled={busy} aria-label={removal} onClick={onRemove}>
            <IconTrash aria-hidden size={16} />
          </ActionIcon>
        </Tooltip>
      </dd>
    </div>
  );
}
