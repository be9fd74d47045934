// The contract's calls, each handed to the room that does it; every error leaves as an explained one.
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract';
import { asAppError } from '../../shared/model/errors';
import { type Settings, settingsSchema } from '../../shared/model/settings';
import { accessOf } from './access/read';
import { signIn, signOut } from './access/sign-in';
import { distrust, trust } from './access/trust';
import { connectCache, disconnectCache } from './caches/connect';
import { changeCache, createCache } from './caches/create';
import { deleteCache } from './caches/delete';
import { readCaches } from './caches/read';
import { startCache, stopCache } from './caches/run';
import { cacheUsage, pruneCache } from './caches/usage';
import { refuseUnable } from './clusters/able';
import { connectAsAdmin } from './clusters/admin';
import { applyTemplate, planApply } from './clusters/apply/apply';
import { changeCluster, planChange } from './clusters/change/change';
import { connectAnywhere } from './clusters/connect-anywhere';
import { withContainerFacts } from './clusters/container-facts';
import { createCluster, planCreate } from './clusters/create';
import { deleteCluster } from './clusters/delete';
import { findCluster } from './clusters/find';
import { keptTemplate } from './clusters/kept-template';
import { withNodeFacts } from './clusters/node-facts';
import { pauseCluster } from './clusters/pause';
import { resumeCluster } from './clusters/resume';
import { listServices } from './clusters/services';
import { startCluster } from './clusters/start';
import { stopCluster } from './clusters/stop';
import { watchUsage } from './clusters/usage';
import { listVersions } from './clusters/versions';
import { watchOne } from './clusters/watch-one';
import { watchPods } from './clusters/watch-pods';
import { chooseFolder, completeFolder } from './devloop/project/folders';
import { proposeProject, readFolder, saveProposal } from './devloop/project/open';
import { copySample, listSamples } from './devloop/project/samples';
import { checkAll, checkFor, fix } from './diagnostics/doctor';
import { muteCheck } from './diagnostics/mute';
import { cleanDisk, diskUsage } from './disk/clean';
import { engineImages } from './images/engine-images';
import { listImages } from './images/list';
import { loadImages } from './images/load-images';
import { staleAfter } from './images/loads';
import { prepullImages } from './images/prepull';
import { prunableImages, removeImages } from './images/remove';
import { restartWorkloads } from './images/restart';
import { changeKubeconfig, planKubeconfigChange } from './kubeconfig/change';
import { standaloneKubeconfig } from './kubeconfig/entry';
import { historyDiff, listHistory } from './kubeconfig/history';
import { listContexts, readFiles } from './kubeconfig/list-contexts';
import { probeContext } from './kubeconfig/probe';
import { standaloneContext } from './kubeconfig/standalone';
import { useContext } from './kubeconfig/use';
import { watchContexts } from './kubeconfig/watch-contexts';
import { exportLogs } from './logs/export';
import { readKeptLogs } from './logs/keep';
import { watchMetrics } from './metrics/watch';
import { watchDetail } from './objects/detail';
import { kindsOf } from './objects/kinds';
import { watchRows } from './objects/rows';
import type { Parts } from './parts';
import { endInput } from './podexec/run';
import { copyFiles } from './podfiles/files';
import { readPodLogs } from './podlogs/read';
import { repositoriesIn, tagsIn } from './registry/browse';
import { collectGarbage, registryUsage } from './registry/collect';
import { connectRegistry, disconnectRegistry } from './registry/connect';
import { createRegistry } from './registry/create';
import { deleteRegistry } from './registry/delete';
import { deleteTag } from './registry/delete-tag';
import { mirrorsOf } from './registry/mirrors';
import { openRegistry } from './registry/open';
import { readRegistries } from './registry/read';
import { startRegistry, stopRegistry } from './registry/run';
import { exportSettings, importSettings } from './settings/exchange';
import { duplicateTemplate } from './templates/duplicate';
import { exportKnown, importFrom, validateTemplate } from './templates/exchange';
import { findTemplate, listTemplates } from './templates/list';
import { deleteTemplate, saveTemplate } from './templates/save';

