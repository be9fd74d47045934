// Entries for objects inside clusters: looking at one, its logs, and what can be done to it. Pure.
import type { TFunction } from 'i18next';
import { type ActionVerb, actionsFor, kubectlCommand, type ObjectRef } from '../../../shared/model/actions';
import type { KindRef, ObjectRow } from '../../../shared/model/objects';
import { kindName } from '../../../shared/model/objects';
import { targetKindOf } from '../../../shared/model/pod-target';
import type { Entry } from './entry';

/** What people name when they look for something; the rest is a filter away on the screen itself. */
export const soughtKinds: readonly KindRef[] = [
  { group: '', version: 'v1', resource: 'pods' },
  { group: 'apps', version: 'v1', resource: 'deployments' },
  { group: 'apps', version: 'v1', resource: 'statefulsets' },
  { group: 'apps', version: 'v1', resource: 'daemonsets' },
  { group: 'batch', version: 'v1', resource: 'jobs' },
  { group: 'batch', version: 'v1', resource: 'cronjobs' },
  { group: '', version: 'v1', resource: 'services' },
  { group: 'networking.k8s.io', version: 'v1', resource: 'ingresses' },
  { group: '', version: 'v1', resource: 'configmaps' },
  { group: '', version: 'v1', resource: 'persistentvolumeclaims' },
  { group: '', version: 'v1', resource: 'namespaces' },
  { group: '', version: 'v1', resource: 'nodes' },
];

export interface Sought {
  context: string;
  kind: KindRef;
  rows: readonly Pick<ObjectRow, 'name' | 'namespace'>[];
}

/** Those whose names have the first word that any name has: of thousands, only what could be meant becomes entries. */
export function objectEntries(t: TFunction, sought: readonly Sought[], text: string): Entry[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length >= 2);
  if (words.length === 0) return [];
  return sought.flatMap(({ context, kind, rows }) =>
    rows
      .filter(({ name, namespace = '' }) => words.some((word) => name.includes(word) || namespace === word))
      .slice(0, 40)
      .flatMap((row) => entriesOf(t, context, kind, row)),
  );
}

function entriesOf(t: TFunction, context: string, kind: KindRef, row: Sought['rows'][number]): Entry[] {
  const { name, namespace } = row;
  const object: ObjectRef = { kind, name, ...(namespace && { namespace }) };
  const what = kindName(kind);
  const at = [what, namespace, context].filter(Boolean).join(' · ');
  const id = `${what} ${namespace ?? ''} ${name} ${context}`;
  const look: Entry = {
    id: `object ${id}`,
    group: 'objects',
    label: name,
    about: at,
    words: 'show object',
    minor: true,
    command: `kubectl --context ${context}${namespace ? ` -n ${namespace}` : ''} describe ${what} ${name}`,
    deed: { do: 'go', route: { screen: 'inside', context, at: { kind: what, name, ...(namespace && { namespace }) } } },
  };
  return [
    look,
    ...logsOf(t, context, object, at, id),
    ...actionsFor(kind).map((verb) => deedOf(t, context, object, verb, at, id)),
  ];
}

function logsOf(
  t: TFunction,
  context: string,
  { kind, name, namespace }: ObjectRef,
  about: string,
  id: string,
): Entry[] {
  const target = ['', 'apps', 'batch'].includes(kind.group) ? targetKindOf(kind.resource) : undefined;
  if (!target || !namespace) return [];
  const of = `${target}/${name}`;
  return [
    {
      id: `logs ${id}`,
      group: 'actions',
      label: t('palette.logs', { name }),
      about,
      words: 'logs',
      command: `boathouse logs ${context} ${of} -n ${namespace}`,
      deed: { do: 'go', route: { screen: 'logs', context, namespace, of } },
    },
  ];
}

function deedOf(t: TFunction, context: string, object: ObjectRef, verb: ActionVerb, about: string, id: string): Entry {
  const plain =
    verb === 'scale'
      ? undefined
      : verb === 'drain' || verb === 'delete'
        ? { verb, force: false, orphans: false }
        : { verb };
  return {
    id: `${verb} ${id}`,
    group: 'actions',
    label: `${t(`actions.verb.${verb}`)} ${object.name}`,
    about,
    words: verb,
    ...(plain && { command: kubectlCommand(context, object, plain) }),
    deed: { do: 'object', context, object, verb },
  };
}
