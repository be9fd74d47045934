// What a stand-in core has on its computer: engine, kubeconfig, projects, settings.
import { AppError } from '../../../shared/model/errors';
import { settingsSchema } from '../../../shared/model/settings';
import { chooseFolder, completeFolder } from '../../core/devloop/project/folders';
import { proposeProject, saveProposal } from '../../core/devloop/project/open';
import { readProject } from '../../core/devloop/project/read';
import { never, type StandInParts } from './parts';
import { emptyKubeconfig } from './samples';

const defaults = settingsSchema.parse({});

export function computerCalls({ os, options, engine, calls, checks, counted, missing, known }: StandInParts) {
  return {
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
  };
}
