// Which template a create request means, filled with the request's values, and all that speaks against it beforehand.
import { dirname } from 'node:path';
import type { CreateRequest } from '../../../shared/model/cluster';
import type { ClusterTemplate } from '../../../shared/model/template';
import type { CoreOptions } from '../options';
import { problemsFrom } from '../templates/check';
import { brokenFiles, withCertificateTexts } from '../templates/contents';
import { missingPaths, withAbsolutePaths } from '../templates/host-paths';
import { findTemplate } from '../templates/list';
import { invalidTemplate, readTemplate } from '../templates/read';

interface WrittenTemplate {
  yaml: string;
  /** What to call it in errors. */
  from: string;
  /** What its relative paths are relative to; absent where it is in no file. */
  folder?: string | undefined;
}

/**
 * @param engineHost the engine's address: mounts are looked for where the engine is this computer's
 * @returns the template with absolute paths, and with the texts of its certificates
 * Throws `template-unknown`, `template-invalid` (also for paths that lead nowhere, and files that are not what they should be),
 * `bad-input` for values of parameters.
 */
export async function wantedTemplate(
  options: CoreOptions,
  request: Pick<CreateRequest, 'template' | 'parameters'>,
  engineHost: string,
): Promise<ClusterTemplate> {
  const { yaml, from, folder } = await writtenTemplate(options, request.template);
  const template = readTemplate(yaml, from, request.parameters ?? {});
  const { homeDirectory, platform } = options;
  const base = { homeDirectory, platform, folder };
  const missing = await missingPaths(template, base, /^(unix|npipe):/.test(engineHost));
  const broken = missing.length > 0 ? missing : await brokenFiles(template, base);
  if (broken.length > 0) throw invalidTemplate(from, problemsFrom(yaml, broken));
  const whole = await withCertificateTexts(withAbsolutePaths(template, base));
  return withTrusted(whole, options.preferences?.().certificates ?? '');
}

/** With the authorities that all clusters of this user trust, those of the template before them. */
function withTrusted(template: ClusterTemplate, trusted: string): ClusterTemplate {
  if (trusted.trim() === '') return template;
  const { certificates } = template.spec;
  const name = freeName(new Set(certificates.map((one) => one.name)));
  return { ...template, spec: { ...template.spec, certificates: [...certificates, { name, inline: trusted }] } };
}

function freeName(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? 'settings' : `settings-${number}`;
    if (!taken.has(name)) return name;
  }
}

async function writtenTemplate(options: CoreOptions, wanted: CreateRequest['template']): Promise<WrittenTemplate> {
  if ('yaml' in wanted) return wanted;
  const { yaml, file } = await findTemplate(options, wanted.id);
  return { yaml, from: file ?? wanted.id, folder: file && dirname(file) };
}
