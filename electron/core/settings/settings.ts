// The user's settings: read once from their file, changed one by one, watched by whoever depends on them.
import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { type Settings, settingsSchema, settingsVersion } from '../../../shared/model/settings';
import { createLiveValue } from '../live/value';
import type { CoreOptions } from '../options';
import { certificatesIn } from '../templates/contents';
import { migrated, versionOf } from './migrate';

export interface SettingsStore {
  get(): Settings;
  /** Stores the given fields and returns all. Throws `bad-input` for values that are none. */
  set(changes: Partial<Settings>): Promise<Settings>;
  /** Puts these in the place of all; what the file was before is kept beside it. */
  replace(settings: Settings): Promise<Settings>;
  /** The settings at once, then the newest after each change, until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<Settings, void, void>;
}

/**
 * Opens `settings.json` in the config directory; without one, all settings have their defaults and nothing is written.
 * A file that is not a JSON object is set aside as `settings.json.broken-<time>`; a field with a value that is none has its
 * default, and stays in the file until it is set. Both are said in the log.
 */
export function openSettings(options: {
  directories: Pick<CoreOptions['directories'], 'config'>;
  log: CoreOptions['log'];
}): SettingsStore {
  const { log } = options;
  const directory = options.directories.config;
  const current = createLiveValue(readSettings(directory, log));
  async function store(fields: Partial<Settings>): Promise<Settings> {
    // Loaded here because it takes a sixth of the time that a start may take, and hardly any start changes a setting.
    const { default: Conf } = await import('conf');
    // Read again: another process may have written since, or broken it.
    const stored = readSettings(directory, log);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const file = new Conf<Record<string, unknown>>({ cwd: directory, configName: 'settings', configFileMode: 0o600 });
    // What a newer version has written stays a newer version's.
    const version = Math.max(settingsVersion, versionOf(file.store));
    file.set({ version, ...given });
    current.set({ ...stored, ...given });
    return current.get();
  }
  return {
    get: () => current.get(),
    watch: (signal) => current.watch(signal),
    async set(changes) {
      const wanted = settingsSchema.safeParse({ ...current.get(), ...changes });
      if (!wanted.success) {
        throw new AppError('bad-input', `These settings are not possible: ${z.prettifyError(wanted.error)}`);
      }
      checkCertificates(wanted.data.certificates);
      return store(changes);
    },
    async replace(settings) {
      checkCertificates(settings.certificates);
      keepBefore(join(directory, 'settings.json'), log);
      return store(settings);
    },
  };
}

/** Throws `bad-input` for a text that is there and holds none. */
function checkCertificates(text: string): void {
  if (text.trim() === '') return;
  try {
    certificatesIn(text);
  } catch (error) {
    throw new AppError('bad-input', `These are no certificates: ${error instanceof Error ? error.message : error}`, {
      hints: [{ text: 'Paste what stands in a .pem or .crt file, from BEGIN CERTIFICATE to END CERTIFICATE' }],
    });
  }
}

function keepBefore(file: string, log: CoreOptions['log']): void {
  try {
    copyFileSync(file, `${file}.before`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) log(`${file} was not kept: ${error}`);
  }
}

function readSettings(directory: string, log: CoreOptions['log']): Settings {
  const file = join(directory, 'settings.json');
  const document = readStored(file, log);
  const stored = migrated(document, versionOf(document));
  const checked = settingsSchema.safeParse(stored);
  if (checked.success) return checked.data;
  const wrong = new Set(checked.error.issues.map((issue) => issue.path[0]));
  log(`${file}: ${[...wrong].map(String).join(', ')} cannot be used, the default is`);
  return settingsSchema.parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !wrong.has(key))));
}

function readStored(file: string, log: CoreOptions['log']): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      log(`${file} cannot be read: ${error}`);
    return {};
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    const aside = `${file}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
    try {
      renameSync(file, aside);
      log(`${file} was not a JSON object: set aside as ${aside}, the defaults are used`);
    } catch (error) {
      log(`${file} is not a JSON object and cannot be set aside, the defaults are used: ${error}`);
    }
    return {};
  }
}
