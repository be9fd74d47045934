// `boathouse get`: objects of a kind in the cluster of any context, once, as a table.
import { AppError } from '../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import { type ApiKind, type Column, cellText, kindName, type ObjectRow } from '../../../shared/model/objects';
import { exitCodes } from '../errors';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';
import { contextCalled } from './kubeconfig/which';

export interface GetOptions {
  namespace?: string[];
  selector?: string;
  wide?: boolean;
  exact?: boolean;
}

/** @returns the exit code */
export async function get(session: Session, name: string, wanted: string, options: GetOptions): Promise<number> {
  const client = await clientOf(session);
  const context = (await contextCalled(session, name, options.exact ?? false))?.name ?? name;
  const kind = kindCalled(await client.objects.kinds({ context }), wanted);
  const { group, version, resource } = kind;
  const { namespace = [], selector } = options;
  const stop = new AbortController();
  const request = { context, kind: { group, version, resource }, namespaces: kind.namespaced ? namespace : [] };
  let columns: Column[] = [];
  let feed = emptyFeed<ObjectRow>();
  const signal = AbortSignal.any([session.interrupt, stop.signal]);
  for await (const message of await client.objects.rows(
    { ...request, ...(selector && { labels: selector }) },
    { signal },
  )) {
    if (message.type === 'columns') columns = message.columns;
    else if (message.type !== 'state') feed = applyFeed(feed, message, ({ key }) => key);
    else if (message.state === 'live') break;
    else if (message.error) throw new AppError(message.error.code, message.error.message, message.error);
  }
  stop.abort();
  const rows = [...feed.items.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  printResult(session, rows, () => linesOf(rows, columns, kind, options.wide ?? false));
  return exitCodes.done;
}

/** As kubectl takes it: plural, short, the kind itself; with its group behind a dot where need be. Throws `not-found`. */
export function kindCalled(kinds: readonly ApiKind[], word: string): ApiKind {
  const lower = word.toLowerCase();
  const found = kinds.find(
    (kind) =>
      kindName(kind) === lower ||
      [kind.resource, kind.kind.toLowerCase(), ...kind.shortNames].includes(lower) ||
      `${kind.resource}.${kind.group}` === lower,
  );
  if (found) return found;
  throw new AppError('not-found', `The cluster knows no kind ${word}`, {
    params: { what: word },
    hints: [{ text: 'The kinds there are: kubectl api-resources' }],
  });
}

export function linesOf(
  rows: readonly ObjectRow[],
  columns: readonly Column[],
  kind: ApiKind,
  wide: boolean,
): string[] {
  if (rows.length === 0) return [`There is no ${kind.kind}.`];
  const now = Date.now();
  const shown = columns.flatMap((column, index) => (wide || column.priority === 0 ? [{ column, index }] : []));
  const head = [...(kind.namespaced ? ['NAMESPACE'] : []), ...shown.map(({ column }) => column.name.toUpperCase())];
  const body = rows.map((row) => [
    ...(kind.namespaced ? [row.namespace ?? ''] : []),
    ...shown.map(({ column, index }) => cellText(row.cells[index], column, now) || '-'),
  ]);
  return tableLines([head, ...body]);
}