/** An error as the contract declares it; a bug of ours keeps its stack in the log only. */
function wireError(error: unknown, log: (line: string) => void): ORPCError<'APP_ERROR', unknown> {
  if (error instanceof ORPCError) return error as ORPCError<'APP_ERROR', unknown>;
  const known = asAppError(error);
  if (known.code === 'internal') log(String(known.cause instanceof Error ? known.cause.stack : error));
  return new ORPCError('APP_ERROR', { defined: true, status: 500, message: known.message, data: known.toData() });
}

/** Bytes as they cross the wire. */
async function* inBase64(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ base64: string }, void, void> {
  for await (const chunk of chunks) yield { base64: chunk.toString('base64') };
}

/** The router that every front serves or calls. */
export function createRouter(parts: Parts) {
  const { actions, clusters, commands, connection, dashboards, forwards, operations, options, settings } = parts;
  const { log } = options;

  async function* explained<Item>(items: AsyncGenerator<Item, void, void>): AsyncGenerator<Item, void, void> {
    try {
      yield* items;
    } catch (error) {
      throw wireError(error, log);
    }
  }

  const api = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw wireError(error, log);
    }
  });
  /** A call that nobody aborts from outside. */
  const lasting = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;
  /** Another engine in the settings is looked for at once. */
  const changed = async (change: () => Promise<Settings>) => {
    const before = settings.get().engineHost;
    const after = await change();
    if (after.engineHost !== before) connection.reconnect();
    return after;
  };
  const watching = { dependencies: clusters, watchClusters: parts.watchClusters };

  return api.router({
    access: {
      of: api.access.of.handler(({ input, signal }) => accessOf(clusters, input.cluster, lasting(signal))),
      known: api.access.known.handler(async ({ signal }) => {
        const { credentials } = await connection.engine(signal);
        return (await credentials?.registries(signal)) ?? [];
      }),
      signIn: api.access.signIn.handler(({ input }) => signIn(clusters, input)),
      signOut: api.access.signOut.handler(({ input }) => signOut(clusters, input.cluster, input.registry)),
      trust: api.access.trust.handler(({ input }) => trust(clusters, input)),
      distrust: api.access.distrust.handler(({ input }) => distrust(clusters, input.cluster, input.fingerprint)),
    },
    actions: {
      plan: api.actions.plan.handler(({ input, signal }) => actions.plan(input, lasting(signal))),
      act: api.actions.act.handler(({ input, signal }) => actions.act(input, lasting(signal))),
      revisions: api.actions.revisions.handler(({ input, signal }) =>
        actions.revisions(input.context, input.object, lasting(signal)),
      ),
    },
    caches: {
      list: api.caches.list.handler(async ({ signal }) => {
        const engine = await connection.engine(signal);
        return readCaches(engine, await clusters.read(engine, signal), lasting(signal));
      }),
      watch: api.caches.watch.handler(({ signal }) => explained(parts.watchCaches(lasting(signal)))),
      create: api.caches.create.handler(({ input }) => createCache(clusters, input)),
      change: api.caches.change.handler(({ input }) => changeCache(clusters, input)),
      start: api.caches.start.handler(({ input }) => startCache(clusters, input.upstream)),
      stop: api.caches.stop.handler(({ input }) => stopCache(clusters, input.upstream)),
      delete: api.caches.delete.handler(({ input }) => deleteCache(clusters, input.upstream)),
      prune: api.caches.prune.handler(({ input, signal }) => pruneCache(clusters, input, lasting(signal))),
      connect: api.caches.connect.handler(({ input }) => connectCache(clusters, input.upstream, input.cluster)),
      disconnect: api.caches.disconnect.handler(({ input }) =>
        disconnectCache(clusters, input.upstream, input.cluster),
      ),
      usage: api.caches.usage.handler(({ input, signal }) => cacheUsage(clusters, input.upstream, lasting(signal))),
    },
    clusters: {
      list: api.clusters.list.handler(() => parts.listClusters()),
      watch: api.clusters.watch.handler(({ signal }) => explained(parts.watchClusters(lasting(signal)))),
      get: api.clusters.get.handler(async ({ input, signal }) => {
        const { engine, cluster, provider } = await findCluster(clusters, input.name);
        const full = await withContainerFacts(engine, cluster, lasting(signal));
        return withNodeFacts(full, () => connectAsAdmin(engine, cluster, lasting(signal), provider.access));
      }),
      watchOne: api.clusters.watchOne.handler(({ input, signal }) =>
        explained(watchOne(watching, input.name, lasting(signal))),
      ),
      services: api.clusters.services.handler(({ input, signal }) =>
        listServices(clusters, input.name, lasting(signal)),
      ),
      usage: api.clusters.usage.handler(({ input, signal }) =>
        explained(watchUsage(watching, input.name, lasting(signal))),
      ),
      pods: api.clusters.pods.handler(({ input, signal }) =>
        explained(watchPods(watching, input.name, lasting(signal))),
      ),
      plan: api.clusters.plan.handler(async ({ input }) => {
        const { wanted, ...planned } = await planCreate(clusters, input);
        return { ...planned, findings: await checkFor(await parts.surroundings(), wanted, settings.get().mutedChecks) };
      }),
      create: api.clusters.create.handler(({ input }) => createCluster(clusters, input)),
      start: api.clusters.start.handler(({ input }) => startCluster(clusters, input.name)),
      stop: api.clusters.stop.handler(({ input }) => stopCluster(clusters, input.name)),
      pause: api.clusters.pause.handler(({ input }) => pauseCluster(clusters, input.name, { wake: input.wake })),
      resume: api.clusters.resume.handler(({ input }) => resumeCluster(clusters, input.name)),
      delete: api.clusters.delete.handler(({ input }) => deleteCluster(clusters, input.name)),
      planChange: api.clusters.planChange.handler(({ input }) => planChange(clusters, input.name, input.changes)),
      change: api.clusters.change.handler(({ input }) => changeCluster(clusters, input.name, input.changes)),
      planApply: api.clusters.planApply.handler(({ input }) => planApply(clusters, input)),
      apply: api.clusters.apply.handler(({ input }) => applyTemplate(clusters, input)),
      template: api.clusters.template.handler(({ input, signal }) =>
        keptTemplate(clusters, input.name, lasting(signal)),
      ),
      cleanup: api.clusters.cleanup.handler(({ input }) => deleteCluster(clusters, input.name, 'cleanup')),
      exportLogs: api.clusters.exportLogs.handler(({ input, signal }) =>
        explained(inBase64(exportLogs(parts, input.name, lasting(signal)))),
      ),
      kubeconfig: api.clusters.kubeconfig.handler(async ({ input, signal }) => {
        const { engine, cluster, provider } = await findCluster(clusters, input.name);
        refuseUnable(cluster, 'kubeconfig');
        const { adminConf, server } = await provider.access(engine, cluster, lasting(signal));
        return { yaml: standaloneKubeconfig(adminConf, cluster, server) };
      }),
    },
    dashboard: {
      watch: api.dashboard.watch.handler(({ input, signal }) =>
        explained(dashboards.watch(input.context, lasting(signal))),
      ),
      look: api.dashboard.look.handler(({ input, signal }) => dashboards.look(input.context, lasting(signal))),
      manifest: api.dashboard.manifest.handler(({ input }) => dashboards.manifest(input)),
      setUp: api.dashboard.setUp.handler(({ input, signal }) =>
        dashboards.setUp(input.context, input, lasting(signal)),
      ),
      open: api.dashboard.open.handler(({ input, signal }) =>
        dashboards.open(input.context, input.rights, lasting(signal)),
      ),
      token: api.dashboard.token.handler(({ input, signal }) =>
        dashboards.token(input.context, input.rights, lasting(signal)),
      ),
      close: api.dashboard.close.handler(async ({ input }) => ({ closed: await dashboards.close(input.context) })),
      remove: api.dashboard.remove.handler(({ input, signal }) => dashboards.remove(input.context, lasting(signal))),
    },
    devloop: {
      projects: api.devloop.projects.handler(({ signal }) => explained(parts.projects.watch(lasting(signal)))),
      read: api.devloop.read.handler(({ input }) => readFolder(clusters, input)),
      propose: api.devloop.propose.handler(({ input, signal }) => proposeProject(input.dir, lasting(signal))),
      save: api.devloop.save.handler(({ input }) => saveProposal(input.dir, input.yaml)),
      folders: api.devloop.folders.handler(({ input }) => completeFolder(input.path, options.homeDirectory)),
      chooseFolder: api.devloop.chooseFolder.handler(() => chooseFolder(options)),
      samples: api.devloop.samples.handler(() => listSamples(options.resources)),
      startSample: api.devloop.startSample.handler(({ input }) => copySample(options, input)),
      remember: api.devloop.remember.handler(({ input }) => parts.projects.remember(input)),
      forget: api.devloop.forget.handler(({ input }) => parts.projects.forget(input.dir)),
    },
    diagnostics: {
      engine: api.diagnostics.engine.handler(({ signal }) => explained(connection.state.watch(lasting(signal)))),
      reconnect: api.diagnostics.reconnect.handler(() => connection.reconnect()),
      checks: api.diagnostics.checks.handler(async () =>
        checkAll(await parts.surroundings(), settings.get().mutedChecks),
      ),
      mute: api.diagnostics.mute.handler(({ input }) => muteCheck(settings, input)),
      fix: api.diagnostics.fix.handler(async ({ input }) => fix(await parts.surroundings(), input.id)),
    },
    disk: {
      usage: api.disk.usage.handler(({ signal }) => diskUsage(clusters, lasting(signal))),
      clean: api.disk.clean.handler(({ input }) => cleanDisk(clusters, input.cleanups)),
    },
    images: {
      engine: api.images.engine.handler(async ({ signal }) => engineImages(await connection.engine(signal), signal)),
      list: api.images.list.handler(({ input, signal }) => listImages(clusters, input.name, lasting(signal))),
      load: api.images.load.handler(({ input }) => loadImages(clusters, input, parts)),
      stale: api.images.stale.handler(({ input }) => staleAfter(parts.loads, input.operationId)),
      offer: api.images.offer.handler(({ input, signal }) => explained(parts.offers.offer(input, lasting(signal)))),
      give: api.images.give.handler(({ input }) => parts.offers.give(input)),
      pull: api.images.pull.handler(({ input }) => prepullImages(clusters, input)),
      remove: api.images.remove.handler(({ input, signal }) => removeImages(clusters, input, lasting(signal))),
      prunable: api.images.prunable.handler(({ input, signal }) =>
        prunableImages(clusters, input.name, lasting(signal)),
      ),
      restart: api.images.restart.handler(({ input }) => restartWorkloads(clusters, input.name, input.workloads)),
    },
    kubeconfig: {
      list: api.kubeconfig.list.handler(() => listContexts(clusters.kubeconfig)),
      watch: api.kubeconfig.watch.handler(({ signal }) =>
        explained(watchContexts(clusters.kubeconfig, lasting(signal))),
      ),
      probe: api.kubeconfig.probe.handler(({ input, signal }) =>
        probeContext(clusters.kubeconfig, input.context, lasting(signal)),
      ),
      plan: api.kubeconfig.plan.handler(({ input }) => planKubeconfigChange(clusters.kubeconfig, input)),
      change: api.kubeconfig.change.handler(({ input, signal }) =>
        changeKubeconfig(clusters.kubeconfig, input, lasting(signal)),
      ),
      history: api.kubeconfig.history.handler(() => listHistory(options.directories.state)),
      historyDiff: api.kubeconfig.historyDiff.handler(({ input }) => historyDiff(options.directories.state, input.id)),
      export: api.kubeconfig.export.handler(async ({ input }) => ({
        yaml: await standaloneContext(await readFiles(clusters.kubeconfig), input.context),
      })),
      use: api.kubeconfig.use.handler(async ({ input, signal }) => {
        const { cluster } = await findCluster(clusters, input.name);
        const { context, file } = await useContext(clusters.kubeconfig, cluster, lasting(signal));
        return { context, file };
      }),
    },
    loops: {
      watch: api.loops.watch.handler(async function* ({ signal }) {
        await parts.loops.ready();
        yield* explained(parts.loops.feed.watch(lasting(signal)));
      }),
      start: api.loops.start.handler(({ input }) => parts.loops.start(input)),
      pause: api.loops.pause.handler(({ input }) => parts.loops.pause(input.id)),
      resume: api.loops.resume.handler(({ input }) => parts.loops.resume(input.id)),
      rebuild: api.loops.rebuild.handler(({ input }) => parts.loops.rebuild(input.id, input.image)),
      stop: api.loops.stop.handler(({ input }) => parts.loops.stop(input.id, input)),
      lines: api.loops.lines.handler(({ input, signal }) =>
        explained(parts.loops.lines(input.id, input.after, lasting(signal))),
      ),
    },
    manifests: {
      diff: api.manifests.diff.handler(({ input, signal }) => parts.manifests.diff(input, lasting(signal))),
      apply: api.manifests.apply.handler(({ input }) => parts.manifests.apply(input)),
      planEdit: api.manifests.planEdit.handler(({ input, signal }) => parts.manifests.planEdit(input, lasting(signal))),
      edit: api.manifests.edit.handler(({ input, signal }) => parts.manifests.edit(input, lasting(signal))),
    },
    metrics: {
      watch: api.metrics.watch.handler(({ input, signal }) =>
        explained(watchMetrics((within) => connectAnywhere(clusters, input.context, within), lasting(signal))),
      ),
    },
    objects: {
      kinds: api.objects.kinds.handler(async ({ input, signal }) =>
        kindsOf(await connectAnywhere(clusters, input.context, lasting(signal)), lasting(signal)),
      ),
      rows: api.objects.rows.handler(({ input, signal }) => {
        if (options.shell !== 'terminal') parts.recorder.look(input.context);
        return explained(
          watchRows((within) => connectAnywhere(clusters, input.context, within), input, lasting(signal)),
        );
      }),
      detail: api.objects.detail.handler(async function* ({ input, signal }) {
        const kube = await connectAnywhere(clusters, input.context, lasting(signal));
        yield* explained(watchDetail(kube, input, lasting(signal)));
      }),
    },
    operations: {
      watch: api.operations.watch.handler(({ signal }) => operations.feed.watch(lasting(signal))),
      cancel: api.operations.cancel.handler(({ input }) => operations.cancel(input.id)),
      log: api.operations.log.handler(({ input, signal }) =>
        explained(operations.log(input.id, input.after, lasting(signal))),
      ),
      nodeLogs: api.operations.nodeLogs.handler(({ input }) => readKeptLogs(options.directories.state, input.id)),
      history: api.operations.history.handler(async ({ input, signal }) => {
        // Without an engine everything of that name is told.
        const engine = await connection.engine(signal).catch(() => undefined);
        return operations.history(input.subject, engine?.endpoint.host);
      }),
      dismiss: api.operations.dismiss.handler(({ input }) => operations.dismiss(input.id)),
    },
    forwards: {
      watch: api.forwards.watch.handler(({ signal }) => explained(forwards.feed.watch(lasting(signal)))),
      open: api.forwards.open.handler(({ input, signal }) => forwards.open(input, lasting(signal))),
      close: api.forwards.close.handler(({ input }) => forwards.close(input.id)),
      keep: api.forwards.keep.handler(({ input }) => forwards.keep(input.id, input.keep)),
    },
    podExec: {
      run: api.podExec.run.handler(({ input, signal }) => explained(commands.run(input, lasting(signal)))),
      write: api.podExec.write.handler(({ input }) =>
        commands.find(input.id).write(Buffer.from(input.base64, 'base64')),
      ),
      endInput: api.podExec.endInput.handler(({ input }) => endInput(commands.find(input.id))),
      resize: api.podExec.resize.handler(({ input }) => commands.find(input.id).resize(input.columns, input.rows)),
    },
    podFiles: {
      copy: api.podFiles.copy.handler(({ input, signal }) => copyFiles(parts.files, input, lasting(signal))),
    },
    podLogs: {
      read: api.podLogs.read.handler(({ input, signal }) =>
        explained(readPodLogs((within) => connectAnywhere(clusters, input.context, within), input, lasting(signal))),
      ),
    },
    recorder: {
      watch: api.recorder.watch.handler(({ input, signal }) => {
        parts.recorder.look(input.context);
        return explained(parts.recorder.watch(input.context, lasting(signal)));
      }),
      pod: api.recorder.pod.handler(({ input }) => parts.recorder.pod(input.context, input.key)),
      export: api.recorder.export.handler(({ input }) => explained(inBase64(parts.recorder.export(input.context)))),
    },
    registry: {
      mirrors: api.registry.mirrors.handler(({ input, signal }) => mirrorsOf(clusters, input.cluster, lasting(signal))),
      list: api.registry.list.handler(async ({ signal }) => {
        const engine = await connection.engine();
        return readRegistries(engine, await clusters.read(engine, signal), lasting(signal));
      }),
      watch: api.registry.watch.handler(({ signal }) => explained(parts.watchRegistries(lasting(signal)))),
      create: api.registry.create.handler(({ input }) => createRegistry(clusters, input)),
      start: api.registry.start.handler(({ input }) => startRegistry(clusters, input.name)),
      stop: api.registry.stop.handler(({ input }) => stopRegistry(clusters, input.name)),
      delete: api.registry.delete.handler(({ input }) => deleteRegistry(clusters, input.name)),
      collect: api.registry.collect.handler(({ input }) => collectGarbage(clusters, input.name)),
      connect: api.registry.connect.handler(({ input }) => connectRegistry(clusters, input.name, input.cluster)),
      disconnect: api.registry.disconnect.handler(({ input }) =>
        disconnectRegistry(clusters, input.name, input.cluster),
      ),
      usage: api.registry.usage.handler(({ input, signal }) => registryUsage(clusters, input.name, lasting(signal))),
      repositories: api.registry.repositories.handler(async ({ input, signal }) =>
        repositoriesIn(await openRegistry(clusters, input.name, lasting(signal)), input.after),
      ),
      tags: api.registry.tags.handler(async ({ input, signal }) =>
        tagsIn(await openRegistry(clusters, input.name, lasting(signal)), input.repository, input.after),
      ),
      deleteTag: api.registry.deleteTag.handler(async ({ input, signal }) =>
        deleteTag(await openRegistry(clusters, input.name, lasting(signal)), input.repository, input.tag),
      ),
    },
    settings: {
      get: api.settings.get.handler(() => settings.get()),
      set: api.settings.set.handler(({ input }) => changed(() => settings.set(input as Partial<Settings>))),
      watch: api.settings.watch.handler(({ signal }) => settings.watch(lasting(signal))),
      reset: api.settings.reset.handler(() => changed(() => settings.replace(settingsSchema.parse({})))),
      export: api.settings.export.handler(() => ({ json: exportSettings(settings.get()) })),
      import: api.settings.import.handler(({ input }) => changed(() => settings.replace(importSettings(input.json)))),
      about: api.settings.about.handler(() => ({ version: options.version, shell: options.shell })),
    },
    templates: {
      list: api.templates.list.handler(() => listTemplates(options)),
      watch: api.templates.watch.handler(({ signal }) => explained(parts.watchTemplates(lasting(signal)))),
      get: api.templates.get.handler(({ input }) => findTemplate(options, input.id)),
      validate: api.templates.validate.handler(({ input }) => validateTemplate(input.yaml, input.parameters)),
      import: api.templates.import.handler(({ input, signal }) => importFrom(input, lasting(signal))),
      save: api.templates.save.handler(({ input }) => saveTemplate(options, input)),
      delete: api.templates.delete.handler(({ input }) => deleteTemplate(options, input.id)),
      duplicate: api.templates.duplicate.handler(({ input }) => duplicateTemplate(options, input.id, input.as)),
      export: api.templates.export.handler(({ input }) => exportKnown(options, input)),
    },
    versions: {
      list: api.versions.list.handler(async ({ input, signal }) =>
        listVersions(await connection.engine(signal), clusters.providers, input?.provider, lasting(signal)),
      ),
    },
  });
}
