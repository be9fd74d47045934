// Templates across the contract: a text is looked at, one comes from outside, one goes out as another program's.
import { basename, dirname } from 'node:path';
import type { Imported, NotCarried } from '../../../shared/model/template/conversion';
import { unsupportedIn } from '../clusters/unsupported';
import type { CoreOptions } from '../options';
import { checkTemplate } from './check';
import { exportTemplate } from './export';
import { fetchText } from './fetch-text';
import { importTemplate } from './import';
import { findTemplate } from './list';
import { readOpened } from './opened-file';
import type { ParameterValues } from './parameters';
import { readTemplate } from './read';

export function validateTemplate(yaml: string, parameters?: ParameterValues) {
  const checked = checkTemplate(yaml, parameters);
  return { ...checked, unsupported: checked.template ? unsupportedIn(checked.template) : [] };
}

/** Bytes, and milliseconds, that a template may take to come from somewhere else. */
const largest = 1_000_000;
const longest = 20_000;

/** Saves nothing. Throws `address-refused`, `download-failed`, `bad-input` for a file that cannot be read. */
export async function importFrom(
  source: { text: string; from: string } | { file: string } | { url: string },
  signal: AbortSignal,
): Promise<Imported & { text: string; from: string }> {
  if ('text' in source) return { ...importTemplate(source.text, source.from), ...source };
  if ('file' in source) {
    const text = await readOpened(source.file);
    const from = basename(source.file);
    return { ...importTemplate(text, from), text, from };
  }
  const { text, url } = await fetchText(source.url, { limit: largest, time: longest, signal });
  return { ...importTemplate(text, url), text, from: url };
}

/** Throws `template-unknown`, `bad-input` for values of parameters. */
export async function exportKnown(
  options: Pick<CoreOptions, 'resources' | 'directories' | 'homeDirectory' | 'platform'>,
  { id, as, parameters }: { id: string; as: 'kind' | 'k3d'; parameters?: ParameterValues | undefined },
): Promise<{ yaml: string; notCarried: NotCarried[] }> {
  const { yaml, file } = await findTemplate(options, id);
  const template = readTemplate(yaml, file ?? id, parameters);
  const { homeDirectory, platform } = options;
  return exportTemplate(template, as, { homeDirectory, platform, folder: file && dirname(file) });
}
