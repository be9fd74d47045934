// The calls about clusters.
import { refuseUnable } from '../clusters/able';
import { connectAsAdmin } from '../clusters/admin';
import { applyTemplate, planApply } from '../clusters/apply/apply';
import { changeCluster, planChange } from '../clusters/change/change';
import { withContainerFacts } from '../clusters/container-facts';
import { createCluster, planCreate } from '../clusters/create';
import { deleteCluster } from '../clusters/delete';
import { findCluster } from '../clusters/find';
import { keptTemplate } from '../clusters/kept-template';
import { withNodeFacts } from '../clusters/node-facts';
import { pauseCluster } from '../clusters/pause';
import { resumeCluster } from '../clusters/resume';
import { listServices } from '../clusters/services';
import { startCluster } from '../clusters/start';
import { stopCluster } from '../clusters/stop';
import { watchUsage } from '../clusters/usage';
import { watchOne } from '../clusters/watch-one';
import { watchPods } from '../clusters/watch-pods';
import { checkFor } from '../diagnostics/doctor';
import { standaloneKubeconfig } from '../kubeconfig/entry';
import { exportLogs } from '../logs/export';
import { inBase64, type Wiring } from './wiring';

export function clustersCalls({ api: { clusters: api }, explained, lasting, parts }: Wiring) {
  const { clusters, settings } = parts;
  const watching = { dependencies: clusters, watchClusters: parts.watchClusters };

  return api.router({
    list: api.list.handler(() => parts.listClusters()),
    watch: api.watch.handler(({ signal }) => explained(parts.watchClusters(lasting(signal)))),
    get: api.get.handler(async ({ input, signal }) => {
      const { engine, cluster, provider } = await findCluster(clusters, input.name);
      const full = await withContainerFacts(engine, cluster, lasting(signal));
      return withNodeFacts(full, () => connectAsAdmin(engine, cluster, lasting(signal), provider.access));
    }),
    watchOne: api.watchOne.handler(({ input, signal }) => explained(watchOne(watching, input.name, lasting(signal)))),
    services: api.services.handler(({ input, signal }) => listServices(clusters, input.name, lasting(signal))),
    usage: api.usage.handler(({ input, signal }) => explained(watchUsage(watching, input.name, lasting(signal)))),
    pods: api.pods.handler(({ input, signal }) => explained(watchPods(watching, input.name, lasting(signal)))),
    plan: api.plan.handler(async ({ input }) => {
      const { wanted, ...planned } = await planCreate(clusters, input);
      return { ...planned, findings: await checkFor(await parts.surroundings(), wanted, settings.get().mutedChecks) };
    }),
    create: api.create.handler(({ input }) => createCluster(clusters, input)),
    start: api.start.handler(({ input }) => startCluster(clusters, input.name)),
    stop: api.stop.handler(({ input }) => stopCluster(clusters, input.name)),
    pause: api.pause.handler(({ input }) => pauseCluster(clusters, input.name, { wake: input.wake })),
    resume: api.resume.handler(({ input }) => resumeCluster(clusters, input.name)),
    delete: api.delete.handler(({ input }) => deleteCluster(clusters, input.name)),
    planChange: api.planChange.handler(({ input }) => planChange(clusters, input.name, input.changes)),
    change: api.change.handler(({ input }) => changeCluster(clusters, input.name, input.changes)),
    planApply: api.planApply.handler(({ input }) => planApply(clusters, input)),
    apply: api.apply.handler(({ input }) => applyTemplate(clusters, input)),
    template: api.template.handler(({ input, signal }) => keptTemplate(clusters, input.name, lasting(signal))),
    cleanup: api.cleanup.handler(({ input }) => deleteCluster(clusters, input.name, 'cleanup')),
    exportLogs: api.exportLogs.handler(({ input, signal }) =>
      explained(inBase64(exportLogs(parts, input.name, lasting(signal)))),
    ),
    kubeconfig: api.kubeconfig.handler(async ({ input, signal }) => {
      const { engine, cluster, provider } = await findCluster(clusters, input.name);
      refuseUnable(cluster, 'kubeconfig');
      const { adminConf, server } = await provider.access(engine, cluster, lasting(signal));
      return { yaml: standaloneKubeconfig(adminConf, cluster, server) };
    }),
  });
}
