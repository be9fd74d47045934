// `boathouse settings list | get | set | reset | export | import`.

import { AppError } from '../../../shared/model/errors';
import { nearest } from '../../../shared/model/nearest';
import { type Settings, settingsSchema } from '../../../shared/model/settings';
import { exitCodes } from '../errors';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { isYes } from '../terminal';
import { givenText } from './given-text';

/** @returns the exit code */
export async function list(session: Session): Promise<number> {
  const settings = await (await clientOf(session)).settings.get();
  printResult(session, settings, () => tableLines([['NAME', 'VALUE'], ...rowsOf(settings)]));
  return exitCodes.done;
}

export async function get(session: Session, name: string): Promise<number> {
  const settings = await (await clientOf(session)).settings.get();
  const value = valueAt(settings, pathOf(name));
  printResult(session, value, () => [textOf(value)]);
  return exitCodes.done;
}

export async function set(session: Session, name: string, given: string): Promise<number> {
  const path = pathOf(name);
  const client = await clientOf(session);
  const before = await client.settings.get();
  const text = given === '-' ? await givenText('-') : given;
  const [field, part] = path;
  const value = read(text, valueAt(before, path), name);
  const change = part === undefined ? { [field]: value } : { [field]: { ...(before[field] as object), [part]: value } };
  const after = await client.settings.set(change as Partial<Settings>);
  printResult(session, after, () => [`${name} is ${shown(valueAt(after, path))} now`]);
  return exitCodes.done;
}

export async function reset(session: Session, options: { yes?: boolean }): Promise<number> {
  if (!options.yes && !session.json && session.terminal.interactive) {
    const answer = await session.terminal.ask('Make all settings as they are at first? [y/N] ', session.interrupt);
    if (!isYes(answer)) throw new AppError('cancelled', 'Nothing was changed');
  }
  const after = await (await clientOf(session)).settings.reset();
  printResult(session, after, () => [
    'All settings are as they are at first; those of before are in settings.json.before',
  ]);
  return exitCodes.done;
}

export async function exportAll(session: Session): Promise<number> {
  const { json } = await (await clientOf(session)).settings.export();
  printResult(session, JSON.parse(json), () => json.trimEnd().split('\n'));
  return exitCodes.done;
}

export async function importAll(session: Session, file: string): Promise<number> {
  const after = await (await clientOf(session)).settings.import({ json: await givenText(file) });
  printResult(session, after, () => ['The settings were taken over; those of before are in settings.json.before']);
  return exitCodes.done;
}

type Path = [keyof Settings, string?];

/** Names of all settings, those inside others with a dot. */
function names(): string[] {
  return rowsOf(settingsSchema.parse({})).map(([name = '']) => name);
}

/** Throws `not-found`, with what may have been meant. */
function pathOf(name: string): Path {
  const known = names();
  if (known.includes(name)) return name.split('.') as Path;
  const near = nearest(name, known);
  throw new AppError('not-found', `There is no setting "${name}"`, {
    hints: [{ text: near ? `Did you mean ${near}?` : `There are: ${known.join(', ')}` }],
  });
}

function valueAt(settings: Settings, [field, part]: Path): unknown {
  const value = settings[field];
  return part === undefined ? value : (value as Record<string, unknown>)[part];
}

function rowsOf(settings: Settings): string[][] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([part, inner]) => [`${name}.${part}`, shown(inner)])
      : [[name, shown(value)]],
  );
}

/** One line, whatever it is. */
function shown(value: unknown): string {
  const text = textOf(value);
  if (text === '') return '-';
  const [first = '', ...more] = text.split('\n');
  return more.length > 0 ? `${first} ...` : text;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** A text as a value of the kind that there is. Throws `bad-input`. */
function read(text: string, before: unknown, name: string): unknown {
  if (Array.isArray(before)) return text === '' ? [] : text.split(',').map((item) => item.trim());
  if (typeof before === 'number') return Number(text);
  if (typeof before !== 'boolean') return text;
  if (/^(true|yes|on)$/i.test(text)) return true;
  if (/^(false|no|off)$/i.test(text)) return false;
  throw new AppError('bad-input', `${name} is on or off, not "${text}"`);
}
