// Makes the calls behind a cluster's buttons.
import { useTranslation } from 'react-i18next';
import { navigate } from '../app/route';
import { useClient } from '../stores/app-context';
import type { ClusterAction } from './cluster-actions';
import { notify } from './notify';
import { saveLogs } from './save-logs';
import { useCall } from './use-call';

/** Everything but `delete`, which `DeleteDialog` asks about first. */
export type PerformedAction = Exclude<ClusterAction, 'delete'>;

export function useClusterActions(name: string): { running: boolean; perform: (action: PerformedAction) => void } {
  const { running, perform } = useAnyClusterActions();
  return { running, perform: (action) => perform(name, action) };
}

/** The same, where it is not known before which cluster is meant. */
export function useAnyClusterActions(): { running: boolean; perform: (name: string, action: PerformedAction) => void } {
  const { t } = useTranslation();
  const client = useClient();
  const { clusters, kubeconfig } = client;
  const { running, run } = useCall();

  async function use(name: string): Promise<void> {
    const { context, file } = await kubeconfig.use({ name });
    notify({ kind: 'good', message: t('cluster.nowCurrent', { name: context, file }) });
  }

  const callsOf = (name: string) => ({
    start: () => clusters.start({ name }),
    stop: () => clusters.stop({ name }),
    pause: () => clusters.pause({ name }),
    resume: () => clusters.resume({ name }),
    pauseUntil: () => clusters.pause({ name, wake: true }),
    wakeOn: () => clusters.pause({ name, wake: true }),
    wakeOff: () => clusters.pause({ name }),
    logs: () => saveLogs(client, name),
    cleanup: () => clusters.cleanup({ name }),
    use: () => use(name),
  });

  return {
    running,
    perform(name, action) {
      if (action === 'open') navigate({ screen: 'cluster', name, tab: 'overview' });
      else void run(callsOf(name)[action]);
    },
  };
}
