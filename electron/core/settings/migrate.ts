// Makes what an earlier version kept into the present form. Pure.
import { AppError } from '../../../shared/model/errors';
import { settingsVersion } from '../../../shared/model/settings';

type Stored = Readonly<Record<string, unknown>>;

/** `migrations[n]` makes a document of version `n + 1` into one of the next. */
const migrations: readonly ((stored: Stored) => Stored)[] = [
  // 1 had no version in it, and its fields as they are now; the new ones have their defaults.
  (stored) => stored,
];

/** The version of a document: those of before there were versions have none. */
export function versionOf({ version }: Stored): number {
  return typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : 1;
}

/** The fields of a document in the present form. Of a newer one it is what it says: it may be understood in part. */
export function migrated({ version: _version, ...stored }: Stored, version: number): Stored {
  return migrations.slice(version - 1).reduce((form, migrate) => migrate(form), stored as Stored);
}

/** The same, of a document that is taken over whole: a newer one cannot be. Throws `bad-input`. */
export function migratedWhole(document: Stored): Stored {
  const version = versionOf(document);
  if (version > settingsVersion) {
    throw new AppError(
      'bad-input',
      `These settings are of a newer Boathouse: form ${version}, this one knows ${settingsVersion}`,
      {
        hints: [{ text: 'Update Boathouse here, or export the settings from a version like this one' }],
      },
    );
  }
  return migrated(document, version);
}
