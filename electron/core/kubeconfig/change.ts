// Changes of the kubeconfig that people wish for: what each would do to which file, and doing it.
import type { KubeconfigChange, KubeconfigPlan } from '../../../shared/model/kubeconfig';
import type { Sentence } from '../../../shared/model/sentence';
import { asItWas } from './as-it-was';
import { planRemove, planRename, planUse } from './change-contexts';
import { diffOf } from './diff';
import { fileToWrite, type KubeconfigOptions, kubeconfigFiles } from './files';
import { noteOf, recordsOf } from './history';
import { planImport } from './import-plan';
import type { PlannedChange } from './planned-change';
import { readAll } from './read';
import { undoIn } from './undo';
import { say } from './words';
import { readKubeconfig, rewriteKubeconfig } from './write';

async function plan(options: KubeconfigOptions, change: KubeconfigChange): Promise<PlannedChange> {
  if (change.kind === 'undo') return await planUndo(options, change.id);
  const paths = kubeconfigFiles(options);
  const files = await readAll(paths);
  switch (change.kind) {
    case 'use':
      return planUse(files, change, await fileToWrite(paths));
    case 'rename':
      return planRename(files, change);
    case 'remove':
      return planRemove(files, change);
    case 'import':
      return planImport(files, change, await fileToWrite(paths));
  }
}

async function planUndo({ directories }: KubeconfigOptions, id: string): Promise<PlannedChange> {
  const records = await recordsOf(directories.state, id);
  return {
    // The last write first.
    edits: records.reverse().map((record) => ({ file: record.file, edit: (text) => undoIn(text, record) })),
    said: say('did-undo', { what: records[0]?.said.text ?? '' }),
  };
}

/** What a change would do, as people see it. Throws what {@link changeKubeconfig} throws, without a lock. */
export async function planKubeconfigChange(
  options: KubeconfigOptions,
  change: KubeconfigChange,
): Promise<KubeconfigPlan> {
  const { edits, warnings = [], imports = [] } = await plan(options, change);
  const texts = new Map<string, { before: string; after: string }>();
  for (const { file, edit } of edits) {
    const before = texts.get(file)?.before ?? (await readKubeconfig(file));
    const now = texts.get(file)?.after ?? before;
    texts.set(file, { before, after: await asItWas(options.directories.state, file, now, edit(now)) });
  }
  const changed = [...texts].filter(([, { before, after }]) => before !== after);
  const files = changed.map(([file, { before, after }]) => ({ file, hunks: diffOf(before, after) }));
  return { files, warnings, imports };
}

/**
 * Makes a change: each file under its own lock, after a backup, noted in the history as one.
 * Returns the change's id in the history and the files that were changed.
 *
 * Throws `not-found`, `name-taken`, `not-possible`, `kubeconfig-invalid`, `kubeconfig-locked`, `kubeconfig-unwritable` or the
 * signal's reason. What fails in a second file leaves the first one changed, and in the history.
 */
export async function changeKubeconfig(
  options: KubeconfigOptions,
  change: KubeconfigChange,
  signal: AbortSignal,
): Promise<{ id: string; said: Sentence; files: string[] }> {
  const { edits, said } = await plan(options, change);
  const note = noteOf(said);
  const files = new Set<string>();
  for (const { file, edit } of edits) {
    // A file with nothing to change is not even locked.
    const now = await readKubeconfig(file);
    if (edit(now) === now) continue;
    if (await rewriteKubeconfig(options, file, edit, signal, note)) files.add(file);
  }
  return { id: note.id, said, files: [...files] };
}
