// Settings as a document to keep or to hand on, and back.
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { type Settings, settingsSchema, settingsVersion } from '../../../shared/model/settings';
import { withoutPassword } from '../redaction/addresses';
import { migratedWhole } from './migrate';

/** What such a document says of itself, so that no other one is taken for it. */
const kind = 'boathouse.dev/settings';

export function exportSettings(settings: Settings): string {
  const { http, https, none } = settings.proxies;
  const proxies = { http: http && withoutPassword(http), https: https && withoutPassword(https), none };
  return `${JSON.stringify({ kind, version: settingsVersion, ...settings, proxies }, null, 2)}\n`;
}

/** Throws `bad-input`. */
export function importSettings(json: string): Settings {
  const wanted = settingsSchema.safeParse(migratedWhole(documentOf(json)));
  if (wanted.success) return wanted.data;
  throw new AppError('bad-input', `These settings are not possible: ${z.prettifyError(wanted.error)}`);
}

function documentOf(json: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch (error) {
    throw new AppError('bad-input', `This is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof document === 'object' && document !== null && 'kind' in document && document.kind === kind) {
    const { kind: _kind, ...fields } = document;
    return fields;
  }
  throw new AppError('bad-input', 'These are not the settings of Boathouse', {
    hints: [{ text: 'Export them with: boathouse settings export' }],
  });
}
