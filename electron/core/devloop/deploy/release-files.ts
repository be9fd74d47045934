// The files that helm reads by itself when it installs a release: one digest that tells whether an upgrade can give anything new.
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Deployment } from '../../../../shared/model/devloop/deployment';
import { createInventory } from '../dependencies/inventory';

/** Of charts in folders or archives, and files of values; what is not there counts as empty. Throws what the file system says. */
export async function releasesDigest({ releases }: Pick<Deployment, 'releases'>, signal: AbortSignal): Promise<string> {
  const places = releases.flatMap(({ chart, valuesFiles, setFiles }) => [
    ...(chart.kind === 'path' ? [chart.path] : []),
    ...valuesFiles,
    ...Object.values(setFiles),
  ]);
  const digests = await Promise.all(
    [...new Set(places)].map(async (place) => {
      const [root, name] = [dirname(place), basename(place)];
      const { digest } = await createInventory({ root, roots: [name], takes: () => true, closes: () => false }).refresh(
        signal,
      );
      return `${place} ${digest}`;
    }),
  );
  return createHash('sha256').update(digests.join('\n')).digest('hex');
}
