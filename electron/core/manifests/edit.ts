// Saving an object's edited YAML. Server-side apply, as a dry run, says what is misspelt and whose fields are changed; the object is then
// replaced as it was read, so that what was taken out of the text goes, and we own what was changed and nothing else.
import type { KubernetesObject } from '@kubernetes/client-node';
import { applyPatch, structuredPatch } from 'diff';
import type { ObjectRef } from '../../../shared/model/actions';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { EditPlan, FieldConflict, TextProblem } from '../../../shared/model/manifests';
import { wordsOf } from '../actions/target';
import { hunksBetween } from '../diff/hunks';
import type { Kube } from '../kube/connect';
import { asRefused } from '../kube/explain';
import { Refusal } from '../kube/request';
import { applyObject, fieldManager } from '../kube/server-apply';
import { hidden, printed } from '../objects/describe';
import { listPath } from '../objects/kinds';
import { fieldConflict } from './apply';
import { readOne } from './diff';
import { type PlacedObject, readManifest } from './read';
import { conflictsIn, problemsIn } from './refusals';
import { differenceOf, essence } from './shown';

export interface Edit {
  object: ObjectRef;
  base: string;
  text: string;
  force: boolean;
}

interface Prepared {
  list: string;
  path: string;
  live: KubernetesObject;
  placed: PlacedObject;
  wanted: KubernetesObject;
  rebased: boolean;
}

export type Planned = Omit<EditPlan, 'local' | 'command'>;

/** Throws `not-found`, `bad-input`, `changed-meanwhile`, `kubernetes-refused`. */
export async function planEdit(kube: Kube, edit: Edit, signal: AbortSignal): Promise<Planned> {
  const problems = readManifest(edit.text).problems;
  if (problems.length > 0) return { hunks: [], conflicts: [], problems, rebased: false };
  const prepared = await prepare(kube, edit, signal);
  const { conflicts, problems: found, error } = await examine(kube, prepared, edit, signal);
  if (error) return { hunks: [], conflicts, problems: found, error: error.toData(), rebased: prepared.rebased };
  const after = await replace(kube, prepared, signal, true);
  return { hunks: differenceOf(prepared.live, after), conflicts, problems: [], rebased: prepared.rebased };
}

/** Throws as `planEdit`, and `field-conflict`. */
export async function saveEdit(kube: Kube, edit: Edit, signal: AbortSignal): Promise<void> {
  const prepared = await prepare(kube, edit, signal);
  const { conflicts, error } = await examine(kube, prepared, edit, signal);
  if (error) throw error;
  if (conflicts.length > 0 && !edit.force) throw fieldConflict(wordsOf(edit.object), conflicts);
  await replace(kube, prepared, signal, false);
}

async function prepare(kube: Kube, { object: ref, base, text }: Edit, signal: AbortSignal): Promise<Prepared> {
  const list = listPath(ref.kind, ref.namespace);
  const path = `${list}/${encodeURIComponent(ref.name)}`;
  const live = await readOne(kube, path, signal).catch((error: unknown) => {
    throw asRefused(error, wordsOf(ref));
  });
  if (!live) throw gone(ref);
  const opened = only(base, ref);
  refuseOther(only(text, ref).object, live, ref);
  const same = JSON.stringify(essence(opened.object)) === JSON.stringify(essence(live));
  const now = same ? text : rebase(base, text, printed(live), ref);
  const placed = only(now, ref);
  // What only the server writes is as it is now: else each heartbeat of a node would be a change meanwhile.
  const { resourceVersion, generation, managedFields, uid } = (live.metadata ?? {}) as Record<string, unknown>;
  const wanted = {
    ...placed.object,
    metadata: { ...placed.object.metadata, resourceVersion, generation, managedFields, uid },
    ...('status' in live && { status: live.status }),
  } as KubernetesObject;
  return { list, path, live, placed: same ? placed : only(text, ref), wanted, rebased: !same };
}

