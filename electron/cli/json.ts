// What `--json` prints, for programs: the shapes are kept, fields are only added.
//
// A command that asks prints one document:
//   list        { clusters: Cluster[] }
//   status      Cluster
//   kubeconfig  { name, context, yaml }
//   use         { context, file }
//   templates   { templates: [{ id, title, description, controlPlanes, workers, parameters, origin }], broken: [{ id, file, problems }] }
//   templates show       TemplateSummary
//   templates of         { name, yaml }
//   templates validate   { file, valid, problems, parameters, unsupported }
//   templates import     { format, from, problems, notCarried, yaml, saved?: { id, file } }
//   templates export     { yaml, notCarried }
//   templates duplicate  { id, file }
//   templates delete     { id, yaml }
//   templates schema     the JSON Schema
//   versions    { versions: NodeVersion[] }
//   logs         { namespace, pod, container, at, text } a line
//   logs export { name, file, size }
//   images list { images: EngineImage[] }; of a cluster ClusterImages
//   images prune --dry-run  { images: [{ id, names, size, nodes }] }
//   dev --check  a Reading; with `proposal: Proposal` and, with --save, `file` where there is no skaffold.yaml
//   dev          a line per event: { type: 'state' | 'change' | 'forward' | 'line' | 'result', ... }
//   doctor      { checks: Check[], fixed: [{ id, message }] }
//   mirrors list  { mirrors, others }
//   access list  { signIns: SignIn[], certificates: TrustedCertificate[] }
//   registry status  { registries: LocalRegistry[] }
//   registry list  { repositories: Repository[] }, or { repository, tags: Tag[] }
//   registry rm  { repository, tag }
//   create --dry-run  { plan: Plan, image, warnings: Sentence[], findings: Check[] }
//   serve       { address, port, pid, started }; with --stop { stopped }
// A command that does something prints a line per event, and the result as its last line; see ProgressLine.
// A failure prints { error: ErrorData } instead of a document, or a result line with `ok: false`.
// Cluster, LocalRegistry, Check, NodeVersion, Plan, Sentence, Operation and ErrorData are the schemas of shared/model.
import type { Cluster } from '../../shared/model/cluster';
import type { ErrorData } from '../../shared/model/errors';
import type { Operation, OperationKind, StepProgress } from '../../shared/model/operation';

export type ProgressLine =
  /** Once, first: what begins, with all its steps. */
  | { type: 'operation'; id: string; kind: OperationKind; subject: string; steps: StepProgress[] }
  /** A step has changed. */
  | { type: 'step'; step: StepProgress }
  /** The operation as a whole has changed, e.g. to `undoing`. */
  | { type: 'state'; state: Operation['state'] }
  /** Something worth knowing besides: what quickstart found or does. */
  | { type: 'note'; text: string }
  /** Once, last. `ok` tells success; `cluster` is there after create, start, pause, resume and quickstart. */
  | ResultLine;

export type ResultLine =
  | { type: 'result'; ok: true; operation?: Operation; cluster?: Cluster; address?: string; made?: string }
  | { type: 'result'; ok: false; operation?: Operation; error: ErrorData };

/** The lines that tell how `before` became `after`; everything, when `before` is undefined. */
export function progressLines(before: Operation | undefined, after: Operation): ProgressLine[] {
  if (!before) {
    const { id, kind, subject, steps } = after;
    return [{ type: 'operation', id, kind, subject, steps }];
  }
  const lines: ProgressLine[] = after.steps
    .filter((step, index) => JSON.stringify(step) !== JSON.stringify(before.steps[index]))
    .map((step) => ({ type: 'step', step }));
  if (before.state !== after.state) lines.push({ type: 'state', state: after.state });
  return lines;
}
