// What nodes that come to a running cluster are made of: the template, the cluster's image, and what of it is not here.
import type { ClusterChange } from '../../../../shared/model/change';
import type { Cluster } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { ClusterTemplate } from '../../../../shared/model/template';
import type { Engine } from '../../engine/engine';
import { missingImages } from '../../engine/pull';
import type { CoreOptions } from '../../options';
import { missingPaths } from '../../templates/host-paths';
import { readRecorded } from '../recorded';

export interface Supplies {
  /** The one that is applied, or else the one that the cluster remembers; absent where an earlier version made it. */
  readonly template?: ClusterTemplate | undefined;
  /** The image of nodes whose pool has none of its own. */
  readonly image: string;
  /** Images that the engine has to pull. */
  readonly missing: ReadonlySet<string>;
}

/**
 * Looks for what the changes need. `applied`: the template that is applied, if one is.
 * Throws `not-found` when a folder is gone that the nodes are to see, `engine-unreachable`.
 */
export async function suppliesFor(
  options: Pick<CoreOptions, 'homeDirectory' | 'platform'>,
  { engine, cluster }: { engine: Engine; cluster: Cluster },
  changes: readonly ClusterChange[],
  applied?: ClusterTemplate,
): Promise<Supplies> {
  const first = cluster.nodes.find(({ role, state }) => role === 'control-plane' && state === 'running');
  // A control plane may have an image of its own; the entrance has the cluster's.
  const image = cluster.entrance?.image ?? first?.image ?? '';
  const comes = changes.some(({ kind }) => kind === 'add-nodes' || kind === 'replace-node');
  if (!comes) return { template: applied, image, missing: new Set() };
  const template = applied ?? (first && (await readRecorded(engine, first.name)));
  if (!template) return { image, missing: new Set() };
  if (!applied) await refuseMissingMounts(options, engine, cluster.name, template);
  const images = [image, ...template.spec.nodes.flatMap((pool) => pool.image ?? [])];
  return { template, image, missing: new Set(await missingImages(engine, images)) };
}

async function refuseMissingMounts(
  { homeDirectory, platform }: Pick<CoreOptions, 'homeDirectory' | 'platform'>,
  engine: Engine,
  name: string,
  template: ClusterTemplate,
): Promise<void> {
  const isHere = /^(unix|npipe):/.test(engine.endpoint.host);
  const findings = await missingPaths(template, { homeDirectory, platform }, isHere);
  const mounts = findings.filter(({ path }) => path.includes('mounts'));
  if (mounts.length === 0) return;
  throw new AppError('not-found', `A new node of ${name} would not see what the others see`, {
    params: { what: mounts.map(({ message }) => message).join(', ') },
    detail: mounts.map(({ message }) => message).join('\n'),
    hints: [{ text: 'Bring it back, or apply a template without that mount.' }],
  });
}