/** Its fields are all known, and set by nobody else? */
async function examine(kube: Kube, { list, wanted, placed }: Prepared, { object, force }: Edit, signal: AbortSignal) {
  const nothing = { conflicts: [] as FieldConflict[], problems: [] as TextProblem[], error: undefined };
  try {
    await applyObject(kube, { list, object: wanted, force: false, dryRun: true }, signal);
    return nothing;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Refusal)) throw asRefused(error, wordsOf(object));
    const conflicts = conflictsIn(error);
    if (conflicts.length > 0) return { ...nothing, conflicts: force ? [] : conflicts };
    const explained = asAppError(asRefused(error, wordsOf(object)));
    return { ...nothing, problems: problemsIn(error, placed), error: explained };
  }
}

async function replace(kube: Kube, { path, wanted, live }: Prepared, signal: AbortSignal, dryRun: boolean) {
  const query = new URLSearchParams({ fieldManager, ...(dryRun && { dryRun: 'All' }) });
  try {
    return await kube.call<KubernetesObject>({ method: 'PUT', path: `${path}?${query}`, object: wanted }, signal);
  } catch (error) {
    throw asRefused(error, `${live.kind} ${live.metadata?.name}`);
  }
}

/** The edit's lines, put on top of what others have changed meanwhile. */
function rebase(base: string, text: string, now: string, ref: ObjectRef): string {
  const merged = applyPatch(now, structuredPatch('', '', base, text, undefined, undefined, { context: 1 }));
  if (merged !== false) return merged;
  const lines = hunksBetween(base, now).flatMap((hunk) => hunk.lines);
  const signs = { gone: '-', new: '+', same: ' ' };
  throw new AppError('changed-meanwhile', `${wordsOf(ref)} was changed meanwhile in the lines that you have changed`, {
    params: { name: wordsOf(ref) },
    detail: lines.map(({ kind, text: line }) => `${signs[kind]}${line}`).join('\n'),
    hints: [{ text: 'Take the present YAML and make your change again.' }],
  });
}

function only(text: string, ref: ObjectRef): PlacedObject {
  const { objects, problems } = readManifest(text);
  const [first, ...more] = objects;
  if (problems[0] || !first || more.length > 0) {
    const message = problems[0]?.message ?? (first ? 'it holds several objects' : 'it holds no object');
    throw new AppError('bad-input', `This is not the YAML of ${wordsOf(ref)}: ${message}`);
  }
  return first;
}

/** Throws `bad-input` for the YAML of anything else. */
function refuseOther(wanted: KubernetesObject, live: KubernetesObject, ref: ObjectRef): void {
  const refuse = (reason: string, text: string) => {
    throw new AppError('bad-input', `This is not the YAML of ${wordsOf(ref)}: ${reason}`, { hints: [{ text }] });
  };
  const asManifest = 'To make another object of it, run it as a manifest.';
  const { metadata } = wanted;
  if (wanted.kind !== live.kind || wanted.apiVersion !== live.apiVersion) {
    refuse(`it is a ${wanted.apiVersion} ${wanted.kind}`, asManifest);
  }
  if (metadata?.name !== live.metadata?.name) refuse(`its name is ${metadata?.name}`, asManifest);
  const namespace = metadata?.namespace ?? live.metadata?.namespace;
  if (namespace !== live.metadata?.namespace) refuse(`its namespace is ${namespace}`, asManifest);
  if (metadata?.uid !== undefined && metadata.uid !== live.metadata?.uid) {
    refuse(
      'it is of another cluster, or of an object that has been deleted and made anew meanwhile',
      'Take the present YAML and make your change again.',
    );
  }
  const values = Object.values((wanted as { data?: Record<string, unknown> }).data ?? {});
  if (live.kind === 'Secret' && values.includes(hidden)) {
    refuse('its values are hidden', 'Show the values first: what is hidden would be lost.');
  }
}

function gone(ref: ObjectRef): AppError {
  return new AppError('not-found', `${wordsOf(ref)} has been deleted meanwhile`, {
    params: { what: wordsOf(ref) },
    hints: [{ text: 'Its YAML can be run as a manifest, which makes it anew.' }],
  });
}
