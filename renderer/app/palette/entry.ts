// What the palette offers: one line per place, object or deed, as plain data, so that it can be found, ranked and remembered.
import type { ActionVerb, ObjectRef } from '../../../shared/model/actions';
import type { Settings } from '../../../shared/model/settings';
import type { ClusterAction } from '../../parts/cluster-actions';
import type { Route } from '../route';

/** In the order in which they stand while nothing is typed. */
export const entryGroups = [
  'recent',
  'actions',
  'clusters',
  'objects',
  'contexts',
  'templates',
  'images',
  'projects',
  'screens',
  'settings',
] as const;
export type EntryGroup = (typeof entryGroups)[number];

export type Deed =
  | { do: 'go'; route: Route }
  | { do: 'cluster'; name: string; action: ClusterAction }
  | { do: 'switch'; context: string }
  | { do: 'load'; image: string; cluster: string }
  | { do: 'object'; context: string; object: ObjectRef; verb: ActionVerb }
  | { do: 'loop'; id: string; verb: 'pause' | 'resume' | 'rebuild' | 'stop' }
  | { do: 'set'; change: Partial<Settings> }
  | { do: 'cancel'; operation: string }
  | { do: 'reconnect' }
  | { do: 'ask-doctor' }
  | { do: 'shortcuts' };

export interface Entry {
  /** The same thing has the same id tomorrow: it is what "recent" remembers. */
  id: string;
  group: Exclude<EntryGroup, 'recent'>;
  label: string;
  /** Where it is, or what it is. */
  about?: string;
  /** Further words that find it: the command's own, in English, whatever the language. */
  words?: string;
  /** The same by keys, and in a terminal. */
  keys?: string;
  command?: string;
  /** Only found, never offered: there are many of its kind. */
  minor?: boolean;
  deed: Deed;
}
