// What a template amounts to, in numbers.
import {
  type ClusterTemplate,
  type NodePool,
  nodeCount,
  type TemplateSummary,
  wordsIn,
} from '../../shared/model/template';
import type { TemplateEntry } from '../../shared/model/template/entry';

/** How many nodes of each role it makes. */
export function nodeCounts(template: ClusterTemplate): Record<NodePool['role'], number> {
  const { nodes } = template.spec;
  return { 'control-plane': nodeCount(nodes, 'control-plane'), worker: nodeCount(nodes, 'worker') };
}

/** A free name made from a template's id: `shop`, `shop-2`, `shop-3`. */
export function freeName(id: string, taken: ReadonlySet<string>): string {
  const base = id.slice(0, 44).replace(/-+$/, '');
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Those of these ids in this order, and the first of the others where some are not there: at most as many as ids. */
export function featured(templates: readonly TemplateSummary[], ids: readonly string[]): TemplateSummary[] {
  const idOf = ({ template }: TemplateSummary) => template.metadata.id;
  const named = ids.flatMap((id) => templates.find((summary) => idOf(summary) === id) ?? []);
  const others = templates.filter((summary) => !named.includes(summary));
  return [...named, ...others].slice(0, ids.length);
}

/** Whether a search finds it by its id, or by a part of its title or description in the user's language. */
export function matches({ id, template }: TemplateEntry, search: string, language: string): boolean {
  const words = template ? [template.metadata.title, template.metadata.description] : [];
  return [id, ...words.map((text) => wordsIn(text, language))].some((text) =>
    text.toLowerCase().includes(search.trim().toLowerCase()),
  );
}
