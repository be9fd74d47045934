// The template that a cluster was made of, or that was applied last: a file on each of its control planes, which can be read back from
// containers that rest, too. It is no label, since what it says may be secret and may change.
import { type ClusterTemplate, templateSchema } from '../../../shared/model/template';
import { type ContainerFile, getFile, putFiles } from '../engine/archive';
import type { Engine } from '../engine/engine';

const path = '/kind/boathouse-template.json';

/** Its parameters are filled. */
export function recordedTemplate(template: ClusterTemplate): ContainerFile {
  return { path, content: JSON.stringify(template), mode: 0o600 };
}

/** Undefined where an earlier version made the cluster, or a later one wrote what this one cannot read. */
export async function readRecorded(
  engine: Engine,
  controlPlane: string,
  signal?: AbortSignal,
): Promise<ClusterTemplate | undefined> {
  const text = (await getFile(engine, controlPlane, path, signal))?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    return templateSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function recordTemplate(
  engine: Engine,
  controlPlanes: readonly string[],
  template: ClusterTemplate,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(controlPlanes.map((name) => putFiles(engine, name, [recordedTemplate(template)], signal)));
}
