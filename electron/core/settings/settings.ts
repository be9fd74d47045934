// The user's settings: read once from their file, changed one by one, watched by whoever depends on them.
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { type Settings, settingsSchema } from '../../../shared/model/settings';
import { createLiveValue } from '../live/value';
import type { CoreOptions } from '../options';

export interface SettingsStore {
  get(): Settings;
  /** Stores the given fields and returns all. Throws `bad-input` for values that are none. */
  set(changes: Partial<Settings>): Promise<Settings>;
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
  return {
    get: () => current.get(),
    watch: (signal) => current.watch(signal),
    async set(changes) {
      const wanted = settingsSchema.safeParse({ ...current.get(), ...changes });
      if (!wanted.success) {
        throw new AppError('bad-input', `These settings are not possible: ${z.prettifyError(wanted.error)}`);
      }
      // Loaded here because it takes a sixth of the time that a start may take, and hardly any start changes a setting.
      const { default: Conf } = await import('conf');
      // Read again: another process may have written since, or broken it.
      const stored = readSettings(directory, log);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      new Conf({ cwd: directory, configName: 'settings', configFileMode: 0o600 }).set(given);
      current.set({ ...stored, ...given });
      return current.get();
    },
  };
}

function readSettings(directory: string, log: CoreOptions['log']): Settings {
  const file = join(directory, 'settings.json');
  const stored = readStored(file, log);
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
