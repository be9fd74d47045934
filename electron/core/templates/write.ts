// Writes a template as YAML that reads back as the same template.
import { Document } from 'yaml';
import { type ClusterTemplate, templateSchema } from '../../../shared/model/template';
import { usualRanges } from '../../../shared/model/template/networking';
import { withoutDefaults } from './defaults';
import { escaped } from './parameters';
import type { Path } from './places';

interface Writing {
  /** Names of parameters whose places in texts are kept; all else that looks like one is written as text. */
  kept?: ReadonlySet<string>;
  /** Parameters in place of values, by the path of the value in the spec. */
  places?: readonly { path: Path; parameter: string }[];
}

/**
 * The YAML of a template, what is default left out. Its parameters are declared, but their places hold values: only the text
 * that a template was read from has both.
 */
export function writeTemplate(
  template: ClusterTemplate | RawTemplate,
  { kept = new Set(), places = [] }: Writing = {},
) {
  const { spec, ...rest } = withoutDefaults(template, templateSchema) as RawTemplate;
  const { parameters, ...filled } = withoutUsualRanges(spec, template.spec);
  const written = {
    ...rest,
    spec: { ...(parameters !== undefined && { parameters }), ...(escapedIn(filled, kept) as object) },
  };
  const document = new Document(written, { aliasDuplicateObjects: false });
  for (const { path, parameter } of places) document.setIn(['spec', ...path], `\${parameters.${parameter}}`);
  return document.toString({ lineWidth: 120 });
}

/** Ranges that follow from the IP family are default, too. */
function withoutUsualRanges(spec: RawTemplate['spec'], whole: ClusterTemplate['spec'] | RawTemplate['spec']) {
  const { networking } = whole as ClusterTemplate['spec'];
  if (!networking || !spec.networking) return spec;
  const usual: Record<string, string> = usualRanges[networking.ipFamily ?? 'ipv4'];
  const special = Object.entries(spec.networking).filter(([key, value]) => usual[key] !== value);
  const { networking: _, ...rest } = spec;
  return special.length === 0 ? rest : { ...spec, networking: Object.fromEntries(special) };
}

/** A template that nobody has checked yet. */
export interface RawTemplate extends Omit<ClusterTemplate, 'spec'> {
  spec: Readonly<Record<string, unknown>>;
}

function escapedIn(value: unknown, kept: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return escaped(value, kept);
  if (Array.isArray(value)) return value.map((entry) => escapedIn(entry, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, escapedIn(field, kept)]));
}
