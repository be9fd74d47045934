// A core for the tests of the fronts: the contract's calls over plain values, with operations that a test leads by hand.
import { createRouterClient, implement } from '@orpc/server';
import { contract } from '../../shared/contract';
import type { Access } from '../../shared/model/access';
import { kubectlCommand, kubectlDeletion, subjectOf, subjectOfSeveral } from '../../shared/model/actions';
import type { Cache } from '../../shared/model/caches';
import type { Cluster } from '../../shared/model/cluster';
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';
import { AppError, type ErrorData } from '../../shared/model/errors';
import type { KubeconfigView } from '../../shared/model/kubeconfig';
import { hasEnded, type Operation, type OperationKind, type StepProgress } from '../../shared/model/operation';
import { settingsSchema } from '../../shared/model/settings';
import type { TemplateEntry } from '../../shared/model/template/entry';
import { chooseFolder, completeFolder } from '../core/devloop/project/folders';
import { proposeProject, saveProposal } from '../core/devloop/project/open';
import { readProject } from '../core/devloop/project/read';
import { createLiveFeed, type LiveFeed } from '../core/live/feed';
import { createLiveValue, type LiveValue } from '../core/live/value';
import type { Core } from '../core/options';
import { validateTemplate } from '../core/templates/exchange';
import { exportTemplate } from '../core/templates/export';
import { importTemplate } from '../core/templates/import';
import {
  connectedEngine,
  dashboardView,
  emptyKubeconfig,
  planOf,
  sampleActionPlan,
  sampleDifference,
  sampleDisk,
  sampleKinds,
  sampleManifestDiff,
  samplePodLogs,
  sampleRevisions,
  sampleRows,
  sampleVersions,
  singleEntry,
  singleSummary,
  singleTemplate,
} from './stand-in-samples';

export interface Lead {
  readonly operation: Operation;
  /** Aborted when someone cancels the operation. */
  readonly signal: AbortSignal;
  /** The input of the call that began it. */
  readonly input: unknown;
  step(id: string, change: Partial<StepProgress>): void;
  end(state: 'done' | 'failed' | 'cancelled', extras?: { error?: ErrorData; leftovers?: string[] }): void;
}

export interface StandInCore extends Core {
  clusters: LiveFeed<Cluster>;
  engine: LiveValue<EngineState>;
  operations: LiveFeed<Operation>;
  checks: Check[];
  /** Inputs of calls that change something, in order: `['stop', { name }]`. */
  calls: [string, unknown][];
  /** How many watches are open. */
  watching(): number;
}

/** Leads an operation; the default ends every step at once. */
export type Script = (lead: Lead) => void | Promise<void>;

export const finishAtOnce: Script = (lead) => {
  for (const step of lead.operation.steps) {
    lead.step(step.id, { state: 'done', startedAt: lead.operation.queuedAt, endedAt: lead.operation.queuedAt + 100 });
  }
  lead.end('done');
};

