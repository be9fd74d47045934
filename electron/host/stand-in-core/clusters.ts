// Clusters of a stand-in core, and what makes them.
import { AppError } from '../../../shared/model/errors';
import { hasEnded } from '../../../shared/model/operation';
import { validateTemplate } from '../../core/templates/exchange';
import { exportTemplate } from '../../core/templates/export';
import { importTemplate } from '../../core/templates/import';
import { never, type StandInParts } from './parts';
import { planOf, sampleDifference, sampleVersions, singleEntry, singleSummary, singleTemplate } from './samples';

export function clustersCalls({
  os,
  clusters,
  operations,
  templates,
  calls,
  cancels,
  counted,
  begin,
  known,
}: StandInParts) {
  const verb = (kind: 'start' | 'stop' | 'resume' | 'delete' | 'cleanup') =>
    os.clusters[kind].handler(({ input }) => begin(kind, known(input.name).name, input));

  return {
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
  };
}
