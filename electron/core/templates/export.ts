// A template as text for another program: kind or k3d.
import { stringify } from 'yaml';
import { type ClusterTemplate, wordsIn } from '../../../shared/model/template';
import type { NotCarried } from '../../../shared/model/template/conversion';
import type { PathBase } from './host-paths';
import { toK3d } from './k3d/export';
import { toKind } from './kind/export';

/** @returns the configuration's YAML, and what of the template it does not say */
export function exportTemplate(
  template: ClusterTemplate,
  format: 'kind' | 'k3d',
  base: PathBase,
): { yaml: string; notCarried: NotCarried[] } {
  const { config, notCarried } = format === 'kind' ? toKind(template, base) : toK3d(template, base);
  const title = wordsIn(template.metadata.title, 'en').replace(/\s+/g, ' ');
  return { yaml: `# ${title}\n${stringify(config, { lineWidth: 0, aliasDuplicateObjects: false })}`, notCarried };
}
