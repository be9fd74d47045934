// A dashboard that is there: how it is, opening it as whom one can be, its token for those who want one, taking it away.
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconCopy, IconExternalLink, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DashboardRights, type DashboardView, dashboardRights } from '../../../shared/model/dashboard';
import { dateIn } from '../../../shared/model/sentence';
import { useClient } from '../../stores/app-context';
import { Command } from '../copy';
import facts from '../facts.module.css';
import { notify } from '../notify';
import { useCall } from '../use-call';
import classes from './dashboard.module.css';
import { useOpenDashboard } from './use-open-dashboard';

interface DashboardThereProps {
  view: DashboardView;
  far: boolean;
  onBegin: (operationId: string) => void;
  onClose: () => void;
}

export function DashboardThere({ view, far, onBegin, onClose }: DashboardThereProps) {
  const { t } = useTranslation();
  const { context, dashboards, rights } = view;
  const ours = rights.length > 0 || dashboards.some((one) => one.ours);
  return (
    <>
      {dashboards.map(({ kind, namespace, service, ready, image, ours: own }) => (
        <dl key={`${namespace}/${service}`} className={facts.facts}>
          <dt>{t('dashboard.name')}</dt>
          <dd>
            {[t(`dashboard.kind.${kind}`), t(own ? 'dashboard.ours' : 'dashboard.before')].join(t('listSeparator'))}
          </dd>
          <dt>{t('dashboard.where')}</dt>
          <dd className="mono">
            {namespace}/{service}
          </dd>
          <dt>{t('dashboard.state')}</dt>
          <dd>{t(ready > 0 ? 'dashboard.ready' : 'dashboard.starting')}</dd>
          {image && (
            <>
              <dt>{t('dashboard.imageShort')}</dt>
              <dd className="mono">{image}</dd>
            </>
          )}
        </dl>
      ))}
      {dashboardRights.map((value) => (
        <AsWhom key={value} view={view} rights={value} far={far} onBegin={onBegin} />
      ))}
      <Command text={`boathouse dashboard ${context} --open`} />
      <Group justify="space-between" gap="xs">
        {ours ? <Remove context={context} onBegin={onBegin} /> : <span />}
        <Button variant="default" onClick={onClose}>
          {t('dashboard.close')}
        </Button>
      </Group>
    </>
  );
}

type AsWhomProps = Omit<DashboardThereProps, 'onClose'> & { rights: DashboardRights };

function AsWhom({ view, rights, far, onBegin }: AsWhomProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [sure, setSure] = useState(false);
  const { context } = view;
  const open = useOpenDashboard(context);
  const there = view.rights.includes(rights);
  const up = view.dashboards.some(({ ready }) => ready > 0);

  async function copyToken(): Promise<void> {
    const { token, expiresAt } = await client.dashboard.token({ context, rights });
    await navigator.clipboard.writeText(token);
    const message = expiresAt
      ? t('dashboard.copiedUntil', { at: dateIn(i18n.language, expiresAt) })
      : t('dashboard.copiedEndless');
    notify({ kind: 'good', message });
  }

  return (
    <section className={classes.whom} aria-label={t(`dashboard.rights.${rights}`)}>
      <div>
        <Text fw={600}>{t(`dashboard.rights.${rights}`)}</Text>
        <Text size="sm" c="dimmed">
          {t(`dashboard.mayDo.${rights}`)}
        </Text>
      </div>
      {there ? (
        <Group gap="xs" wrap="nowrap">
          <Button
            size="xs"
            disabled={!up}
            loading={running}
            leftSection={<IconExternalLink aria-hidden size={15} />}
            onClick={() => void run(() => open(rights))}
          >
            {t('dashboard.open')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={running}
            leftSection={<IconCopy aria-hidden size={15} />}
            onClick={() => void run(copyToken)}
          >
            {t('dashboard.copyToken')}
          </Button>
        </Group>
      ) : (
        <Group gap="xs" wrap="nowrap">
          {far && (
            <Checkbox
              label={t('dashboard.sure', { name: context })}
              checked={sure}
              onChange={(event) => setSure(event.currentTarget.checked)}
            />
          )}
          <Button
            size="xs"
            variant="default"
            loading={running}
            disabled={far && !sure}
            onClick={() =>
              void run(async () => onBegin((await client.dashboard.setUp({ context, rights })).operationId))
            }
          >
            {t('dashboard.allow')}
          </Button>
        </Group>
      )}
    </section>
  );
}

/** Says what goes before it goes. */
function Remove({ context, onBegin }: { context: string; onBegin: (operationId: string) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <Button variant="default" leftSection={<IconTrash aria-hidden size={16} />} onClick={() => setAsked(true)}>
        {t('dashboard.remove')}
      </Button>
    );
  }
  return (
    <div className={classes.body}>
      <Text size="sm">{t('dashboard.removeLoss')}</Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => setAsked(false)}>
          {t('dashboard.keep')}
        </Button>
        <Button
          color="red"
          loading={running}
          onClick={() => void run(async () => onBegin((await client.dashboard.remove({ context })).operationId))}
        >
          {t('dashboard.removeNow')}
        </Button>
      </Group>
    </div>
  );
}
