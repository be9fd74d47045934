// A cluster in the list: its state, what it is, where it answers, and the next thing to do with it.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDocumentVisibility } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../shared/model/cluster';
import type { Usage } from '../../../shared/model/node-facts';
import { hrefOf } from '../../app/route';
import { actionIcons } from '../../parts/action-icons';
import { ClusterBadge } from '../../parts/badge';
import { type ClusterAction, nextAction, possibleActions } from '../../parts/cluster-actions';
import { CopyText } from '../../parts/copy';
import { DeleteDialog } from '../../parts/delete-dialog';
import { OperationLine } from '../../parts/operation/operation-line';
import { CancelButton } from '../../parts/operation/operation-view';
import { originWords } from '../../parts/origin';
import { PausedWords } from '../../parts/paused-words';
import { UsageWords } from '../../parts/usage/usage-words';
import { useUsageHistory } from '../../parts/usage/use-history';
import { useClusterActions } from '../../parts/use-cluster-actions';
import { useActiveOperation } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import classes from './clusters.module.css';

export function ClusterRow({ cluster }: { cluster: Cluster }) {
  const operation = useActiveOperation(cluster.name);
  return (
    <li className={classes.row} aria-label={cluster.name}>
      <div className={classes.line}>
        <a className={classes.name} href={hrefOf({ screen: 'cluster', name: cluster.name, tab: 'overview' })}>
          {cluster.name}
        </a>
        <ClusterBadge state={cluster.state} />
        <Facts cluster={cluster} />
        <RowActions cluster={cluster} idle={!operation} />
      </div>
      {operation ? (
        <div className={classes.operation}>
          <OperationLine operation={operation} />
          <CancelButton operation={operation} />
        </div>
      ) : (
        <Where cluster={cluster} />
      )}
    </li>
  );
}

function Facts({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  return (
    <div className={classes.facts}>
      <span>{t('cluster.nodes', { count: cluster.nodes.length })}</span>
      <span className="numbers">{cluster.kubernetesVersion ?? ''}</span>
      <span>{originWords(cluster, t)}</span>
    </div>
  );
}

/** What all its nodes use together, for as long as the list is looked at. */
function LiveUsage({ name }: { name: string }) {
  const visible = useDocumentVisibility() === 'visible';
  const usage = useTopic(visible ? name : undefined, (client, subject, signal) =>
    client.clusters.usage({ name: subject }, { signal }),
  );
  const nodes = Object.values(usage ?? {});
  const sum = (key: keyof Usage) => nodes.reduce((all, one) => all + one[key], 0);
  const whole = nodes.length === 0 ? undefined : { cpus: sum('cpus'), memory: sum('memory') };
  const history = useUsageHistory(name, whole, usage);
  if (!whole) return null;
  return (
    <span className={classes.usage}>
      <UsageWords usage={whole} history={history} />
    </span>
  );
}

/** Where kubectl finds it. */
function Where({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  return (
    <div className={classes.where}>
      {cluster.apiServer && <CopyText text={cluster.apiServer} what={t('cluster.apiServer')} />}
      {cluster.state === 'stopped' && <span>{t('cluster.kept')}</span>}
      {cluster.state === 'paused' && <PausedWords cluster={cluster} />}
      {cluster.state === 'incomplete' && <span>{t('cluster.leftBehind')}</span>}
      {cluster.current && <span className={classes.current}>{t('cluster.isCurrent', { name: cluster.context })}</span>}
      {cluster.state === 'running' && <LiveUsage name={cluster.name} />}
    </div>
  );
}

function RowActions({ cluster, idle }: { cluster: Cluster; idle: boolean }) {
  const { t } = useTranslation();
  const [deleting, setDeleting] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const { running, perform } = useClusterActions(cluster.name);
  const next = idle ? nextAction(cluster) : 'open';
  const others = idle ? possibleActions(cluster).filter((action) => action !== next) : [];
  const Icon = actionIcons[next];

  /** The menu item that had the focus before the dialog is gone: it goes to the menu's button. */
  function keep() {
    setDeleting(false);
    more.current?.focus();
  }

  return (
    <div className={classes.actions}>
      {next !== 'delete' && (
        <Button
          variant={next === 'open' ? 'default' : 'light'}
          size="xs"
          loading={running}
          leftSection={Icon && <Icon aria-hidden size={15} />}
          aria-label={t('action.named', { action: t(`action.${next}`), name: cluster.name })}
          onClick={() => perform(next)}
        >
          {t(`action.${next}`)}
        </Button>
      )}
      <Menu disabled={others.length === 0}>
        <Menu.Target>
          <ActionIcon
            ref={more}
            variant="subtle"
            color="gray"
            size={30}
            disabled={others.length === 0}
            aria-label={t('action.more', { name: cluster.name })}
          >
            <IconDots aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map((action) => (
            <ActionItem
              key={action}
              action={action}
              onPick={() => (action === 'delete' ? setDeleting(true) : perform(action))}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog cluster={cluster} opened={deleting} onClose={keep} />
    </div>
  );
}

function ActionItem({ action, onPick }: { action: ClusterAction; onPick: () => void }) {
  const { t } = useTranslation();
  const Icon = actionIcons[action];
  return (
    <>
      {action === 'delete' && <Menu.Divider />}
      <Menu.Item
        className={action === 'delete' ? (classes.danger ?? '') : ''}
        leftSection={Icon && <Icon aria-hidden size={16} />}
        onClick={onPick}
      >
        {t(action === 'delete' ? 'action.deleteDots' : `action.${action}`)}
      </Menu.Item>
    </>
  );
}
