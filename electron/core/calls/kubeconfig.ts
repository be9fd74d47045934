// The calls about kubeconfig files.
import { findCluster } from '../clusters/find';
import { changeKubeconfig, planKubeconfigChange } from '../kubeconfig/change';
import { historyDiff, listHistory } from '../kubeconfig/history';
import { listContexts, readFiles } from '../kubeconfig/list-contexts';
import { probeContext } from '../kubeconfig/probe';
import { standaloneContext } from '../kubeconfig/standalone';
import { useContext } from '../kubeconfig/use';
import { watchContexts } from '../kubeconfig/watch-contexts';
import type { Wiring } from './wiring';

export function kubeconfigCalls({
  api: { kubeconfig: api },
  explained,
  lasting,
  parts: { clusters, options },
}: Wiring) {
  return api.router({
    list: api.list.handler(() => listContexts(clusters.kubeconfig)),
    watch: api.watch.handler(({ signal }) => explained(watchContexts(clusters.kubeconfig, lasting(signal)))),
    probe: api.probe.handler(({ input, signal }) => probeContext(clusters.kubeconfig, input.context, lasting(signal))),
    plan: api.plan.handler(({ input }) => planKubeconfigChange(clusters.kubeconfig, input)),
    change: api.change.handler(({ input, signal }) => changeKubeconfig(clusters.kubeconfig, input, lasting(signal))),
    history: api.history.handler(() => listHistory(options.directories.state)),
    historyDiff: api.historyDiff.handler(({ input }) => historyDiff(options.directories.state, input.id)),
    export: api.export.handler(async ({ input }) => ({
      yaml: await standaloneContext(await readFiles(clusters.kubeconfig), input.context),
    })),
    use: api.use.handler(async ({ input, signal }) => {
      const { cluster } = await findCluster(clusters, input.name);
      const { context, file } = await useContext(clusters.kubeconfig, cluster, lasting(signal));
      return { context, file };
    }),
  });
}
