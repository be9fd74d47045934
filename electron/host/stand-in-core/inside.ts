// Looking inside a cluster of a stand-in core.
import { kubectlCommand, kubectlDeletion, subjectOf, subjectOfSeveral } from '../../../shared/model/actions';
import type { StandInParts } from './parts';
import {
  dashboardView,
  sampleActionPlan,
  sampleKinds,
  sampleManifestDiff,
  samplePodLogs,
  sampleRevisions,
  sampleRows,
} from './samples';

export function insideCalls({ os, calls, begin, missing }: StandInParts) {
  return {
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
    podFiles: {
      copy: os.podFiles.copy.handler(({ input }) =>
        begin('object', `${input.target.name}:${input.there} · ${input.context}`, input),
      ),
      give: os.podFiles.give.handler(({ input }) =>
        begin('object', `${input.target.name}:${input.there} · ${input.context}`, input),
      ),
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
  };
}
