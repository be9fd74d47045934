// Manifests into the cluster of any context: what the calls of the contract come down to.
import type { ObjectRef } from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import type { EditPlan, ManifestDiff, ManifestObject } from '../../../shared/model/manifests';
import { kindName } from '../../../shared/model/objects';
import { type ActionDependencies, refuseUnconfirmed } from '../actions/actions';
import type { Kube } from '../kube/connect';
import type { StepContext } from '../operations/operation';
import { applyManifests } from './apply';
import { diffManifests } from './diff';
import { type Edit, planEdit, saveEdit } from './edit';
import { prune, type Stray, straysOf } from './prune';
import { type PlacedObject, readManifest } from './read';

export interface ManifestDependencies extends ActionDependencies {
  /** Of a context; undefined where it names none. */
  namespaceOf(context: string): Promise<string | undefined>;
}

export interface Manifest {
  context: string;
  text: string;
  namespace?: string | undefined;
  force: boolean;
  set?: string | undefined;
  prune: boolean;
}

export interface Manifests {
  diff(manifest: Manifest, signal: AbortSignal): Promise<ManifestDiff>;
  apply(manifest: Manifest & { confirmed?: string | undefined }): Promise<{ operationId: string }>;
  planEdit(edit: Edit & { context: string }, signal: AbortSignal): Promise<EditPlan>;
  edit(edit: Edit & { context: string; confirmed?: string | undefined }, signal: AbortSignal): Promise<void>;
}

export function createManifests(dependencies: ManifestDependencies): Manifests {
  const { connect, isLocal, operations, namespaceOf } = dependencies;
  const placeOf = async ({ context, namespace }: Manifest) => namespace ?? (await namespaceOf(context)) ?? 'default';

  async function strays(
    kube: Kube,
    { set, prune: wanted }: Manifest,
    all: readonly ManifestObject[],
    signal: AbortSignal,
  ) {
    return set !== undefined && wanted ? straysOf(kube, set, all, signal) : [];
  }

  return {
    async diff(manifest, signal) {
      refusePruneOfAll(manifest);
      const { context, force, text } = manifest;
      const { objects, problems } = readManifest(text);
      const local = await isLocal(context);
      if (problems.length > 0) return { objects: [], problems, local };
      const kube = await connect(context, signal);
      const wanted = { namespace: await placeOf(manifest), force };
      const all = await diffManifests(kube, objects, wanted, signal);
      const gone = (await strays(kube, manifest, all, signal)).map(prunedObject);
      return { objects: [...all, ...gone], problems, local };
    },
    async apply({ confirmed, ...manifest }) {
      refusePruneOfAll(manifest);
      const { objects } = readWhole(manifest.text);
      await refuseUnconfirmed(dependencies, manifest.context, confirmed);
      const namespace = await placeOf(manifest);
      const run = async (step: StepContext) => {
        const kube = await connect(manifest.context, step.signal);
        await applyAll(kube, objects, { ...manifest, namespace }, step);
      };
      const command = 'kubectl apply --server-side --field-manager boathouse -f FILE';
      const title = `Applying ${objects.length} object${objects.length === 1 ? '' : 's'}`;
      const step = {
        id: 'manifest-apply',
        kind: 'manifest-apply',
        title,
        lane: 'cluster',
        weight: 3,
        command,
      } as const;
      return operations.start(
        {
          plan: { kind: 'object', subject: subjectOfAll(objects, manifest), steps: [{ ...step, after: [] }] },
          actions: new Map([[step.id, run]]),
        },
        dependencies.engineHost(),
      );
    },
    async planEdit({ context, ...edit }, signal) {
      const [kube, local] = await Promise.all([connect(context, signal), isLocal(context)]);
      return { ...(await planEdit(kube, edit, signal)), local, command: editCommand(context, edit.object) };
    },
    async edit({ context, confirmed, ...edit }, signal) {
      await refuseUnconfirmed(dependencies, context, confirmed);
      await saveEdit(await connect(context, signal), edit, signal);
    },
  };
}

async function applyAll(
  kube: Kube,
  all: readonly PlacedObject[],
  { namespace, force, set, prune: pruning }: Manifest & { namespace: string },
  { signal, log, progress, failedAlone }: StepContext,
): Promise<void> {
  const refused: string[] = [];
  let count = 0;
  const tell = (name: string, change: string) => {
    count += 1;
    progress(Math.min(1, count / all.length), `${name}: ${change}`);
    log(`${name}: ${change}`);
  };
  let first: AppError | undefined;
  const objects = all.map(({ object }) => object);
  const applied = await applyManifests(kube, objects, {
    namespace,
    force,
    set,
    signal,
    onApplied: tell,
    onRefused(name, error) {
      refused.push(name);
      first ??= error;
      tell(name, error.message);
    },
  });
  if (set !== undefined && pruning && refused.length === 0) {
    const kept = applied.map(({ object: { apiVersion = '', kind = '', metadata } }) => {
      return { apiVersion, kind, namespace: metadata?.namespace, name: metadata?.name ?? '' };
    });
    await prune(kube, await straysOf(kube, set, kept, signal), signal, ({ kind, object }) =>
      log(`${kind.kind} ${object.metadata?.name}: deleted, as it is not in the manifest any more`),
    );
  }
  if (!first) return;
  if (refused.length === 1) throw first;
  failedAlone(
    new AppError(first.code, `${refused.length} of ${all.length} objects were refused; the first: ${first.message}`, {
      ...(first.params && { params: first.params }),
      hints: first.hints,
    }),
  );
}

/** Throws `bad-input`, at its line. */
function readWhole(text: string) {
  const { objects, problems } = readManifest(text);
  const [problem] = problems;
  if (problem) throw new AppError('bad-input', `Line ${problem.line}: ${problem.message}`);
  if (objects.length === 0) throw new AppError('bad-input', 'The manifest holds no objects');
  return { objects };
}

/** Deleting what is not in a text that was read as empty would be a surprise. */
function refusePruneOfAll({ set, prune: wanted }: Manifest): void {
  if (!wanted || set !== undefined) return;
  throw new AppError('bad-input', 'Without the name of a set nobody knows what was applied before', {
    hints: [{ text: 'Give the objects a name with --set NAME, from the first time on.' }],
  });
}

function subjectOfAll(objects: readonly PlacedObject[], { context }: Manifest): string {
  const [first] = objects;
  const { kind = '', metadata } = first?.object ?? {};
  const more = objects.length > 1 ? ` +${objects.length - 1}` : '';
  return `${kind.toLowerCase()}/${metadata?.name}${more} · ${context}`;
}

function prunedObject({ kind, object }: Stray): ManifestObject {
  const { namespace, name = '' } = object.metadata ?? {};
  return {
    document: 0,
    line: 0,
    apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    kind: kind.kind,
    ...(namespace && { namespace }),
    name,
    change: 'pruned',
    hunks: [],
    conflicts: [],
    problems: [],
  };
}

function editCommand(context: string, { kind, namespace, name }: ObjectRef): string {
  const within = namespace === undefined ? '' : ` -n ${namespace}`;
  return `kubectl --context ${context}${within} edit ${kindName(kind)}/${name}`;
}
