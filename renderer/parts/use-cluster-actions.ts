// Makes the calls behind a cluster's buttons.
import { useTranslation } from 'react-i18next';
import { navigate } from '../app/route';
import { useClient } from '../stores/app-context';
import type { ClusterAction } from './cluster-actions';
import { notify } from './notify';
import { saveLogs } from './save-logs';
import { useCall } from './use-call';

/** `perform` does everything but `delete`, which `DeleteDialog` asks about first. */
export function useClusterActions(name: string): {
  running: boolean;
  perform: (action: Exclude<ClusterAction, 'delete'>) => void;
} {
  const { t } = useTranslation();
  const client = useClient();
  const { clusters, kubeconfig } = client;
  const { running, run } = useCall();

  async function use(): Promise<void> {
    const { context, file } = await kubeconfig.use({ name });
    notify({ kind: 'good', message: t('cluster.nowCurrent', { name: context, file }) });
  }

  const calls = {
    start: () => clusters.start({ name }),
    stop: () => clusters.stop({ name }),
    pause: () => clusters.pause({ name }),
    resume: () => clusters.resume({ name }),
    pauseUntil: () => clusters.pause({ name, wake: true }),
    wakeOn: () => clusters.pause({ name, wake: true }),
    wakeOff: () => clusters.pause({ name }),
    logs: () => saveLogs(client, name),
    cleanup: () => clusters.cleanup({ name }),
    use,
  };

  return {
    running,
    perform(action) {
      if (action === 'open') navigate({ screen: 'cluster', name, tab: 'overview' });
      else void run(calls[action]);
    },
  };
}