/** @param options.reconnect what happens to the engine when someone asks to try it again */
export function standInCore(
  options: {
    script?: Script;
    clusters?: Cluster[];
    caches?: Cache[];
    access?: Partial<Access>;
    kubeconfig?: KubeconfigView;
    reconnect?: (engine: LiveValue<EngineState>) => void;
  } = {},
): StandInCore {
  const clusters = createLiveFeed<Cluster>((cluster) => cluster.name);
  clusters.replace(options.clusters ?? []);
  const operations = createLiveFeed<Operation>((operation) => operation.id);
  const engine = createLiveValue<EngineState>(connectedEngine);
  const templates = createLiveFeed<TemplateEntry>((entry) => entry.id);
  templates.replace([singleEntry]);
  const calls: [string, unknown][] = [];
  const cancels = new Map<string, AbortController>();
  const checks: Check[] = [];
  let open = 0;
  let count = 0;

  async function* counted<T>(items: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
    open += 1;
    try {
      yield* items;
    } finally {
      open -= 1;
    }
  }

  function begin(kind: OperationKind, subject: string, input: unknown): { operationId: string } {
    count += 1;
    const id = `operation-${count}`;
    calls.push([kind, input]);
    const cancel = new AbortController();
    cancels.set(id, cancel);
    const steps = planOf(kind, subject).steps.map((step) => ({ ...step, state: 'waiting' as const }));
    operations.upsert({ id, kind, subject, state: 'running', steps, queuedAt: 1000, startedAt: 1000, leftovers: [] });
    const current = () => operations.get(id) as Operation;
    const lead: Lead = {
      get operation() {
        return current();
      },
      signal: cancel.signal,
      input,
      step(stepId, change) {
        const changed = current().steps.map((step) => (step.id === stepId ? { ...step, ...change } : step));
        operations.upsert({ ...current(), steps: changed });
      },
      end(state, extras = {}) {
        operations.upsert({ ...current(), state, endedAt: 5000, leftovers: [], ...extras });
      },
    };
    void (options.script ?? finishAtOnce)(lead);
    return { operationId: id };
  }

  function missing(what: string): never {
    throw new AppError('not-found', `There is no ${what}`, { params: { what } });
  }

  function known(name: string): Cluster {
    const cluster = clusters.get(name);
    if (cluster) return cluster;
    throw new AppError('not-found', `There is no cluster "${name}"`, { hints: [{ text: 'See `boathouse list`' }] });
  }

  const os = implement(contract).use(async ({ next, errors }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [data, message] = [error.toData(), error.message];
      throw (errors as { APP_ERROR: (o: { data: ErrorData; message: string }) => Error }).APP_ERROR({ data, message });
    }
  });
  const verb = (kind: 'start' | 'stop' | 'resume' | 'delete' | 'cleanup') =>
    os.clusters[kind].handler(({ input }) => begin(kind, known(input.name).name, input));

  const onRegistry = (call: 'start' | 'stop' | 'delete' | 'collect') =>
    os.registry[call].handler(({ input }) => begin('registry', input.name ?? 'boathouse-registry', input));

  const onCache = (input: { upstream: string }) => begin('cache', `cache of ${input.upstream}`, input);

  const router = os.router({
    access: {
      of: os.access.of.handler(() => ({ signIns: [], certificates: [], ...options.access })),
      known: os.access.known.handler(() => ['ghcr.io']),
      signIn: os.access.signIn.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      signOut: os.access.signOut.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      trust: os.access.trust.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      distrust: os.access.distrust.handler(({ input }) => begin('change', known(input.cluster).name, input)),
    },
    actions: {
      plan: os.actions.plan.handler(({ input }) => ({
        ...sampleActionPlan,
        local: input.context !== 'prod-eu',
        command: kubectlCommand(input.context, input.object, input.action),
      })),
      act: os.actions.act.handler(({ input }) => {
        if (input.action.verb === 'cordon') {
          calls.push(['act', input]);
          return {};
        }
        return begin('object', subjectOf(input.context, input.object), input);
      }),
      planDeletion: os.actions.planDeletion.handler(({ input: { context, ...deletion } }) => ({
        ...sampleActionPlan,
        local: context !== 'prod-eu',
        command: kubectlDeletion(context, deletion),
      })),
      deleteSeveral: os.actions.deleteSeveral.handler(({ input }) =>
        begin('object', subjectOfSeveral(input.context, input.objects), input),
      ),
      revisions: os.actions.revisions.handler(() => sampleRevisions),
    },
    devloop: {
      projects: os.devloop.projects.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [] };
      }),
      read: os.devloop.read.handler(({ input }) => readProject({ ...input, env: {} })),
      propose: os.devloop.propose.handler(({ input }) => proposeProject(input.dir, new AbortController().signal)),
      save: os.devloop.save.handler(({ input }) => saveProposal(input.dir, input.yaml)),
      folders: os.devloop.folders.handler(({ input }) => completeFolder(input.path, '/')),
      chooseFolder: os.devloop.chooseFolder.handler(() => chooseFolder({})),
      samples: os.devloop.samples.handler(() => ['static-page']),
      startSample: os.devloop.startSample.handler(({ input }) => ({ dir: input.dir })),
      remember: os.devloop.remember.handler(({ input }) => void calls.push(['remember', input])),
      forget: os.devloop.forget.handler(({ input }) => void calls.push(['forget', input])),
    },
    caches: {
      list: os.caches.list.handler(() => [...(options.caches ?? [])]),
      watch: os.caches.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [...(options.caches ?? [])] };
      }),
      create: os.caches.create.handler(({ input }) => onCache(input)),
      change: os.caches.change.handler(({ input }) => onCache(input)),
      start: os.caches.start.handler(({ input }) => onCache(input)),
      stop: os.caches.stop.handler(({ input }) => onCache(input)),
      delete: os.caches.delete.handler(({ input }) => onCache(input)),
      prune: os.caches.prune.handler(({ input }) => {
        calls.push(['prune', input]);
        return { freed: 12_000_000 };
      }),
      connect: os.caches.connect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      disconnect: os.caches.disconnect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      usage: os.caches.usage.handler(() => ({ bytes: 241_000_000, asksUpstream: false })),
    },
    loops: {
      watch: os.loops.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [] };
      }),
      start: os.loops.start.handler(({ input }) => {
        calls.push(['loops.start', input]);
        return { id: 'loop-1' };
      }),
      pause: os.loops.pause.handler(({ input }) => missing(input.id)),
      resume: os.loops.resume.handler(({ input }) => missing(input.id)),
      rebuild: os.loops.rebuild.handler(({ input }) => missing(input.id)),
      stop: os.loops.stop.handler(({ input }) => missing(input.id)),
      dismiss: os.loops.dismiss.handler(({ input }) => missing(input.id)),
      lines: os.loops.lines.handler(async function* () {
        yield [];
      }),
    },
    forwards: {
      watch: os.forwards.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [] };
      }),
      open: os.forwards.open.handler(({ input }) => {
        calls.push(['forwards.open', input]);
        const { context, target, port = 80, localPort = 41080, keep } = input;
        return {
          id: 'f',
          context,
          target,
          port,
          localPort,
          keep,
          state: 'open' as const,
          pod: 'web-1',
          connections: 0,
        };
      }),
      close: os.forwards.close.handler(({ input }) => missing(input.id)),
      keep: os.forwards.keep.handler(({ input }) => missing(input.id)),
    },
    podExec: {
      run: os.podExec.run.handler(async function* ({ input }) {
        calls.push(['podExec.run', input]);
        yield { type: 'opened' as const, id: 'e', pod: 'web-1', container: 'web' };
        yield { type: 'output' as const, stream: 'out' as const, base64: Buffer.from('hello\n').toString('base64') };
        yield { type: 'ended' as const, code: 7 };
      }),
      write: os.podExec.write.handler(({ input }) => void calls.push(['podExec.write', input])),
      endInput: os.podExec.endInput.handler(() => {}),
      resize: os.podExec.resize.handler(() => {}),
    },
    podLogs: {
      read: os.podLogs.read.handler(async function* ({ input }) {
        calls.push(['podLogs.read', input]);
        yield* samplePodLogs();
      }),
    },
    recorder: {
      watch: os.recorder.watch.handler(async function* () {
        const pod = {
          key: 'shop/web-1#1',
          namespace: 'shop',
          name: 'web-1',
          at: 0,
          state: 'kept' as const,
          containers: [],
        };
        yield { type: 'snapshot' as const, revision: 1, items: [pod] };
      }),
      pod: os.recorder.pod.handler(({ input }) => missing(input.key)),
      export: os.recorder.export.handler(async function* () {
        yield { base64: Buffer.from('an archive').toString('base64') };
      }),
    },
    podFiles: {
      copy: os.podFiles.copy.handler(({ input }) =>
        begin('object', `${input.target.name}:${input.there} · ${input.context}`, input),
      ),
      give: os.podFiles.give.handler(({ input }) =>
        begin('object', `${input.target.name}:${input.there} · ${input.context}`, input),
      ),
    },
    manifests: {
      diff: os.manifests.diff.handler(({ input }) => {
        calls.push(['diff', input]);
        return sampleManifestDiff(input.text);
      }),
      apply: os.manifests.apply.handler(({ input }) => begin('object', `manifest · ${input.context}`, input)),
      planEdit: os.manifests.planEdit.handler(({ input }) => missing(input.object.name)),
      edit: os.manifests.edit.handler(({ input }) => missing(input.object.name)),
    },
    metrics: {
      watch: os.metrics.watch.handler(async function* () {
        const usage = { cpus: 0.25, memory: 64_000_000 };
        const pods = { 'shop/web-1': { ...usage, containers: { web: usage } } };
        yield { source: 'kubelets' as const, at: 0, nodes: { 'shop-worker': usage }, pods };
      }),
    },
    objects: {
      kinds: os.objects.kinds.handler(() => sampleKinds),
      rows: os.objects.rows.handler(async function* ({ input }) {
        calls.push(['rows', input]);
        yield* sampleRows();
      }),
      detail: os.objects.detail.handler(({ input }) => missing(input.name)),
    },
    dashboard: {
      watch: os.dashboard.watch.handler(async function* ({ input }) {
        yield dashboardView(input.context);
      }),
      look: os.dashboard.look.handler(({ input }) => dashboardView(input.context)),
      manifest: os.dashboard.manifest.handler(() => ({ yaml: 'kind: Namespace\n' })),
      setUp: os.dashboard.setUp.handler(({ input }) => begin('dashboard', input.context, input)),
      open: os.dashboard.open.handler(({ input }) => {
        calls.push(['open', input]);
        const rights = input.rights ?? 'admin';
        const address = 'http://127.0.0.1:41999/.boathouse/open#token=t';
        return { address, invitation: address, port: 41999, kind: 'headlamp', rights };
      }),
      token: os.dashboard.token.handler(({ input }) => ({
        token: 'eyJ.sample.token',
        expiresAt: '2026-11-30T13:00:00.000Z',
        rights: input.rights ?? 'admin',
      })),
      close: os.dashboard.close.handler(() => ({ closed: 1 })),
      remove: os.dashboard.remove.handler(({ input }) => begin('dashboard', input.context, input)),
    },
    clusters: {
      list: os.clusters.list.handler(() => clusters.items()),
      watch: os.clusters.watch.handler(({ signal }) => counted(clusters.watch(signal ?? never))),
      get: os.clusters.get.handler(({ input }) => known(input.name)),
      watchOne: os.clusters.watchOne.handler(async function* ({ input }) {
        yield known(input.name);
      }),
      services: os.clusters.services.handler(() => []),
      usage: os.clusters.usage.handler(async function* () {
        yield {};
      }),
      pods: os.clusters.pods.handler(async function* () {
        yield { type: 'snapshot', revision: 0, items: [] };
      }),
      plan: os.clusters.plan.handler(({ input }) => ({
        plan: planOf('create', input.name),
        image: input.image ?? 'kindest/node:v1.34.0',
        warnings: [],
        findings: [],
      })),
      create: os.clusters.create.handler(({ input }) => begin('create', input.name, input)),
      start: verb('start'),
      stop: verb('stop'),
      pause: os.clusters.pause.handler(({ input }) => begin('pause', known(input.name).name, input)),
      resume: verb('resume'),
      delete: verb('delete'),
      cleanup: verb('cleanup'),
      // A cluster is what the template `single` says.
      planApply: os.clusters.planApply.handler(({ input }) =>
        'id' in input.template && input.template.id === 'single'
          ? { differences: [] }
          : { differences: [sampleDifference], plan: planOf('change', input.name) },
      ),
      apply: os.clusters.apply.handler(({ input }) =>
        'id' in input.template && input.template.id === 'single'
          ? { differences: [] }
          : { differences: [sampleDifference], ...begin('change', known(input.name).name, input) },
      ),
      template: os.clusters.template.handler(({ input }) => ({ yaml: `# of ${known(input.name).name}\n` })),
      planChange: os.clusters.planChange.handler(({ input }) => ({ plan: planOf('change', input.name) })),
      change: os.clusters.change.handler(({ input }) => begin('change', known(input.name).name, input)),
      exportLogs: os.clusters.exportLogs.handler(async function* ({ input }) {
        yield { base64: Buffer.from(known(input.name).name).toString('base64') };
      }),
      kubeconfig: os.clusters.kubeconfig.handler(({ input }) => ({ yaml: `# of ${known(input.name).name}\n` })),
    },
    diagnostics: {
      engine: os.diagnostics.engine.handler(({ signal }) => counted(engine.watch(signal ?? never))),
      reconnect: os.diagnostics.reconnect.handler(() => {
        calls.push(['reconnect', undefined]);
        options.reconnect?.(engine);
      }),
      checks: os.diagnostics.checks.handler(() => checks),
      mute: os.diagnostics.mute.handler(({ input }) => {
        calls.push(['mute', input]);
        const check = checks.find(({ id }) => id === input.id);
        if (check) check.muted = input.muted;
      }),
      fix: os.diagnostics.fix.handler(({ input }) => {
        calls.push(['fix', input]);
        const at = checks.findIndex((check) => check.id === input.id);
        if (at < 0) throw new AppError('not-found', `There is no check "${input.id}"`);
        checks.splice(at, 1);
        return { code: 'mended', text: `Mended ${input.id}` };
      }),
    },
    disk: {
      usage: os.disk.usage.handler(() => sampleDisk),
      clean: os.disk.clean.handler(({ input }) => begin('disk', 'disk', input)),
    },
    images: {
      engine: os.images.engine.handler(() => []),
      list: os.images.list.handler(({ input }) => {
        const nodes = known(input.name).nodes.map((node) => ({ name: node.name }));
        return { nodes, images: [], stale: [] };
      }),
      load: os.images.load.handler(({ input }) => begin('load-images', known(input.name).name, input)),
      offer: os.images.offer.handler(async function* () {
        yield { file: '0b2f6c1e-5d1c-4d4e-9f0a-3c1b7a9d2e11' };
      }),
      give: os.images.give.handler(() => {}),
      stale: os.images.stale.handler(() => []),
      pull: os.images.pull.handler(({ input }) => begin('load-images', known(input.name).name, input)),
      remove: os.images.remove.handler(({ input }) => begin('remove-images', known(input.name).name, input)),
      prunable: os.images.prunable.handler(() => []),
      restart: os.images.restart.handler(({ input }) => begin('change', known(input.name).name, input)),
    },
    kubeconfig: {
      list: os.kubeconfig.list.handler(() => options.kubeconfig ?? emptyKubeconfig),
      watch: os.kubeconfig.watch.handler(async function* () {
        yield emptyKubeconfig;
      }),
      probe: os.kubeconfig.probe.handler(({ input }) => missing(input.context)),
      plan: os.kubeconfig.plan.handler(() => ({ files: [], warnings: [], imports: [] })),
      change: os.kubeconfig.change.handler(({ input }) => {
        calls.push(['change-kubeconfig', input]);
        return { id: 'change-1', said: { code: 'did-change', text: 'Changed' }, files: [] };
      }),
      history: os.kubeconfig.history.handler(() => []),
      historyDiff: os.kubeconfig.historyDiff.handler(({ input }) => missing(input.id)),
      export: os.kubeconfig.export.handler(({ input }) => missing(input.context)),
      use: os.kubeconfig.use.handler(({ input }) => {
        calls.push(['use', input]);
        return { context: known(input.name).context, file: '/home/ana/.kube/config' };
      }),
    },
    operations: {
      watch: os.operations.watch.handler(({ signal }) => counted(operations.watch(signal ?? never))),
      cancel: os.operations.cancel.handler(({ input }) => {
        calls.push(['cancel', input]);
        cancels.get(input.id)?.abort();
      }),
      log: os.operations.log.handler(async function* () {}),
      nodeLogs: os.operations.nodeLogs.handler(() => []),
      history: os.operations.history.handler(({ input }) =>
        operations.items().filter(({ subject, state }) => subject === input.subject && hasEnded(state)),
      ),
      dismiss: os.operations.dismiss.handler(({ input }) => {
        const operation = operations.get(input.id);
        if (operation && hasEnded(operation.state)) operations.remove(input.id);
      }),
    },
    registry: {
      mirrors: os.registry.mirrors.handler(() => ({ mirrors: {}, others: {} })),
      list: os.registry.list.handler(() => []),
      watch: os.registry.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [] };
      }),
      create: os.registry.create.handler(({ input }) => begin('registry', 'boathouse-registry', input)),
      start: onRegistry('start'),
      stop: onRegistry('stop'),
      delete: onRegistry('delete'),
      collect: onRegistry('collect'),
      connect: os.registry.connect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      disconnect: os.registry.disconnect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      usage: os.registry.usage.handler(() => ({ bytes: 0 })),
      repositories: os.registry.repositories.handler(() => ({ items: [] })),
      tags: os.registry.tags.handler(() => ({ items: [] })),
      deleteTag: os.registry.deleteTag.handler(() => {}),
    },
    settings: {
      get: os.settings.get.handler(() => defaults),
      watch: os.settings.watch.handler(async function* () {
        yield defaults;
      }),
      set: os.settings.set.handler(({ input }) => {
        calls.push(['settings', input]);
        return settingsSchema.parse({ ...defaults, ...input });
      }),
      reset: os.settings.reset.handler(() => defaults),
      export: os.settings.export.handler(() => ({ json: JSON.stringify(defaults) })),
      import: os.settings.import.handler(({ input }) => {
        calls.push(['settings import', input]);
        return defaults;
      }),
      about: os.settings.about.handler(() => ({ version: '0.0.0', shell: 'terminal' as const })),
    },
    templates: {
      list: os.templates.list.handler(() => [singleSummary]),
      watch: os.templates.watch.handler(({ signal }) => counted(templates.watch(signal ?? never))),
      get: os.templates.get.handler(() => singleSummary),
      validate: os.templates.validate.handler(({ input }) => validateTemplate(input.yaml, input.parameters)),
      import: os.templates.import.handler(({ input }) => {
        if ('text' in input) return { ...importTemplate(input.text, input.from), ...input };
        throw new AppError('address-refused', `${'url' in input ? input.url : input.file} is not fetched`);
      }),
      save: os.templates.save.handler(({ input }) => {
        calls.push(['save', input]);
        return { ...singleEntry, yaml: input.yaml, file: '/home/ana/.config/boathouse/templates/single.yaml' };
      }),
      delete: os.templates.delete.handler(({ input }) => {
        calls.push(['delete-template', input]);
        return { yaml: singleSummary.yaml };
      }),
      duplicate: os.templates.duplicate.handler(({ input }) => ({ ...singleEntry, id: input.as })),
      export: os.templates.export.handler(({ input }) => {
        const base = { homeDirectory: '/home/ana', platform: 'linux' as const };
        return exportTemplate(singleTemplate, input.as, base);
      }),
    },
    versions: {
      list: os.versions.list.handler(({ input }) =>
        sampleVersions.filter(({ provider }) => !input?.provider || provider === input.provider),
      ),
    },
  });
  const client = createRouterClient(router, { context: {} });
  const dispose = async () => {};
  return { router, client, dispose, clusters, engine, operations, checks, calls, watching: () => open };
}

const never = new AbortController().signal;
const defaults = settingsSchema.parse({});
