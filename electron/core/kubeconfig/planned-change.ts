// A change of the kubeconfig before it is made: the edits of its files, and what is said of it.
import type { KubeconfigPlan } from '../../../shared/model/kubeconfig';
import type { Sentence } from '../../../shared/model/sentence';

/** An edit of one file's text; it is made on the text as it is when the file is locked. */
export interface FileEdit {
  file: string;
  edit(text: string): string;
}

export interface PlannedChange {
  edits: readonly FileEdit[];
  said: Sentence;
  warnings?: Sentence[];
  imports?: KubeconfigPlan['imports'];
}
