// What a text in the template's tab asks of the cluster: as the call, and as the command.
import type { ParameterValues } from '../../../parts/parameters/parameters';
import type { Wanted } from './use-differences';

/** The id of what the cluster keeps; no template can have it. */
export const own = ':own';

/** A text to begin with: what the cluster keeps, or a template. */
export interface Beginning {
  id: string;
  yaml: string;
  /** Absolute path, for the user's own templates. */
  file?: string | undefined;
}

export function wantedFrom(
  cluster: string,
  { id, yaml, file }: Beginning,
  text: string,
  parameters: ParameterValues,
): Wanted {
  const given = Object.keys(parameters).length > 0 && { parameters: { ...parameters } };
  if (id !== own && text === yaml) return { template: { id }, ...given };
  const folder = file?.replace(/[/\\][^/\\]*$/, '');
  return { template: { yaml: text, from: `${id === own ? cluster : id}.yaml`, ...(folder && { folder }) }, ...given };
}

/** A changed template has to be in a file; what the cluster keeps is written to one first. */
export function commandFor(cluster: string, { id }: Beginning, changed: boolean, options: readonly string[]): string {
  const file = id === own ? `${cluster}.yaml` : changed ? `${id}.yaml` : id;
  const apply = [`boathouse apply ${cluster} --file ${file}`, ...options].join(' ');
  return id === own ? `boathouse templates of ${cluster} > ${file}\n${apply}` : apply;
}
